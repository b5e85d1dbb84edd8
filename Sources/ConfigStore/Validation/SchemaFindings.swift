package import ConfigDocument
package import ConfigSchema

/// What a schema finds in one document of a file, for people: at its line, with the way through aliases, without secrets.
package struct SchemaFindings {
  package private(set) var diagnostics: [Diagnostic] = []
  /// Whether one edit may mend any of them.
  package let areMendable: Bool

  package init(of tree: ValueTree, in document: Document, by schema: Schema) {
    func place(_ origin: ValueTree.Origin, _ key: Bool) -> SourcePlace? {
      document.roots.isEmpty ? nil : document.place(of: key ? origin.key ?? origin.node : origin.node)
    }
    func detours(_ node: Int) -> [Diagnostic.Related] {
      document.roots.isEmpty ? [] : tree.detours(to: node, in: document)
    }
    let violations = schema.validate(tree)
    areMendable = violations.contains { $0.repair != nil }
    diagnostics = tree.diagnostics(for: violations, related: detours, place: place)
    for deprecation in schema.deprecations(in: tree) {
      var warning = deprecation.diagnostic(at: place(tree.origins[deprecation.node], true))
      warning.related = detours(deprecation.node)
      diagnostics.append(warning)
    }
    hideSecrets(of: tree, in: document, by: schema)
    diagnostics.sort { left, right in
      guard let one = left.place, let two = right.place else { return left.place != nil && right.place == nil }
      return (one.line, one.column) < (two.line, two.column)
    }
  }

  /// Takes the lines out of the findings that hold a secret, whatever the finding speaks of.
  private mutating func hideSecrets(of tree: ValueTree, in document: Document, by schema: Schema) {
    var lines: Set<Int> = []
    for secret in schema.secrets(in: tree) {
      for node in secret..<Int(tree.nodes[secret].end) {
        lines.insert(document.place(of: tree.origins[node].node).line)
      }
    }
    for index in diagnostics.indices {
      if let line = diagnostics[index].place?.line, lines.contains(line) { diagnostics[index].place?.lineText = "" }
    }
  }
}
