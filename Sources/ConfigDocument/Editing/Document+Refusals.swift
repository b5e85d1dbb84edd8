/// What an edit may not ask for, found before anything changes.
extension Document {
  func checkMapping(_ mapping: NodeID, lacks key: String) throws(Diagnostic) {
    guard nodes[mapping.index].kind == .mapping else {
      throw Diagnostic(.editRefused, "an entry can be added to a mapping only", at: place(of: mapping))
    }
    if let present = child(key, of: mapping) {
      throw Diagnostic(
        .editRefused, "the mapping has the key `\(key)` already", at: place(of: self.key(of: present) ?? present))
    }
  }

  /// In its place a key stays without `?`, and libyaml does not wait for the colon of a long one.
  func checkLength(of key: String, for keyNode: NodeID) throws(Diagnostic) {
    guard format == .yaml, nodes[keyNode.index].flags.isDisjoint(with: .new) else { return }
    // However it is quoted, a short name takes one line.
    if (1..<200).contains(key.utf8.count), key.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return }
    let writer = ScalarWriter(inFlow: true, quotes: .doubleQuoted)
    guard ScalarWriter.needsQuestionMark(writer.text(.string(key), style: nodes[keyNode.index].style)) else { return }
    throw Diagnostic(
      .editRefused, "a key of more than 1,000 bytes cannot take the place of another", at: place(of: keyNode),
      hint: "remove the entry and insert it under the new key")
  }

  /// Whether a new value can be written: no deeper than documents are read, and with no key twice (objects that were read
  /// from YAML may have two members whose keys, collections, are the same as text).
  ///
  /// - Parameters:
  ///   - node: where the message points.
  ///   - container: what the value will stand in; nil for a root.
  func checkValue(_ value: Value, at node: NodeID, in container: NodeID?) throws(Diagnostic) {
    guard value.array != nil || value.object != nil else { return }
    try checkDepth(of: value, at: node, in: container)
    var open = [value]
    while let value = open.popLast() {
      switch value {
      case .array(let items): open += items
      case .object(let object):
        var known: Set<[UInt8]> = []
        for member in object.members {
          guard known.insert(Array(member.key.utf8)).inserted else {
            throw Diagnostic(
              .editRefused, "the new value has the key `\(member.key)` twice", at: place(of: node),
              hint: "give one of them another key")
          }
          open.append(member.value)
        }
      default: break
      }
    }
  }

  /// Whether a node may stand in `container` without being nested too deep there. Complexity: O(nodes below it).
  ///
  /// - Parameter levels: how many collections there will be between the two.
  func checkDepth(of node: NodeID, in container: NodeID?, below levels: Int = 0) throws(Diagnostic) {
    let outer = (container.map(depth(of:)) ?? 0) + levels
    try checkDepth(outer, at: node)
    var open = [(id: node.raw, depth: outer)]
    while let (id, depth) = open.popLast() {
      guard nodes[Int(id)].isContainer else { continue }
      try checkDepth(depth + 1, at: node)
      open += children(of: id).map { ($0, depth + 1) }
    }
  }

  /// Whether a value may stand in `container` without being nested too deep there. Complexity: O(values in it).
  func checkDepth(of value: Value, at node: NodeID, in container: NodeID?) throws(Diagnostic) {
    var open = [(value: value, depth: (container.map(depth(of:)) ?? 0) + 1)]
    while let (value, depth) = open.popLast() {
      switch value {
      case .array(let items):
        try checkDepth(depth, at: node)
        open += items.map { ($0, depth + 1) }
      case .object(let object):
        try checkDepth(depth, at: node)
        open += object.members.map { ($0.value, depth + 1) }
      default: break
      }
    }
  }

  private func checkDepth(_ depth: Int, at node: NodeID) throws(Diagnostic) {
    guard depth > Self.maximumDepth else { return }
    throw Diagnostic(
      .editRefused, "the result would be nested deeper than \(Self.maximumDepth) levels, which no file may be",
      at: place(of: node))
  }

  /// The number of collections that a collection stands in, itself included.
  private func depth(of container: NodeID) -> Int {
    var depth = 0
    var next: NodeID? = container
    while let node = next {
      depth += 1
      next = parent(of: node)
    }
    return depth
  }

  /// A key such as `--- a` would be a marker at the start of a line, where those of a root stand.
  func checkHasNoMarkers(atRoot mapping: NodeID) throws(Diagnostic) {
    guard format == .yaml, nodes[mapping.index].kind == .mapping, !isFlow(mapping.raw) else { return }
    for (key, _) in entries(of: mapping) where edits.written[key.raw] == nil && !nodes[key.index].flags.contains(.new) {
      let start = Int(nodes[key.index].start)
      let isMarker = bytes.withBuffer { SourceLines.isMarker(at: start, in: $0) }
      if isMarker { throw .refusedMarker(at: place(of: key)) }
    }
  }

  /// A copy has no anchors, so that a key which is nothing else would leave no text behind.
  func checkCopy(of node: NodeID) throws(Diagnostic) {
    guard !properties.isEmpty else { return }
    var open = [node.raw]
    while let id = open.popLast() {
      let element = nodes[Int(id)]
      if element.flags.contains(.key), element.flags.contains(.properties), element.kind == .scalar,
        edits.written[id] == nil, properties[id]?.tag == nil,
        bytes.withBuffer({ ScalarSpan.contentStart(of: element, in: $0) }) == Int(element.end),
        withTextBytes(of: id, \.isEmpty), element.style == .plain
      {
        throw Diagnostic(
          .editRefused, "a key in it is an anchor without a text, and a copy has no anchors",
          at: place(of: NodeID(id)), hint: "write the key as `null` or `\"\"` first")
      }
      open += children(of: id)
    }
  }
}

extension Diagnostic {
  /// Why a key such as `--- a` cannot come to stand at the start of a line.
  static func refusedMarker(at place: SourcePlace?) -> Self {
    Diagnostic(
      .editRefused, "this key would be read as a marker between documents at the start of a line", at: place,
      hint: "put quotes around it first")
  }
}
