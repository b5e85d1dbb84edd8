public import ConfigDocument

extension Product {
  /// Reads a product file.
  /// - Throws: what is wrong first, at its place: `unknown-field`, `missing-field`, `bad-value`, `bad-address`,
  ///   `bad-condition`.
  public init(_ document: Document) throws(Diagnostic) {
    guard let root = document.roots.first else {
      throw Diagnostic(
        .missingField, "`\(document.name)` is empty, and a product has a `product`, `versions` and `files`")
    }
    var fields = try FieldReader(root, of: document, subject: "a product")
    name = try fields.text("product")
    title = try fields.optionalText("title")
    _ = try fields.optionalText("description")
    versions = try VersionRules(try fields.required("versions"), of: document)
    files = []
    for node in try fields.list("files") { files.append(try FileRule(node, of: document)) }
    schemas = try fields.optionalText("schemas")
    lists = .replace
    if let merge = fields.optional("merge") {
      var mergeFields = try FieldReader(merge, of: document, subject: "`merge`")
      lists = try mergeFields.word("lists", ListWord.self)?.combination ?? .replace
      try mergeFields.finish()
    }
    yaml = .yaml12
    if let node = fields.optional("yaml") {
      yaml = try document.requireWord(node, field: "yaml", YAMLWord.self) == .old ? .yaml11 : .yaml12
    }
    secrets = []
    for node in try fields.optionalList("secrets") ?? [] {
      secrets.append(try document.requireAddress(node, field: "secrets"))
    }
    verify =
      try fields.optional("verify").map { node throws(Diagnostic) in
        try document.requireTexts(node, field: "verify")
      } ?? []
    try fields.finish()
  }

  private enum ListWord: String, CaseIterable {
    case replace, append
    var combination: ValueTree.ListCombination { self == .replace ? .replace : .append }
  }

  private enum YAMLWord: String, CaseIterable {
    case old = "1.1"
    case new = "1.2"
  }
}

extension Product.VersionRules {
  private enum SchemeWord: String, CaseIterable { case semver, integer, date, list }

  fileprivate init(_ node: NodeID, of document: Document) throws(Diagnostic) {
    var fields = try FieldReader(node, of: document, subject: "`versions`")
    let word = try fields.word("scheme", SchemeWord.self) ?? .semver
    let labels = fields.optional("list")
    switch word {
    case .semver: scheme = .semver
    case .integer: scheme = .integer
    case .date: scheme = .date
    case .list:
      guard let labels else {
        throw Diagnostic(
          .missingField, "`scheme: list` needs the `list` of the labels", at: fields.place,
          hint: "add `list: [oldest, …, newest]`")
      }
      scheme = .list(try document.requireTexts(labels, field: "list"))
    }
    places = []
    if let at = fields.optional("at") {
      let nodes =
        document.kind(of: document.resolved(at)) == .sequence
        ? document.items(of: document.resolved(at)) : [at]
      for node in nodes {
        let address = try document.requireAddress(node, field: "at")
        guard !address.hasWildcard, address.captureNames.isEmpty || address.file != nil else {
          throw Diagnostic(
            .badAddress, "`at` names one place in each file, and `\(address)` has a wildcard",
            at: document.place(of: node), hint: "write the path of the version, like `platform.yaml#/version`")
        }
        places.append(address)
      }
    }
    detection = []
    for node in try fields.optionalList("detect") ?? [] {
      var entry = try FieldReader(node, of: document, subject: "an entry of `detect`")
      let bound = entry.optional("at_most")
      let field = bound == nil ? "version" : "at_most"
      let label = try entry.text(field)
      guard let version = Version(label, scheme: scheme) else {
        throw Diagnostic(
          .badValue, "`\(label)` is no version of the scheme `\(scheme.name)`",
          at: document.place(of: try entry.required(field)), hint: "a version looks like \(scheme.example)")
      }
      let condition = try Condition(try entry.required("when"), of: document, field: "when")
      if let expression = condition.expressions.first {
        throw Diagnostic(
          .badCondition, "`jq` cannot be used to detect a version, which every command does", at: expression.place,
          hint: "use the structured tests")
      }
      try entry.finish()
      detection.append(Product.Detection(version: version, isUpperBound: bound != nil, condition: condition))
    }
    for node in try fields.optionalList("equivalent") ?? [] {
      equivalences.append(try Product.Equivalence(node, of: document, scheme: scheme))
    }
    try fields.finish()
  }
}

extension Product.Equivalence {
  fileprivate init(_ node: NodeID, of document: Document, scheme: VersionScheme) throws(Diagnostic) {
    var fields = try FieldReader(node, of: document, subject: "an entry of `equivalent`")
    let (start, goal) = (try fields.required("from"), try fields.required("to"))
    func refused(_ node: NodeID) -> Diagnostic {
      Diagnostic(
        .badValue, "`\(document.text(of: node) ?? "")` is no version of the scheme `\(scheme.name)`",
        at: document.place(of: node), hint: "a version looks like \(scheme.example)")
    }
    guard let from = VersionRange(try document.requireText(start, field: "from"), scheme: scheme) else {
      throw refused(start)
    }
    guard let to = Version(try document.requireText(goal, field: "to"), scheme: scheme) else { throw refused(goal) }
    try fields.finish()
    self.init(from: from, to: to, place: document.place(of: node))
  }
}

extension Product.FileRule {
  private enum LayerWord: String, CaseIterable { case base, overlay, fragment, standalone }
  private enum FormatWord: String, CaseIterable { case yaml, json, jsonc }

  fileprivate init(_ node: NodeID, of document: Document) throws(Diagnostic) {
    var fields = try FieldReader(node, of: document, subject: "an entry of `files`")
    let pathNode = try fields.required("path")
    do {
      path = try PathPattern(try document.requireText(pathNode, field: "path"))
    } catch {
      var located = error
      located.place = error.place ?? document.place(of: pathNode)
      throw located
    }
    let layerNode = try fields.required("layer")
    let over = try fields.optionalText("over")
    let mount = try fields.optionalAddress("at")
    if let mount, !mount.isLiteral || mount.file != nil {
      throw Diagnostic(
        .badAddress, "a fragment is put at one place, and `\(mount)` is none",
        at: fields.optional("at").map { document.place(of: $0) }, hint: "write a plain pointer like `/services`")
    }
    let items = try fields.optionalAddress("items")
    if let items, !items.isLiteral || items.file != nil || items.tokens.isEmpty {
      throw Diagnostic(
        .badAddress, "the list is at one place of each document, and `\(items)` is none",
        at: fields.optional("items").map { document.place(of: $0) }, hint: "write a plain pointer like `/items`")
    }
    switch try document.requireWord(layerNode, field: "layer", LayerWord.self) {
    case .base: layer = .base
    case .overlay: layer = .overlay(over: over)
    case .fragment: layer = .fragment(at: mount?.literalPrefix ?? Pointer())
    case .standalone: layer = .standalone(items: items?.literalPrefix)
    }
    if let node = fields.optional("format") {
      format = DocumentFormat(rawValue: try document.requireWord(node, field: "format", FormatWord.self).rawValue)
    }
    try fields.finish()
  }
}
