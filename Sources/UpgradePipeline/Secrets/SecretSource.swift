package import ConfigDocument
internal import ConfigMigration

/// Where a secret is: a spec never holds one, it says where it is found when it is needed.
///
/// ```yaml
/// password: {env: DB_PASSWORD}      # or {file: /run/secrets/db}
/// ```
package enum SecretSource: Hashable, Sendable {
  case environment(String)
  case file(String)

  /// - Throws: `bad-value` where the node is neither form.
  package init(_ node: NodeID, of document: Document, field: String) throws(Diagnostic) {
    var fields: FieldReader
    do throws(Diagnostic) {
      fields = try FieldReader(node, of: document, subject: "`\(field)`")
    } catch {
      throw Diagnostic(
        .badValue, "`\(field)` is a secret, and a spec does not hold secrets", at: document.place(of: node),
        hint: "Write `{env: NAME}` for a variable, or `{file: PATH}` for a file that holds it")
    }
    let name = try fields.optionalText("env")
    let path = try fields.optionalText("file")
    try fields.finish()
    switch (name, path) {
    case (let name?, nil): self = .environment(name)
    case (nil, let path?): self = .file(path)
    default:
      throw Diagnostic(
        .badValue, "`\(field)` says where a secret is in one of two ways", at: document.place(of: node),
        hint: "Write `{env: NAME}` or `{file: PATH}`")
    }
  }
}

extension SecretSource: CustomStringConvertible {
  package var description: String {
    switch self {
    case .environment(let name): "the variable \(name)"
    case .file(let path): "the file \(path)"
    }
  }
}
