import ConfigDocument

extension TransformerLint {
  /// `unquoted-address`: an address with `{`, `*` or `#` stands without quotes. Some are read as meant, some are not (`{a}`
  /// is a mapping, `a #b` a comment), and nobody should have to know which.
  func quoting() -> [Diagnostic] {
    guard let document, let root = document.roots.first, document.format == .yaml,
      let operations = document.child("operations", of: document.resolved(root))
    else { return [] }
    var found: [Diagnostic] = []
    var open = [operations]
    while let node = open.popLast() {
      switch document.kind(of: node) {
      case .mapping:
        for (key, value) in document.entries(of: node) {
          open.append(value)
          check(key, in: document, &found)
        }
      case .sequence: open += document.items(of: node)
      case .scalar: check(node, in: document, &found)
      case .alias: break
      }
    }
    return found
  }

  private func check(_ node: NodeID, in document: Document, _ found: inout [Diagnostic]) {
    guard document.isPlainScalar(node), let text = document.text(of: node), !text.utf8.contains(UInt8(ascii: " ")),
      text.utf8.contains(where: { "{*#".utf8.contains($0) }),
      text.utf8.first == UInt8(ascii: "/") || text.hasPrefix("**") || text.firstRange(of: "#/") != nil
    else { return }
    found.append(
      Diagnostic(
        .unquotedAddress, "the address `\(text)` is not quoted", severity: .warning, at: document.place(of: node),
        hint: "write `\"\(text)\"`"))
  }
}
