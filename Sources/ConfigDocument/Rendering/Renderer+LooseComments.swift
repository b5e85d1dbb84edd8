/// Comments in a collection that are none of its members'.
extension Renderer {
  func looseComments(of container: UInt32) -> [Document.LooseComment] {
    if let other = elsewhere(container) { return other.looseComments(of: container) }
    let members = members(of: container)
    let next = nextPresent(members)
    let gaps = node(container).style == .flow ? flowGaps(container, members) : blockGaps(container, members)
    return gaps.flatMap { gap in
      flowComments(in: gap.range).map { comment in
        Document.LooseComment(text: comment, next: gap.index.flatMap { next[$0] }.map(NodeID.init))
      }
    }
  }

  /// For each member its value, or that of the next one behind it that is there.
  private func nextPresent(_ members: [Member]) -> [UInt32?] {
    var next: [UInt32?] = Array(repeating: nil, count: members.count)
    var nearest: UInt32?
    for index in members.indices.reversed() {
      nearest = members[index].value ?? nearest
      next[index] = nearest
    }
    return next
  }

  /// The stretches of a flow collection that are no member's, each with the number of the member behind it.
  func flowGaps(_ container: UInt32, _ members: [Member]) -> [(range: Range<Int>, index: Int?)] {
    guard !isBarePair(container) else { return [] }
    let close = Int(node(container).end) - 1
    var end = ScalarSpan.contentStart(of: node(container), in: source) + 1
    var gaps: [(range: Range<Int>, index: Int?)] = []
    for (index, member) in members.enumerated() where member.isOriginal {
      let region = flowRegion(member, close: close)
      if region.own.lowerBound > end { gaps.append((end..<region.own.lowerBound, index)) }
      end = max(end, region.own.upperBound)
    }
    if close > end { gaps.append((end..<close, nil)) }
    return gaps
  }

  /// The same of a block collection. What stands below its last member is outside of it.
  private func blockGaps(_ container: UInt32, _ members: [Member]) -> [(range: Range<Int>, index: Int?)] {
    var gaps: [(range: Range<Int>, index: Int?)] = []
    var end: (region: Int, value: Int)?
    for (index, member) in members.enumerated() where member.isOriginal {
      let region = region(of: member.first, value: member.valuePlace, in: container, previousEnd: end?.value)
      if let end, region.headStart > end.region { gaps.append((end.region..<region.headStart, index)) }
      end = (region.end, Int(node(member.valuePlace).end))
    }
    return gaps
  }
}
