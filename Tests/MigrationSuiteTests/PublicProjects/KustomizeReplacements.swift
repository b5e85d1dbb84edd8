import ConfigDocument
import ConfigMigration

/// `vars` of a kustomization become `replacements`: a step that needs code, since it looks for each variable in all other
/// files, and what it finds there tells what to write here.
struct KustomizeReplacements: ConfigTransformer {
  let from = "2"
  let to = "3"
  let revision = "1"
  let summary = "Variables become replacements"

  func migrate(_ set: inout WorkingSet) throws(Diagnostic) {
    guard let index = set.files.firstIndex(where: { $0.path == "kustomization.yaml" }),
      let root = set.files[index].document.roots.first,
      let vars = set.files[index].document.child("vars", of: root)
    else { return }
    let kustomization = set.files[index].document.value(of: root).object ?? Object()
    let patches = kustomization["patches"]?.array?.compactMap(\.object) ?? []
    // Resources first, as they are built; then what patches them.
    let patchPaths = patches.compactMap { $0["path"]?.string }
    let files = set.files.enumerated().filter { $0.offset != index }
    let order =
      (files.filter { !patchPaths.contains($0.element.path) } + files.filter { patchPaths.contains($0.element.path) })
      .map(\.offset)
    var replacements: [Value] = []
    for variable in set.files[index].document.value(of: vars).array ?? [] {
      guard let variable = variable.object, let name = variable["name"]?.string else { continue }
      var targets: [Target] = []
      for file in order {
        let patch = patches.first { $0["path"]?.string == set.files[file].path }
        let found = try set.edit(file) { document throws(Diagnostic) in
          try Self.replace(name, in: &document, patch: patch)
        }
        for target in found {
          if let same = targets.firstIndex(where: { $0.isOfSamePlace(as: target) }) {
            targets[same].fieldPaths += target.fieldPaths
          } else {
            targets.append(target)
          }
        }
      }
      replacements.append(
        .object(Object([("source", Self.source(of: variable)), ("targets", .array(targets.map(\.value)))])))
    }
    try set.edit(index) { document throws(Diagnostic) in
      try document.rename(vars, to: "replacements")
      try document.set(vars, to: .array(replacements))
    }
  }

  /// What a variable is found in.
  private struct Target {
    var select: Object
    var options: Object
    var fieldPaths: [String]

    func isOfSamePlace(as other: Target) -> Bool { select == other.select && options == other.options }

    var value: Value {
      // In the order of the names, as kustomize writes it.
      let options: [(String, Value)] = options.isEmpty ? [] : [("options", .object(options))]
      return .object(
        Object([("fieldPaths", .array(fieldPaths.map(Value.string)))] + options + [("select", .object(select))]))
    }
  }

  private static func source(of variable: Object) -> Value {
    let field = variable["fieldref"]?.object
    var source = Object()
    if let path = field?["fieldpath"] ?? field?["fieldPath"] { source["fieldPath"] = path }
    for (key, value) in select(from: variable["objref"]?.object ?? Object()).members { source[key] = value }
    return .object(source)
  }

  /// Kind, name and the like of a resource; its API version by group and version.
  private static func select(from resource: Object) -> Object {
    let version = resource["apiVersion"]?.string?.split(separator: "/").map(String.init) ?? []
    var select = Object()
    if version.count > 1 { select["group"] = .string(version[0]) }
    for key in ["kind", "name", "namespace"] {
      if let value = resource[key] { select[key] = value }
    }
    if let last = version.last { select["version"] = .string(last) }
    return select
  }

  /// Puts a word for people in the place of the variable, wherever it stands.
  private static func replace(
    _ name: String, in document: inout Document, patch: Object?
  ) throws(Diagnostic) -> [Target] {
    var targets: [Target] = []
    for root in document.roots {
      guard let resource = document.value(of: root).object else { continue }
      let select = patch.map { self.select(of: $0, from: resource) } ?? self.select(from: identity(of: resource))
      for node in scalars(below: root, of: document) {
        guard let text = document.text(of: node), let found = text.firstRange(of: "$(\(name))") else { continue }
        let path = document.pointer(to: node).tokens.map { $0.contains(".") ? "[\($0)]" : $0 }.joined(separator: ".")
        targets.append(
          Target(
            select: select, options: options(before: text[..<found.lowerBound], behind: text[found.upperBound...]),
            fieldPaths: [path]))
        try document.set(node, to: .string(text.replacingCharacters(in: found, with: "\(name)_PLACEHOLDER")))
      }
    }
    return targets
  }

  private static func identity(of resource: Object) -> Object {
    var identity = resource["metadata"]?.object ?? Object()
    identity["apiVersion"] = resource["apiVersion"]
    identity["kind"] = resource["kind"]
    return identity
  }

  /// What a patch speaks of: its target, with what the patch itself may change.
  private static func select(of patch: Object, from resource: Object) -> Object {
    var select = self.select(from: patch["target"]?.object ?? Object())
    let identity = identity(of: resource)
    if patch["options"]?.object?["allowKindChange"] == true { select["kind"] = identity["kind"] }
    if patch["options"]?.object?["allowNameChange"] == true { select["name"] = identity["name"] }
    if let namespace = identity["namespace"] { select["namespace"] = namespace }
    return select
  }

  /// Where the variable is a part of the text: what parts it, and which part it is.
  private static func options(before: Substring, behind: Substring) -> Object {
    guard let delimiter = before.last ?? behind.first else { return Object() }
    var options = Object([("delimiter", .string(String(delimiter)))])
    let index = before.count { $0 == delimiter }
    if index > 0 { options["index"] = .number(Number(index)) }
    return options
  }

  private static func scalars(below node: NodeID, of document: Document) -> [NodeID] {
    switch document.kind(of: node) {
    case .mapping: document.entries(of: node).flatMap { scalars(below: $0.value, of: document) }
    case .sequence: document.items(of: node).flatMap { scalars(below: $0, of: document) }
    case .scalar: [node]
    case .alias: []
    }
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
