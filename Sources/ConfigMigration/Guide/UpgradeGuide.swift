import ConfigDocument

/// The upgrade guide of a product: what each transformer changes, what it asks of people, in Markdown.
public struct UpgradeGuide: Sendable {
  let product: Product
  let transformers: [Transformer]

  public init(_ product: Product, transformers: [Transformer]) {
    self.product = product
    self.transformers = transformers
  }

  /// The guide, newest version first, with a final newline. The same transformers give the same text.
  public var markdown: String {
    var out = "# Upgrading \(product.title ?? product.name)\n"
    for transformer in transformers.reversed() { out += "\n" + section(transformer) }
    return out
  }

  private func section(_ transformer: Transformer) -> String {
    var out = "## \(transformer.from.label) to \(transformer.to.label)\n\n\(transformer.summary).\n"
    if let details = transformer.details { out += "\n\(details)\n" }
    guard let operations = transformer.operations else {
      return out + "\nThis step is written in Swift.\n"
    }
    let notes = operations.flatMap(\.withInner).filter { $0.name == "note" }
    let actions = notes.filter { $0.noteLevel == "action" }
    if !actions.isEmpty { out += "\n### Before you upgrade\n\n" + actions.map { item($0) }.joined() }
    let requirements = operations.flatMap(\.withInner).filter { $0.name == "require" }
    if !requirements.isEmpty {
      out += "\n### What is no longer possible\n\n" + requirements.map { item($0) }.joined()
    }
    let changes = operations.filter { $0.name != "note" && $0.name != "require" }
    if !changes.isEmpty {
      out += "\n### What changes\n\n" + changes.map { list($0, indent: "") }.joined()
    }
    let remarks = notes.filter { $0.noteLevel != "action" }
    if !remarks.isEmpty { out += "\n### What to look at\n\n" + remarks.map { item($0) }.joined() }
    return out
  }

  private func list(_ operation: Operation, indent: String) -> String {
    if operation.name == "note" || operation.name == "require" { return "" }
    let comment = operation.fields.object?["comment"]?.string.map { " \($0.singleLine)" } ?? ""
    return "\(indent)- \(operation.sentence.capitalizedFirst)\(operation.inner.isEmpty ? "." : "")\(comment)\n"
      + operation.inner.map { list($0, indent: indent + "  ") }.joined()
  }

  private func item(_ operation: Operation) -> String {
    let fields = operation.fields.object
    var text = (fields?["message"]?.string ?? "").singleLine
    if let hint = fields?["hint"]?.string { text += " \(hint.singleLine)" }
    if let code = fields?["code"]?.string { text += " (`--acknowledge \(code)`)" }
    if let doc = fields?["doc"]?.string { text += " See \(doc)." }
    return "- \(text)\n"
  }
}

extension Operation {
  fileprivate var noteLevel: String { fields.object?["level"]?.string ?? "" }
}

extension String {
  fileprivate var singleLine: String { split(separator: "\n").joined(separator: " ") }

  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
