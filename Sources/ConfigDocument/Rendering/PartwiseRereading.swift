/// Reads again what changed of a YAML text, and nothing else.
///
/// To parse a whole rendering again costs what parsing the source did, for one changed line too. This is the argument why the
/// parts that changed are enough; where one of its premises does not hold, the whole text is read.
///
/// Let a source be cut at seams into parts that changed and gaps that did not (``ChangedPart``). libyaml read the source, so in
/// front of each seam its state there is known: no flow collection is open, a simple key may begin, the innermost mappings are
/// those around the key, each at the column that it had. The claim is that while it reads the rendering, libyaml is in the same
/// state at each seam as it was in the source, and tells for each gap what it told then, and for each part what the part's text
/// alone makes it tell. By induction from the start of the file:
///
/// * **A gap** has the same bytes, and begins in the same state. What libyaml makes of them depends on nothing else but what it
///   looks at behind them. There the last tokens end: a plain scalar and a block scalar end before a line that is not indented
///   deeper than their mapping, a quoted one ends where it ended, a comment and a line end by themselves. In the source the line
///   behind the gap begins with a key at a column; in the rendering with something else that is a key, at the same column.
/// * **A part** that is read alone begins in a state that differs in one thing only: nothing is open around its mapping. What is
///   around it matters to libyaml when a token stands at a column before the mapping's own. Read alone such a token is an error,
///   or a second document, and the part is refused. At the part's end stands the end of the text, and in the rendering a key that
///   is not deeper than the part's mapping: either ends everything that is open in the mapping's last entry, and makes an empty
///   value of a key that has none. It differs only for what would go on beyond the end: an open quote or bracket, which is an
///   error for a text that ends; the marker `...` and what follows it, which is looked for.
/// * **Behind a part** what is open is what was open before it, up to the column of the next seam: the same in both.
///
/// So the rendering says what is meant if each part's text alone says its entries, no key of their mapping is there twice, the
/// gaps are the source's bytes, and nothing that is meant outside of the parts was edited. Anchors, aliases and tags are the one
/// thing of which libyaml and its readers keep more than that; files that have them are read as a whole. A byte order mark counts
/// at the start of a text only, so no part may begin with one.
struct PartwiseRereading {
  private let document: Document
  private let source: UnsafeBufferPointer<UInt8>
  /// The source and all that was imported.
  private let bytes: UnsafeBufferPointer<UInt8>
  private let text: UnsafeBufferPointer<UInt8>

  /// Whether the parts say that a rendering reads back as what is meant; nil where there are none. A no is no proof of the
  /// contrary: some texts are valid as a whole only.
  ///
  /// - Parameter limit: the share of the text above which it is not worth while to read parts.
  static func verdict(on rendering: Rendering, of document: Document, upTo limit: Double = 1) -> Bool? {
    document.bytes.withBuffer { bytes in
      rendering.bytes.withBuffer { text in
        let source = UnsafeBufferPointer(rebasing: bytes[..<document.source.count])
        guard let parts = ChangedPartFinder.parts(of: document, in: source) else { return nil }
        let rereading = PartwiseRereading(document: document, source: source, bytes: bytes, text: text)
        guard let places = rereading.places(of: parts, among: rendering.changes) else { return nil }
        guard Double(places.reduce(0) { $0 + $1.count }) <= limit * Double(text.count) else { return nil }
        return zip(parts, places).allSatisfy { rereading.reads($1, as: $0) } && rereading.keysAreUnique(in: parts)
      }
    }
  }

  /// Where the parts stand in the text; nil where not all changes are in parts, or the gaps are not the source's.
  private func places(of parts: [ChangedPart], among changes: [Rendering.Change]) -> [Range<Int>]? {
    var places: [Range<Int>] = []
    var rest = changes[...]
    var (sourceEnd, textEnd) = (0, 0)
    for part in parts {
      let start = textEnd + part.source.lowerBound - sourceEnd
      var growth = 0
      while let change = rest.first, change.source.upperBound <= part.source.upperBound {
        // What is put right before a seam belongs to what ends there.
        guard change.source.lowerBound >= part.source.lowerBound, change.source.upperBound > part.source.lowerBound
        else { return nil }
        growth += change.replacement.count - change.source.count
        rest.removeFirst()
      }
      let end = start + part.source.count + growth
      guard start <= end, end <= text.count,
        isSame(sourceEnd..<part.source.lowerBound, textEnd..<start)
      else { return nil }
      places.append(start..<end)
      (sourceEnd, textEnd) = (part.source.upperBound, end)
    }
    guard rest.isEmpty, isSame(sourceEnd..<source.count, textEnd..<text.count) else { return nil }
    return places
  }

  private func isSame(_ old: Range<Int>, _ new: Range<Int>) -> Bool {
    UnsafeBufferPointer(rebasing: source[old]).hasSameBytes(as: UnsafeBufferPointer(rebasing: text[new]))
  }

  /// Whether the text at a place says the entries of a part.
  private func reads(_ place: Range<Int>, as part: ChangedPart) -> Bool {
    let lines = UnsafeBufferPointer(rebasing: text[place])
    guard lines.count > part.column, lines[..<part.column].allSatisfy({ $0 == UInt8(ascii: " ") }) else { return false }
    // The end of the source is a seam, whatever stands before it.
    guard lines.last == UInt8(ascii: "\n") || part.source.upperBound == source.count else { return false }
    // A byte order mark, in UTF-8 and UTF-16.
    guard !lines.starts(with: [0xEF, 0xBB, 0xBF]), lines[0] < 0xFE else { return false }
    var reader = PartReader(Rereading(of: part, in: document, bytes: bytes), part)
    do throws(Diagnostic) {
      try YAMLEvents.read(lines, named: document.name, into: &reader)
      return reader.isDone
    } catch {
      return false
    }
  }

  /// Whether no key is in one of the parts' mappings twice: the parts have some of their entries, and the gaps the others.
  private func keysAreUnique(in parts: [ChangedPart]) -> Bool {
    var mapping: UInt32 = 0
    for part in parts where part.mapping != mapping {
      mapping = part.mapping
      guard Rereading.keysAreUnique(in: mapping, of: document) else { return false }
    }
    return true
  }
}

/// Holds what libyaml says of a part's text against the part: one document without markers, and in it one mapping in block style.
private struct PartReader: ~Copyable, YAMLEventHandler {
  private var rereading: Rereading
  private let part: ChangedPart
  private var depth = 0
  private(set) var isDone = false

  init(_ rereading: consuming Rereading, _ part: ChangedPart) {
    self.rereading = rereading
    self.part = part
  }

  mutating func beginDocument(_ mark: YAMLMark) throws(Diagnostic) {
    guard mark.start == mark.end, !isDone else { throw rereading.mismatch(at: part.mapping) }
  }

  mutating func endDocument(_ mark: YAMLMark) throws(Diagnostic) {
    guard mark.start == mark.end, depth == 0 else { throw rereading.mismatch(at: part.mapping) }
    isDone = true
  }

  mutating func begin(
    _ kind: Node.Kind, isFlow: Bool, _ properties: YAMLProperties, _ mark: YAMLMark
  ) throws(Diagnostic) {
    depth += 1
    guard depth == 1 else { return try rereading.begin(kind, isFlow: isFlow, properties, mark) }
    guard kind == .mapping, !isFlow, properties.isEmpty, mark.start == part.column else {
      throw rereading.mismatch(at: part.mapping)
    }
    rereading.begin(part)
  }

  mutating func end(_ mark: YAMLMark) throws(Diagnostic) {
    depth -= 1
    try rereading.end(mark)
  }

  mutating func alias(_ anchor: String, _ mark: YAMLMark) throws(Diagnostic) { try rereading.alias(anchor, mark) }

  @inline(__always)
  mutating func scalar(_ scalar: YAMLScalar, _ mark: YAMLMark) throws(Diagnostic) {
    try rereading.scalar(scalar, mark)
  }
}
