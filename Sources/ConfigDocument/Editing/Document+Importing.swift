/// Entries and items of other documents.
extension Document {
  /// Takes an entry or item of another document into a mapping, with its comments, quotes, layout, tags and anchors. The
  /// other document stays as it is: to move the entry, remove it there.
  ///
  /// Its lines end as this file's do, and shift as one. An alias whose anchor is not in the entry becomes a copy of what it
  /// stands for; an anchor whose name is taken here gets another one. Between YAML and JSON, and between YAML 1.1 and 1.2,
  /// values stay the same and are spelled anew where they must be.
  ///
  /// ```swift
  /// let pool = try overlay.insert(node, from: base, forKey: "pool", into: overlay.roots[0], at: .first)
  /// try base.remove(node)
  /// ```
  ///
  /// - Parameters:
  ///   - node: the entry's value, or an item; or the root of a document, which brings all comments of that document.
  ///   - droppingComments: whether comments may be lost where this format has none.
  /// - Returns: the value's node in this document.
  /// - Throws: `edit-refused` where the mapping has the key already, where comments or tags would be lost, or where the entry's
  ///   key is an alias; `alias-expansion` where an alias contains itself.
  /// - Complexity: O(entry + siblings on both sides + anchors of this document).
  @discardableResult
  public mutating func insert(
    _ node: NodeID, from donor: Document, forKey key: String, into mapping: NodeID, at position: Position = .last,
    droppingComments: Bool = false
  ) throws(Diagnostic) -> NodeID {
    try checkMapping(mapping, lacks: key)
    try checkPosition(position, in: mapping)
    let excerpt = try Excerpt(
      of: node, in: donor, for: self, near: mapping, isItem: false, droppingComments: droppingComments)
    guard let text = excerpt.document else {
      return try insert(excerpt.value, forKey: key, into: mapping, at: position, comment: excerpt.comment)
    }
    return try insert(text, excerpt.place) { document, node throws(Diagnostic) in
      try document.move(node, toKey: key, in: mapping, at: position)
    }
  }

  /// Takes an entry or item of another document into a list; an entry gives up its key. See
  /// ``insert(_:from:forKey:into:at:droppingComments:)``.
  @discardableResult
  public mutating func insert(
    _ node: NodeID, from donor: Document, into sequence: NodeID, at position: Position = .last,
    droppingComments: Bool = false
  ) throws(Diagnostic) -> NodeID {
    guard nodes[sequence.index].kind == .sequence else {
      throw Diagnostic(.editRefused, "an item can be added to a list only", at: place(of: sequence))
    }
    try checkPosition(position, in: sequence)
    let excerpt = try Excerpt(
      of: node, in: donor, for: self, near: sequence, isItem: true, droppingComments: droppingComments)
    guard let text = excerpt.document else {
      return try insert(excerpt.value, into: sequence, at: position, comment: excerpt.comment)
    }
    return try insert(text, excerpt.place) { document, node throws(Diagnostic) in
      try document.move(node, into: sequence, at: position)
    }
  }

  /// Adds a document of one member to the arena, and moves the member to where it is wanted.
  private mutating func insert(
    _ excerpt: Document, _ place: SourcePlace, move: (inout Document, NodeID) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> NodeID {
    let old = (bytes: bytes.count, nodes: nodes.count, decoded: decoded.count, text: decodedText.count)
    let root = try attach(excerpt, place)
    let node = children(of: root).last.map { NodeID($0) } ?? NodeID(root)
    do throws(Diagnostic) { try move(&self, node) } catch {
      bytes.removeSubrange(old.bytes...)
      longLines.remove(from: old.bytes)
      nodes.truncate(to: old.nodes)
      decoded.removeSubrange(old.decoded...)
      decodedText.removeSubrange(old.text...)
      properties = properties.filter { Int($0.key) < old.nodes }
      edits.imports.removeLast()
      throw error
    }
    vacate(root, as: .removed)
    return node
  }

  /// - Returns: the excerpt's root, which is in no document of the stream.
  private mutating func attach(_ excerpt: Document, _ place: SourcePlace) throws(Diagnostic) -> UInt32 {
    let eol = excerpt.source.withBuffer { source in
      let end = SourceLines.end(of: 0, in: source)
      return Array(source[end..<SourceLines.afterBreak(end, in: source)])
    }
    let marker = Array("...".utf8) + eol
    guard bytes.count + excerpt.source.count + 2 * marker.count + eol.count < Int(UInt32.max) else {
      throw Diagnostic("too-large", "with what it takes from other files the file is larger than 4 GiB")
    }
    bytes += eol + marker
    let offset = bytes.count
    bytes += excerpt.source + marker
    bytes.withBuffer { longLines.add(in: $0, from: offset) }
    edits.imports.append(ImportedText(range: offset..<bytes.count, place: place))

    // The stream and the document of the excerpt stay behind; its root is node 2.
    let first = 2
    let shift = UInt32(nodes.count - first)
    func shifted(_ id: UInt32) -> UInt32 { id < first ? 0 : id + shift }
    for var node in excerpt.nodes[first...] {
      node.start += UInt32(offset)
      node.end += UInt32(offset)
      node.next = shifted(node.next)
      node.parent = shifted(node.parent)
      node.firstChild = shifted(node.firstChild)
      nodes.append(node)
      if node.flags.contains(.key) { noteArrival(ofKeyWith: node.keyHash) }
    }
    for var scalar in excerpt.decoded {
      scalar.node += shift
      scalar.offset += UInt32(decodedText.count)
      decoded.append(scalar)
    }
    decodedText += excerpt.decodedText
    hasAliases = hasAliases || excerpt.hasAliases
    for (id, var kept) in excerpt.properties {
      kept.target = kept.target.map(shifted)
      properties[shifted(id)] = kept
    }
    return shifted(UInt32(first))
  }
}
