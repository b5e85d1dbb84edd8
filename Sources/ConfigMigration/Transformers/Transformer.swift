public import ConfigDocument

/// One edge of a product's version graph: from a file of operations, or from a Swift type.
public struct Transformer: Sendable {
  /// The versions that it starts from.
  public let from: VersionRange
  /// The version that it ends at.
  public let to: Version
  /// The version that the way back writes, where no record says which it was.
  public let downTo: String?
  public let summary: String
  /// More, in Markdown, for the upgrade guide.
  public let details: String?
  public let tests: [GoldenPair]
  /// The file that it was read from; nil for a Swift transformer.
  public let file: String?
  package let place: SourcePlace?
  package let steps: Steps
  package let productName: String

  package enum Steps: Sendable {
    case operations([Operation])
    case program(any ConfigTransformer)
  }

  /// A pair of directories, relative to the file: the first is migrated and must give the second, byte for byte.
  public struct GoldenPair: Hashable, Sendable {
    public var name: String?
    public var before: String
    public var after: String
    /// Where the pair is written.
    public var place: SourcePlace?
  }

  /// Names the edge in files and on the command line: `2.1-to-2.2.0`.
  public var id: String { "\(from.label)-to-\(to.label)" }

  /// The operations; nil for a Swift transformer.
  public var operations: [Operation]? {
    if case .operations(let operations) = steps { operations } else { nil }
  }

  /// Takes a Swift transformer into a product.
  /// - Throws: `bad-value` where one of its versions is none of the product's scheme.
  public init(_ program: any ConfigTransformer, product: Product) throws(Diagnostic) {
    let scheme = product.versions.scheme
    guard let from = VersionRange(program.from, scheme: scheme), let to = Version(program.to, scheme: scheme) else {
      throw Diagnostic(
        .badValue,
        "the Swift transformer `\(program.from)` to `\(program.to)` has a version that is none of the scheme `\(scheme.name)`",
        hint: "a version looks like \(scheme.example)")
    }
    self.from = from
    self.to = to
    downTo = nil
    summary = program.summary
    details = nil
    tests = []
    file = nil
    place = nil
    steps = .program(program)
    productName = product.name
  }

  /// Reads a transformer file.
  /// - Parameter changes: the changes in Swift that its operations may name.
  /// - Throws: what is wrong first, at its place.
  public init(_ document: Document, product: Product, changes: [CustomChange] = []) throws(Diagnostic) {
    guard let root = document.roots.first else {
      throw Diagnostic(
        .missingField, "`\(document.name)` is empty, and a transformer has `from`, `to` and `operations`")
    }
    var fields = try FieldReader(root, of: document, subject: "a transformer")
    let language = try fields.required("transformer")
    guard document.value(of: language).int == 1 else {
      throw Diagnostic(
        .badValue, "this program knows version 1 of the transformer language", at: document.place(of: language),
        hint: "write `transformer: 1`")
    }
    let productNode = try fields.required("product")
    productName = try document.requireText(productNode, field: "product")
    guard productName.utf8.elementsEqual(product.name.utf8) else {
      throw Diagnostic(
        .badValue, "the transformer is of the product `\(productName)`, and stands with those of `\(product.name)`",
        at: document.place(of: productNode))
    }
    let scheme = product.versions.scheme
    let fromNode = try fields.required("from")
    guard let from = VersionRange(try document.requireText(fromNode, field: "from"), scheme: scheme) else {
      throw Self.badVersion(fromNode, of: document, scheme: scheme)
    }
    let toNode = try fields.required("to")
    guard let to = Version(try document.requireText(toNode, field: "to"), scheme: scheme) else {
      throw Self.badVersion(toNode, of: document, scheme: scheme)
    }
    guard !from.contains(to) else {
      throw Diagnostic(
        .badValue, "`to` is one of the versions that it starts from (`\(from)`)", at: document.place(of: toNode),
        hint: "a transformer leads to another version")
    }
    self.from = from
    self.to = to
    if let node = fields.optional("down_to") {
      let text = try document.requireText(node, field: "down_to")
      guard let version = Version(text, scheme: scheme), from.contains(version) else {
        throw Diagnostic(
          .badValue, "`down_to` must be one of the versions that the transformer starts from (`\(from)`)",
          at: document.place(of: node))
      }
      downTo = text
    } else {
      downTo = nil
    }
    summary = try fields.text("summary")
    details = try fields.optionalText("description")
    steps = .operations(
      try Operation.list(
        try fields.required("operations"), of: document, field: "operations", within: Surroundings(changes: changes)))
    var tests: [GoldenPair] = []
    for node in try fields.optionalList("tests") ?? [] {
      var test = try FieldReader(node, of: document, subject: "a test")
      tests.append(
        GoldenPair(
          name: try test.optionalText("name"), before: try test.text("before"), after: try test.text("after"),
          place: document.place(of: node)))
      try test.finish()
    }
    self.tests = tests
    file = document.name
    place = document.place(of: toNode)
    try fields.finish()
  }

  private static func badVersion(_ node: NodeID, of document: Document, scheme: VersionScheme) -> Diagnostic {
    Diagnostic(
      .badValue, "`\(document.text(of: node) ?? "")` is no version of the scheme `\(scheme.name)`",
      at: document.place(of: node), hint: "a version looks like \(scheme.example)")
  }
}

extension Transformer: CustomStringConvertible {
  /// `2.1 → 2.2.0`
  public var description: String { "\(from.label) → \(to.label)" }
}
