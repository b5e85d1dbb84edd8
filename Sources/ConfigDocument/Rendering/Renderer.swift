/// Writes a document with its edits: a walk over what was edited, copying everything between.
///
/// The renderer has a cursor in the source. Edits are met in source order; each copies up to its place, skips what goes and
/// writes what comes. A subtree that moved is written by another renderer over its old lines, and shifted.
struct Renderer {
  /// Only ``safely(_:before:column:_:)`` gives a copy of the renderer another one.
  var document: Document
  /// The file's text, or a text that was imported, with all that stands before it.
  let source: UnsafeBufferPointer<UInt8>
  /// The file's text and all that was imported.
  let bytes: UnsafeBufferPointer<UInt8>
  private let neighbours: Neighbours
  private(set) var out: [UInt8] = []
  private(set) var cursor: Int
  private(set) var changes: [Rendering.Change] = []
  /// Comments on lines that the walk has not come to, the next one last.
  var pending: [PendingComment] = []
  /// Whether a plain scalar is what stands before a member that was skipped last; until something is copied.
  var isBehindPlain = false
  /// Where the block scalar ends in whose header the last comment was written: what is in it is copied as it is.
  private var openScalarEnd = 0
  /// Whether the header of the block scalar at the file's end was told to strip: once is enough, whatever else follows.
  private var strippedOpenScalar = false
  /// Whether new strings of several lines are quoted, because of what follows them.
  var avoidsBlockScalars = false
  /// The source's end, or that of the region that is rendered.
  let limit: Int
  private let limitStart: Int

  private init(
    _ document: Document, source: UnsafeBufferPointer<UInt8>, bytes: UnsafeBufferPointer<UInt8>, neighbours: Neighbours,
    region: Range<Int>
  ) {
    self.document = document
    self.source = source
    self.bytes = bytes
    self.neighbours = neighbours
    cursor = region.lowerBound
    limit = region.upperBound
    limitStart = region.lowerBound
  }

  /// A renderer over the text that holds `offset`: the file's, or an imported one. It copies nothing by itself.
  init(_ document: Document, bytes: UnsafeBufferPointer<UInt8>, readingAt offset: Int, style: NeighbourStyle) {
    self.init(document, bytes: bytes, readingAt: offset, neighbours: Neighbours(style))
  }

  private init(_ document: Document, bytes: UnsafeBufferPointer<UInt8>, readingAt offset: Int, neighbours: Neighbours) {
    let text = document.importedText(at: offset)?.range ?? 0..<document.source.count
    self.init(
      document, source: UnsafeBufferPointer(rebasing: bytes[..<text.upperBound]), bytes: bytes, neighbours: neighbours,
      region: text)
  }

  /// How the document is written, which only what is new asks for.
  var style: NeighbourStyle { neighbours.style }

  /// The style, looked up when it is asked for the first time.
  private final class Neighbours {
    private let find: () -> NeighbourStyle
    private(set) lazy var style = find()

    init(_ find: @autoclosure @escaping () -> NeighbourStyle) { self.find = find }
  }

  static func render(_ document: Document) -> Rendering {
    document.bytes.withBuffer { bytes in
      let source = UnsafeBufferPointer(rebasing: bytes[..<document.source.count])
      let neighbours = Neighbours(NeighbourStyle(of: document, source: source))
      var renderer = Renderer(document, bytes: bytes, readingAt: 0, neighbours: neighbours)
      renderer.out.reserveCapacity(source.count + source.count / 16)
      for child in document.children(of: 0) where renderer.isEdited(child) { renderer.documentNode(child) }
      renderer.copy(to: source.count)
      renderer.flushComment()
      return Rendering(bytes: renderer.out, changes: renderer.changes)
    }
  }

  /// A part of the document, with its edits.
  func rendered(_ region: Range<Int>, _ body: (inout Renderer) -> Void) -> [UInt8] {
    var renderer = Renderer(document, source: source, bytes: bytes, neighbours: neighbours, region: region)
    body(&renderer)
    renderer.copy(to: region.upperBound)
    renderer.flushComment()
    // Whatever is written elsewhere gets a line break behind it.
    if region.upperBound == source.count { renderer.keepUnterminatedBlockScalar(by: EditAuthor(rawValue: 0)) }
    return renderer.out
  }

  /// The renderer for a node whose bytes are in another text than this one's; nil where they are in this one, or nowhere.
  func elsewhere(_ id: UInt32) -> Renderer? {
    guard !document.edits.imports.isEmpty, !node(id).flags.contains(.new) else { return nil }
    var renderer = Renderer(document, bytes: bytes, readingAt: Int(node(id).start), neighbours: neighbours)
    guard renderer.source.count != source.count else { return nil }
    renderer.avoidsBlockScalars = avoidsBlockScalars
    return renderer
  }

  /// Whether what is written next stands first on its line, but for a byte order mark.
  var isAtLineStart: Bool { out.last?.isBreak ?? true || limitStart == 0 && out.count == contentStart }

  func node(_ id: UInt32) -> Node { document.nodes[Int(id)] }
  func isEdited(_ id: UInt32) -> Bool { node(id).flags.contains(.edited) }
  func author(of id: UInt32) -> EditAuthor { document.edits.authors[id] ?? EditAuthor(rawValue: 0) }

  // MARK: Splices

  mutating func copy(to offset: Int) {
    let end = min(offset, limit)
    while let comment = pending.last, comment.range.lowerBound < end {
      pending.removeLast()
      // One that stood in what was skipped went with it.
      guard comment.range.lowerBound >= cursor else { continue }
      copyText(to: comment.range.lowerBound)
      skip(to: comment.range.upperBound, by: comment.author)
      write(comment.text, by: comment.author)
      openScalarEnd = comment.scalarEnd
    }
    copyText(to: end)
  }

  /// What the source has up to there, but for blanks and breaks that would mean something else behind what was written last.
  private mutating func copyText(to end: Int) {
    guard end > cursor else { return }
    if cursor >= openScalarEnd, let last = changes.last,
      source[last.source.upperBound..<cursor].allSatisfy(\.isBlankOrBreak)
    {
      if last.replacement.upperBound == out.count {
        separateBreaks(before: source[cursor], by: last.author)
        separateComment(by: last.author)
      }
      straightenTabs(to: end, by: last.author)
    }
    out.append(contentsOf: source[cursor..<end])
    cursor = end
    isBehindPlain = false
  }

  mutating func skip(to offset: Int, by author: EditAuthor) {
    guard offset > cursor else { return }
    note(source: cursor..<offset, replacement: out.count..<out.count, by: author)
    cursor = offset
  }

  mutating func write(_ bytes: some Collection<UInt8>, by author: EditAuthor) {
    guard let first = bytes.first else { return }
    separateBreaks(before: first, by: author)
    note(source: cursor..<cursor, replacement: out.count..<out.count + bytes.count, by: author)
    out.append(contentsOf: bytes)
  }

  /// A line feed behind a carriage return that it did not stand behind would be one line break with it.
  private mutating func separateBreaks(before byte: UInt8, by author: EditAuthor) {
    guard SourceLines.isOneBreak(out.last, byte) else { return }
    note(source: cursor..<cursor, replacement: out.count..<out.count + 1, by: author)
    out.append(UInt8(ascii: "\r"))
  }

  /// A comment that was glued to a comma or a bracket would be text behind anything else.
  private mutating func separateComment(by author: EditAuthor) {
    guard isYAMLComment(cursor), out.count > contentStart, !"[]{},".utf8.contains(out[out.count - 1]) else { return }
    separate(by: author)
  }

  /// Tabs at the start of lines below a plain scalar are blanks to libyaml, and errors below everything else: where something
  /// else stands above them now, they become spaces. Between brackets it is the other way round: there a plain scalar goes on
  /// until the next token, and libyaml takes no tab before its further lines.
  private mutating func straightenTabs(to limit: Int, by author: EditAuthor) {
    guard document.format == .yaml else { return }
    let endsInPlain =
      isBehindPlain || out.last { !$0.isBlankOrBreak }.map { !"\"'[]{},:".utf8.contains($0) } ?? false
    var line = cursor
    if !(out.last?.isBreak ?? true) {
      while line < source.count, source[line].isBlank { line += 1 }
      guard line < source.count else { return }
      if line <= limit, source[line] == UInt8(ascii: "#") || source[line].isBreak, endsInIndicators {
        spaceTabs(from: cursor, to: line, by: author)
      }
      guard source[line].isBreak else { return }
      line = SourceLines.afterBreak(line, in: source)
    }
    while line < limit {
      let end = source[line..<limit].firstIndex { !$0.isBlank } ?? limit
      // What follows where the copy ends in them is not known: it may be a bracket.
      let isStraightened =
        end == source.count || end == limit && endsInPlain
        || end < limit
          && (source[end].isBreak || source[end] == UInt8(ascii: "#")
            || endsInPlain && ",:]}".utf8.contains(source[end]))
      guard isStraightened else { return }
      spaceTabs(from: line, to: end, by: author)
      guard end < limit, source[end].isBreak else { return }
      line = SourceLines.afterBreak(end, in: source)
    }
  }

  private mutating func spaceTabs(from start: Int, to end: Int, by author: EditAuthor) {
    for offset in start..<end where source[offset] == UInt8(ascii: "\t") {
      out.append(contentsOf: source[cursor..<offset])
      note(source: offset..<offset + 1, replacement: out.count..<out.count + 1, by: author)
      out.append(UInt8(ascii: " "))
      cursor = offset + 1
    }
  }

  /// Takes back the line break that was copied last, where what followed it went and the file does not end with one.
  mutating func dropTrailingBreak(by author: EditAuthor) {
    guard let last = changes.indices.last, changes[last].replacement.upperBound == out.count,
      changes[last].replacement.isEmpty
    else { return }
    let written = last > 0 ? changes[last - 1].replacement.upperBound : 0
    let end = out.withBuffer { SourceLines.beforeBreak($0.count, in: $0, notBefore: written) }
    let count = out.count - end
    guard count > 0 else { return }
    out.removeLast(count)
    changes[last].source = changes[last].source.lowerBound - count..<changes[last].source.upperBound
    changes[last].replacement = end..<end
  }

  /// The file ends within a block scalar, without a line break, and more is about to follow: the break that it gets must not
  /// become part of the value, so its header says to strip it.
  mutating func keepUnterminatedBlockScalar(by author: EditAuthor) {
    if let blanks = document.unterminatedBlanks, blanks.lowerBound >= limitStart, cursor == source.count,
      out.count - blanks.count >= (changes.last?.replacement.upperBound ?? 0)
    {
      out.removeLast(blanks.count)
      return note(source: blanks, replacement: out.count..<out.count, by: author)
    }
    guard !strippedOpenScalar, let header = document.unterminatedHeader, header.headerStart >= limitStart,
      cursor == source.count
    else { return }
    // The header as it was copied: nothing but its comment may have changed behind it.
    let later = changes.reversed().prefix { $0.source.lowerBound >= header.indicatorsEnd }
    let index = changes.count - later.count
    let growth = later.reduce(0) { $0 + $1.replacement.count - $1.source.count }
    let end = out.count - growth - (source.count - header.indicatorsEnd)
    guard end > (index > 0 ? changes[index - 1].replacement.upperBound : -1), header.chomping != UInt8(ascii: "-")
    else {
      return
    }
    strippedOpenScalar = true
    let plus = (header.headerStart..<header.indicatorsEnd).first { source[$0] == UInt8(ascii: "+") }
    let sourceFrom = plus ?? header.indicatorsEnd
    let from = end - (header.indicatorsEnd - sourceFrom)
    let width = plus == nil ? 0 : 1
    out.replaceSubrange(from..<from + width, with: [UInt8(ascii: "-")])
    for later in index..<changes.count {
      let moved = changes[later].replacement
      changes[later].replacement = moved.lowerBound + 1 - width..<moved.upperBound + 1 - width
    }
    changes.insert(
      .init(source: sourceFrom..<sourceFrom + width, replacement: from..<from + 1, author: author), at: index)
  }

  private mutating func note(source: Range<Int>, replacement: Range<Int>, by author: EditAuthor) {
    if let last = changes.indices.last, changes[last].source.upperBound == source.lowerBound,
      changes[last].replacement.upperBound == replacement.lowerBound, changes[last].author == author
    {
      changes[last].source = changes[last].source.lowerBound..<source.upperBound
      changes[last].replacement = changes[last].replacement.lowerBound..<replacement.upperBound
    } else {
      changes.append(.init(source: source, replacement: replacement, author: author))
    }
  }

  // MARK: Nodes

  /// Leaves out the anchor of a copy, in the bytes that it shares with the original.
  mutating func dropAnchor(of id: UInt32) {
    let element = node(id)
    guard element.flags.contains(.copied), element.flags.contains(.properties), element.kind != .alias,
      document.properties[id]?.anchor == nil, Int(element.start) >= cursor
    else { return }
    let end = endOfProperties(of: id)
    guard let anchor = ScalarSpan.property(UInt8(ascii: "&"), of: element, to: end, in: source) else { return }
    copy(to: anchor.lowerBound)
    var offset = anchor.upperBound
    while offset < source.count, source[offset].isBlank { offset += 1 }
    skip(to: offset, by: author(of: id))
    // Between commas there must be something.
    let holder = node(element.parent)
    if Int(element.end) == end, holder.kind == .sequence, holder.style == .flow {
      write("null".utf8, by: author(of: id))
    }
  }

  /// One document of the stream: its root, or what took the root's place.
  mutating func documentNode(_ id: UInt32) {
    let root = node(id).firstChild
    guard root != 0 else { return }
    var last = root
    while node(last).flags.contains(.replaced) { last = node(last).next }
    guard let now = document.occupant(of: last) else { return }
    if now == root {
      value(root, holder: .document, column: 0, slotEnd: nil)
    } else {
      replace(root, with: now, holder: .document, column: 0, slotEnd: nil)
    }
    if now != root || isEdited(root), node(now).kind == .scalar { endText(of: now, behind: Int(node(root).end)) }
  }

  /// Ends a document above a directive: libyaml needs no `...` there but behind a plain text, which would go on.
  private mutating func endText(of root: UInt32, behind end: Int) {
    guard document.format == .yaml else { return }
    var offset = max(cursor, end)
    while offset < limit, source[offset].isBlankOrBreak { offset += 1 }
    guard offset < limit, source[offset] == UInt8(ascii: "%"), offset > 0, source[offset - 1].isBreak else { return }
    copy(to: offset)
    write(Array("...".utf8) + eol(at: offset), by: author(of: root))
  }

  /// A value at its own place in the source, with edits in it.
  ///
  /// - Parameters:
  ///   - column: that of the entry or item that holds it.
  ///   - slotEnd: the end of the colon or dash before it.
  mutating func value(_ id: UInt32, holder: ValueHolder, column: Int, slotEnd: Int?) {
    let element = node(id)
    dropAnchor(of: id)
    switch element.kind {
    case .mapping, .sequence: element.style == .flow ? flow(id, column: column, slotEnd: slotEnd) : block(id)
    case .scalar where element.flags.contains(.rewritten):
      rewrite(id, holder: holder, column: column, slotEnd: slotEnd)
    default: break
    }
  }
}
