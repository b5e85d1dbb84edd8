/// The forms in which the graph of versions can be drawn.
public enum GraphFormat: String, Hashable, Sendable, CaseIterable {
  case text, mermaid, dot
}

extension Registry {
  /// The graph, oldest version first, with a final newline.
  public func drawing(_ format: GraphFormat) -> String {
    switch format {
    case .text: text
    case .mermaid: mermaid
    case .dot: dot
    }
  }

  private var edges: [(from: String, to: String, summary: String)] {
    var edges: [(from: String, to: String, summary: String)] = []
    for transformer in transformers {
      for node in versions where node.isStart(of: transformer) {
        edges.append((node.label, transformer.to.label, transformer.summary))
      }
    }
    return edges
  }

  private var text: String {
    let nodes = versions
    var out = ""
    for node in nodes {
      let leaving = transformers.filter { node.isStart(of: $0) }
      out += node.label
      if leaving.isEmpty { out += node.version == newest ? "  (newest)" : "  (dead end)" }
      out += "\n"
      for transformer in leaving { out += "  → \(transformer.to.label)  \(transformer.summary)\n" }
    }
    return out
  }

  private var mermaid: String {
    var out = "graph LR\n"
    for (index, node) in versions.enumerated() { out += "  v\(index)[\"\(node.label)\"]\n" }
    let labels = versions.map(\.label)
    for edge in edges {
      guard let from = labels.firstIndex(of: edge.from), let to = labels.firstIndex(of: edge.to) else { continue }
      out += "  v\(from) -->|\"\(escaped(edge.summary, "\"", as: "#quot;"))\"| v\(to)\n"
    }
    return out
  }

  private var dot: String {
    var out = "digraph \"\(escaped(product.name, "\"", as: "\\\""))\" {\n  rankdir=LR;\n"
    for node in versions { out += "  \"\(node.label)\";\n" }
    for edge in edges {
      out += "  \"\(edge.from)\" -> \"\(edge.to)\" [label=\"\(escaped(edge.summary, "\"", as: "\\\""))\"];\n"
    }
    return out + "}\n"
  }

  private func escaped(_ text: String, _ mark: Character, as replacement: String) -> String {
    text.split(separator: mark, omittingEmptySubsequences: false).joined(separator: replacement)
  }
}
