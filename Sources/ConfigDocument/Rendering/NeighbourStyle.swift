/// How a document is written, so that what is new looks like its neighbours.
struct NeighbourStyle {
  /// Columns from a mapping's key to the keys of the mapping below it.
  var indentation = 2
  /// Columns from a mapping's key to the dashes of the list below it; 0 where lists are not indented.
  var sequenceOffset = 2
  /// The quotes of strings that need some.
  var quotes = Node.Style.doubleQuoted
  /// Whether strings are quoted that need not be.
  var quotesStrings = false
  /// Whether lists of plain values stand in brackets.
  var prefersFlow = false
  /// How many blanks stand before a comment that follows something on its line.
  var commentGap = 1
  /// JSON: what one level of nesting adds to a line; nil where the text is one line.
  var unit: [UInt8]?
  /// JSON: what stands between a key and its value.
  var colon: [UInt8] = Array(": ".utf8)
  /// JSON: what stands between two items on one line.
  var comma: [UInt8] = Array(", ".utf8)

  /// Looks at up to this many nodes: a file's style shows early, and rendering must stay linear with a small factor.
  private static let sample = 4096

  init() {}

  init(of document: Document, source: UnsafeBufferPointer<UInt8>) {
    if document.format == .yaml {
      readYAML(document, source)
    } else {
      readJSON(document, source)
    }
  }

  private mutating func readYAML(_ document: Document, _ source: UnsafeBufferPointer<UInt8>) {
    var steps: [Int: Int] = [:]
    var offsets: [Int: Int] = [:]
    var gaps: [Int: Int] = [:]
    var (single, double, plain, flow, block) = (0, 0, 0, 0, 0)
    for id in document.nodes.indices.prefix(Self.sample) {
      let node = document.nodes[id]
      guard isWitness(node, source) else { continue }
      switch node.kind {
      case .mapping, .sequence:
        guard node.firstChild != 0 else { continue }
        if node.kind == .sequence, holdsScalarsOnly(node, document) {
          if node.style == .flow { flow += 1 } else { block += 1 }
        }
        // A key stands behind its question mark.
        if node.flags.contains(.key) { continue }
        // A node that moved tells how things were written where it came from.
        let parent = document.nodes[Int(document.edits.formerParents[UInt32(id)] ?? node.parent)]
        guard node.style == .block, parent.kind == .mapping, parent.style == .block
        else { continue }
        let firstSibling = Self.firstOriginal(of: parent, document)
        guard firstSibling != 0 else { continue }
        let own = SourceLines.column(of: ScalarSpan.contentStart(of: node, in: source), in: source)
        let outer = SourceLines.column(of: Int(document.nodes[Int(firstSibling)].start), in: source)
        if node.kind == .mapping, own > outer { steps[own - outer, default: 0] += 1 }
        if node.kind == .sequence, own >= outer { offsets[own - outer, default: 0] += 1 }
      case .scalar where !node.flags.contains(.key):
        let gap = source[Int(node.end)...].prefix { $0 == UInt8(ascii: " ") }
        if gap.endIndex < source.count, source[gap.endIndex] == UInt8(ascii: "#"), !gap.isEmpty {
          gaps[gap.count, default: 0] += 1
        }
        switch node.style {
        case .singleQuoted: single += 1
        case .doubleQuoted: double += 1
        case .plain:
          if document.kindOfScalar(UInt32(id)) == .string { plain += 1 }
        default: break
        }
      default: break
      }
    }
    if let step = Self.most(steps) { indentation = step }
    if let gap = Self.most(gaps) { commentGap = gap }
    sequenceOffset = Self.most(offsets) ?? (steps.isEmpty ? 2 : indentation)
    quotes = single > double ? .singleQuoted : .doubleQuoted
    quotesStrings = single + double > 4 * plain && single + double > 2
    prefersFlow = flow > block
  }

  /// Whether a node tells how the file is written: it is the file's own, and not another document's.
  private func isWitness(_ node: Node, _ source: UnsafeBufferPointer<UInt8>) -> Bool {
    node.flags.isDisjoint(with: [.new, .copied]) && Int(node.end) <= source.count
  }

  /// The first child that the source has; 0 where there is none.
  private static func firstOriginal(of node: Node, _ document: Document) -> UInt32 {
    var place = node.firstChild
    while place != 0 {
      let child = document.nodes[Int(place)]
      if child.kind != .graft, child.flags.isDisjoint(with: [.new, .inserted]) { return place }
      place = child.next
    }
    return 0
  }

  private func holdsScalarsOnly(_ node: Node, _ document: Document) -> Bool {
    var place = node.firstChild
    while place != 0 {
      if document.nodes[Int(place)].kind != .scalar { return false }
      place = document.nodes[Int(place)].next
    }
    return true
  }

  private static func most(_ counts: [Int: Int]) -> Int? {
    counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
  }

  private mutating func readJSON(_ document: Document, _ source: UnsafeBufferPointer<UInt8>) {
    var (oneLine, exploded) = (0, 0)
    var foundColon = false
    var foundComma = false
    for id in document.nodes.indices.prefix(Self.sample) {
      let node = document.nodes[id]
      guard isWitness(node, source), node.kind == .mapping || node.kind == .sequence else { continue }
      let firstChild = Self.firstOriginal(of: node, document)
      guard firstChild != 0 else {
        // Brackets on two lines ask for lines between them.
        let isOpen = source[Int(node.start)..<Int(node.end)].contains(where: \.isBreak)
        if isOpen, unit == nil { unit = Array("  ".utf8) }
        continue
      }
      let first = document.nodes[Int(firstChild)]
      let gap = source[Int(node.start) + 1..<max(Int(node.start) + 1, Int(first.start))]
      let isOneLine = !gap.contains(where: \.isBreak)
      if node.kind == .sequence, holdsScalarsOnly(node, document) {
        if isOneLine { oneLine += 1 } else { exploded += 1 }
      }
      if !isOneLine, unit == nil {
        let outer = Self.indentation(at: Int(node.start), source)
        let inner = Self.indentation(at: Int(first.start), source)
        if inner.count > outer.count { unit = Array(inner.suffix(inner.count - outer.count)) }
      }
      if node.kind == .mapping, !foundColon, first.next != 0 {
        let text = Array(source[Int(first.end)..<Int(document.nodes[Int(first.next)].start)])
        if !text.contains(where: \.isBreak), !text.contains(UInt8(ascii: "/")) {
          foundColon = true
          // Aligned values are aligned for their own sake; one blank is what is meant.
          let isSpacedBefore = text.first?.isBlank ?? false
          let isSpacedBehind = text.last?.isBlank ?? false
          colon = Array(((isSpacedBefore ? " :" : ":") + (isSpacedBehind ? " " : "")).utf8)
        }
      }
      if !foundComma, isOneLine, let comma = source[Int(node.start)..<Int(node.end)].firstIndex(of: UInt8(ascii: ",")) {
        foundComma = true
        self.comma = comma + 1 < source.count && source[comma + 1].isBlank ? Array(", ".utf8) : [UInt8(ascii: ",")]
      }
    }
    if !foundComma, foundColon, colon == [UInt8(ascii: ":")], unit == nil { comma = [UInt8(ascii: ",")] }
    prefersFlow = oneLine > exploded
    if unit == nil, document.nodes.count <= 3 { unit = Array("  ".utf8) }
  }

  /// The blanks at the start of the line that `offset` stands in.
  static func indentation(at offset: Int, _ source: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let start = SourceLines.start(of: offset, in: source)
    return Array(source[start...].prefix { $0.isBlank })
  }
}
