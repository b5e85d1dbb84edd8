extension Document {
  /// The bytes of the source that spell a scalar's value: with its quotes, without its anchor and tag; of a block scalar
  /// the lines behind its header.
  package func valueSpan(of scalar: NodeID) -> Range<Int> {
    let node = nodes[scalar.index]
    return source.withBuffer { source in
      let start = ScalarSpan.contentStart(of: node, in: source)
      guard node.isBlockScalar else { return start..<max(start, Int(node.end)) }
      let block = BlockScalarSpan(at: start, in: source)
      let content = SourceLines.next(after: block.indicatorsEnd, in: source)
      return content..<max(content, Int(node.end))
    }
  }
}
