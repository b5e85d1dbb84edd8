package import ConfigDocument
package import ConfigMigration

/// A step, gate, check or channel as the spec declares it: what a driver makes its value of.
///
/// ```yaml
/// - id: schema
///   data: {database: orders, scripts: sql}      # kind `data`, and its fields
/// ```
package struct Declaration: Sendable {
  package var id: String
  /// The key that says what it is: `run`, `configure`, `data`.
  package var kind: String
  package var document: Document
  /// The value of that key.
  package var node: NodeID
  package var upgrade: UpgradeIdentity

  package init(id: String, kind: String, document: Document, node: NodeID, upgrade: UpgradeIdentity) {
    self.id = id
    self.kind = kind
    self.document = document
    self.node = node
    self.upgrade = upgrade
  }

  /// Its fields, read one by one; whoever reads them calls `finish()` so that a field that nobody knows is an error.
  package func fields() throws(Diagnostic) -> FieldReader {
    try FieldReader(node, of: document, subject: "`\(kind)` of `\(id)`")
  }

  package var place: SourcePlace { document.place(of: node) }
  package var value: Value { document.value(of: node) }
}
