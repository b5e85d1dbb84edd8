public import ConfigDocument

/// A value that the schema would rather not see any more.
public struct Deprecation: Hashable, Sendable {
  /// The node of the tree.
  public var node: Int
  public var instance: Pointer
  /// What is said of it, as half a sentence.
  public var message: String
  /// What the schema says to do: its `deprecationMessage`.
  public var hint: String?

  public func diagnostic(at place: SourcePlace?) -> Diagnostic {
    Diagnostic(.schemaDeprecated, message, severity: .warning, at: place, hint: hint)
  }
}

extension Schema {
  /// What of the document the schema calls deprecated: `deprecated: true`, or the `deprecationMessage` that editors know,
  /// after `anyOf`, `oneOf` and `if` have chosen. In document order, each node once.
  public func deprecations(in tree: ValueTree) -> [Deprecation] {
    guard program.knowsDeprecations else { return [] }
    var found: [Int: Deprecation] = [:]
    for annotation in annotations(of: tree) {
      let node = annotation.node
      let message = "\(Wording.subject(annotation.instance, of: node, in: tree)) is deprecated"
      switch (annotation.keyword, annotation.value) {
      case ("deprecated", .bool(true)):
        if found[node] == nil { found[node] = Deprecation(node: node, instance: annotation.instance, message: message) }
      case ("deprecationMessage", .string(let text)) where !text.isEmpty:
        found[node] = Deprecation(node: node, instance: annotation.instance, message: message, hint: text)
      default: break
      }
    }
    return found.values.sorted { $0.node < $1.node }
  }

  /// Whether the URI is that of a standard meta-schema, which is built in.
  package static func isMetaSchema(_ uri: String) -> Bool { SchemaDraft(metaSchema: uri) != nil }
}

extension Program {
  /// Whether any subschema says so.
  fileprivate var knowsDeprecations: Bool {
    subschemas.contains { record in
      let schema = documents[Int(record.location.document)]
      let node = Int(record.location.node)
      if let flag = schema.member("deprecated", of: node), schema.nodes[flag].isTrue { return true }
      return schema.text("deprecationMessage", of: node) != nil
    }
  }
}
