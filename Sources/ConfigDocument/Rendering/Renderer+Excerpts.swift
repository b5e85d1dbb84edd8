/// The text of a part of a document, as a document of its own.
extension Document {
  /// An entry or item with its comments and the edits in it, under a root of its own. A root comes with all comments of its
  /// document, under a key `root` or a dash.
  ///
  /// - Parameter eol: what ends each line.
  /// - Returns: the text, and how much of its start only says what its tags mean.
  func excerptText(of node: NodeID, isItem: Bool, eol: [UInt8]) -> (text: [UInt8], prefix: Int) {
    let text = bytes.withBuffer { bytes in
      let source = UnsafeBufferPointer(rebasing: bytes[..<source.count])
      let style = NeighbourStyle(of: self, source: source)
      let file = Renderer(self, bytes: bytes, readingAt: 0, style: style)
      if parent(of: node) == nil { return file.rootExcerpt(node.raw, isItem: isItem) }
      let renderer = file.elsewhere(key(of: node)?.raw ?? node.raw) ?? file
      return format == .yaml ? renderer.blockExcerpt(node.raw) : renderer.flowExcerpt(node.raw)
    }
    let directives = tagDirectives(above: node)
    let prefix = directives.isEmpty ? [] : directives.flatMap { $0 + eol } + Array("---".utf8) + eol
    return (prefix + SourceLines.with(eol, text), prefix.count)
  }

  /// The `%TAG` lines of the document of the stream that the node is in.
  func tagDirectives(above node: NodeID) -> [[UInt8]] {
    guard format == .yaml else { return [] }
    var id = node.raw
    while nodes[Int(id)].kind != .document, id != 0 { id = nodes[Int(id)].parent }
    return source.withBuffer { source in
      var directives: [[UInt8]] = []
      var offset = Int(nodes[Int(id)].start)
      while offset < source.count, source[offset] == UInt8(ascii: "%") || source[offset] == UInt8(ascii: "#") {
        let line = source[offset..<SourceLines.end(of: offset, in: source)]
        if line.starts(with: "%TAG".utf8) { directives.append(Array(line)) }
        offset = SourceLines.next(after: offset, in: source)
      }
      return directives
    }
  }
}

extension Renderer {
  /// An entry or item in block style, at column 0.
  fileprivate func blockExcerpt(_ value: UInt32) -> [UInt8] {
    let container = node(value).parent
    let all = members(of: container)
    guard let index = all.firstIndex(where: { $0.value == value }) else { return [] }
    let member = all[index]
    let isMapping = node(container).kind == .mapping
    guard member.isOriginal, node(container).isBlockCollection else {
      return memberText(member, column: 0, isMapping: isMapping) + eol(at: cursor)
    }
    let previous = all[..<index].last(where: \.isOriginal)
    let region = region(
      of: member.first, value: member.valuePlace, in: container,
      previousEnd: previous.map { Int(node($0.valuePlace).end) })
    return text(of: member, in: region, column: 0) + eol(at: cursor)
  }

  /// A member between brackets, which stand on lines of their own.
  fileprivate func flowExcerpt(_ value: UInt32) -> [UInt8] {
    let container = node(value).parent
    guard let member = members(of: container).first(where: { $0.value == value }) else { return [] }
    let isMapping = node(container).kind == .mapping
    let eol = eol(at: Int(node(value).start))
    let indentation = indentation(at: Int(node(value).start))
    let text = flowMember(member, indentation: indentation, isMultiline: true)
    return Array((isMapping ? "{" : "[").utf8) + eol + indentation + text + eol + Array((isMapping ? "}" : "]").utf8)
      + eol
  }

  /// A document of the stream, under a key or a dash.
  fileprivate func rootExcerpt(_ root: UInt32, isItem: Bool) -> [UInt8] {
    let document = node(root).parent
    guard self.document.format == .yaml else {
      let body = rendered(contentStart..<source.count) { $0.documentNode(document) }
      return isItem
        ? Array("[\n".utf8) + body + Array("\n]\n".utf8) : Array("{\"root\":\n".utf8) + body + Array("\n}\n".utf8)
    }
    var (above, start, hasMarker) = documentStart(document)
    let lead = Array((isItem ? "-" : "root:").utf8)
    let eol = eol(at: start)
    if node(root).isBlockScalar, !isEdited(root) {
      // Comments below it would become its content.
      above += flowComments(in: Int(node(root).end)..<Int(node(document).end)).flatMap { $0 + eol }
    }
    let body = documentText(document, root: root, from: start)
    var first: [UInt8] = []
    var rest = body
    if hasMarker {
      first = Array(body.prefix { !$0.isBreak })
      rest = Array(body[first.count...])
      first = Array(first.drop { $0.isBlank })
    } else if isItem, let byte = body.first(where: { $0 != UInt8(ascii: " ") }), !byte.isBreak {
      first = Array(body.dropFirst(2))
      rest = []
    } else {
      rest = eol + body
    }
    let text = above + lead + (first.isEmpty ? [] : [UInt8(ascii: " ")]) + first + rest
    return text + (text.last?.isBreak ?? false ? [] : eol)
  }

  /// The comments above the marker of the stream's first document, where its text starts, and whether a marker stands there.
  private func documentStart(_ document: UInt32) -> (above: [UInt8], start: Int, hasMarker: Bool) {
    let isFirst = self.document.nodes[0].firstChild == document
    var start = Int(node(document).start)
    // A document without a marker starts where its text does, and `---` behind a blank is text.
    let isAtLineStart = start == contentStart || lineStart(of: start) == start
    guard isAtLineStart, source[start...].starts(with: "%".utf8) || SourceLines.isMarker("---", at: start, in: source)
    else {
      return ([], isFirst ? contentStart : start, false)
    }
    let above = isFirst && start > contentStart ? Array(source[contentStart..<start]) : []
    while source[start] != UInt8(ascii: "-") { start = SourceLines.next(after: start, in: source) }
    return (above, start + 3, true)
  }

  /// The lines of a document, two columns to the right.
  private func documentText(_ document: UInt32, root: UInt32, from start: Int) -> [UInt8] {
    guard node(root).isBlockScalar, !isEdited(root) else {
      return Indentation.shift(rendered(start..<Int(node(document).end)) { $0.documentNode(document) }, by: 2)
    }
    // Where the header says how deep the content is, it says so from the left edge, and goes on to do so.
    let header = BlockScalarSpan(at: ScalarSpan.contentStart(of: node(root), in: source), in: source)
    let content = SourceLines.next(after: header.indicatorsEnd, in: source)
    let end = max(content, SourceLines.afterBreak(Int(node(root).end), in: source))
    // In one piece: where the file ends in the content, the header changes with it.
    let text = rendered(start..<end) { _ in }
    var (offset, split) = (start, 0)
    while offset < content {
      offset = SourceLines.next(after: offset, in: source)
      split = text.withBuffer { SourceLines.next(after: split, in: $0) }
    }
    return Indentation.shift(Array(text[..<split]), by: 2)
      + Indentation.shift(Array(text[split...]), by: header.indentation == nil ? 2 : 0)
  }
}

extension SourceLines {
  /// The text with one kind of line break.
  static func with(_ eol: [UInt8], _ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count + text.count / 16)
    text.withBuffer { source in
      var offset = 0
      while offset < source.count {
        let end = SourceLines.end(of: offset, in: source)
        out.append(contentsOf: source[offset..<end])
        offset = afterBreak(end, in: source)
        if offset > end { out.append(contentsOf: eol) }
      }
    }
    return out
  }
}
