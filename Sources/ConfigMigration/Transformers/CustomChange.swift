public import ConfigDocument

/// A change of one value that is written in Swift and named by a transformer file: `custom: {swift: name}`.
///
/// The result is reconciled with the text, so the closure need not know of comments. It is for a step that is declared but
/// for one change; a step that is all code is a ``ConfigTransformer``.
///
/// ```swift
/// let shortened = CustomChange("shorten-names", revision: "1") { (value, _) throws(Diagnostic) in
///   guard let name = value.string else { return }
///   value = .string(String(name.prefix(32)))
/// }
/// ```
public struct CustomChange: Sendable {
  public typealias Body = @Sendable (_ value: inout Value, _ captures: Captures) throws(Diagnostic) -> Void

  /// What transformer files call it.
  public let name: String
  /// Stands for the code in checksums: a plan that was made with another revision is out of date.
  public let revision: String
  package let body: Body

  /// - Parameter body: changes the value; it depends on nothing else. Merge keys and aliases are resolved in the value.
  public init(_ name: String, revision: String, _ body: @escaping Body) {
    self.name = name
    self.revision = revision
    self.body = body
  }
}
