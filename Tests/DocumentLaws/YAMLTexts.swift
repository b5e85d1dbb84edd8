/// Makes small YAML texts in every style that people write, and in some that nobody does.
///
/// Each comment carries a mark of its own, `@7@`, so that a test can follow it without reading YAML.
package struct YAMLTexts {
  var random: SplitMix
  var out = ""
  /// How many more nodes the text may get.
  var nodes = 0
  var marks = 0
  var keys = 0
  /// Anchors of the document so far.
  var anchors: [String] = []
  var anchorCount = 0
  var traits = Traits()

  /// What a text is made of; the rates are "once in so many", 0 for never.
  struct Traits {
    var step = 2
    var sequenceOffset = 2
    var comments = 0
    var blanks = 0
    var oddities = 0
    var properties = 0
    var blocks = 6
    var flows = 8
    var multiline = 0
    var exotic = 0
    var nodes = 8
  }

  package init(seed: UInt64) { random = SplitMix(seed: seed) }

  /// One text, as a file has it.
  package mutating func text() -> [UInt8] {
    out = ""
    marks = 0
    keys = random.below(40)
    traits = Traits(
      step: random.pick([2, 2, 2, 4, 8, 1, 3]), sequenceOffset: random.pick([0, 2, 2, 4]),
      comments: random.pick([0, 6, 3, 2]), blanks: random.pick([0, 6, 3]), oddities: random.pick([0, 0, 12, 5]),
      properties: random.pick([0, 0, 0, 6, 3]), blocks: random.pick([0, 6, 3]), flows: random.pick([0, 8, 3]),
      multiline: random.pick([0, 0, 6, 3]), exotic: random.pick([0, 0, 0, 10, 4]), nodes: 2 + random.below(10))
    let count = random.once(in: 7) ? 2 + random.below(2) : 1
    for index in 0..<count { document(index, isLast: index == count - 1) }
    return finished()
  }

  /// Line breaks, byte order mark and the file's end.
  private mutating func finished() -> [UInt8] {
    var bytes: [UInt8] = []
    if random.once(in: 20) { bytes = [0xEF, 0xBB, 0xBF] }
    let style = random.below(12)
    for byte in out.utf8 {
      guard byte == UInt8(ascii: "\n") else {
        bytes.append(byte)
        continue
      }
      switch style == 2 ? random.below(3) : style {
      case 0: bytes += [13, 10]
      case 1 where traits.exotic > 0: bytes.append(13)
      default: bytes.append(10)
      }
    }
    if random.once(in: 6), let last = bytes.lastIndex(where: { $0 != 10 && $0 != 13 }) {
      bytes.removeSubrange((last + 1)...)
    }
    return bytes
  }

  private mutating func document(_ index: Int, isLast: Bool) {
    nodes = traits.nodes
    anchors = []
    var isOpen = index == 0
    if index == 0 {
      if random.once(in: 20) {
        write("%YAML 1.1\n")
        isOpen = false
      } else if random.once(in: 25) {
        write("%TAG !e! tag:example.com,2000:\n")
        isOpen = false
      }
      if isOpen, random.once(in: traits.comments) {
        line(at: 0)
        if random.once(in: 2) { write("\n") }
      }
    }
    var isBehindMarker = false
    if !isOpen || random.once(in: 5) {
      write("---")
      isBehindMarker = true
    }
    root(isBehindMarker: isBehindMarker)
    if random.once(in: traits.comments) { trivia(0) }
    if !isLast || random.once(in: 12), random.once(in: 5) {
      write("...\n")
      if random.once(in: traits.comments) { line(at: 0) }
    }
  }

  private mutating func root(isBehindMarker: Bool) {
    let column = random.once(in: 3 * traits.oddities) ? 2 : 0
    switch random.below(16) {
    case 0: value(holder: -1, isItem: false, isBehindMarker: isBehindMarker)
    case 1:
      if isBehindMarker { write(" ") }
      flow(0)
      endLine()
    case 2...4:
      if isBehindMarker {
        properties()
        endLine()
      }
      sequence(column, isCompact: false)
    default:
      if isBehindMarker {
        properties()
        endLine()
      }
      mapping(column, isCompact: false)
    }
  }

  // MARK: Block style

  mutating func mapping(_ column: Int, isCompact: Bool) {
    let count = 1 + random.below(4)
    for index in 0..<count {
      if index > 0 || !isCompact {
        trivia(column)
        pad(column)
      }
      entry(column)
    }
  }

  mutating func sequence(_ column: Int, isCompact: Bool) {
    let count = 1 + random.below(4)
    for index in 0..<count {
      if index > 0 || !isCompact {
        trivia(column)
        pad(column)
      }
      write("-")
      value(holder: column, isItem: true)
    }
  }

  private mutating func entry(_ column: Int) {
    if !anchors.isEmpty, random.once(in: 3 * traits.properties) {
      write("<<: " + random.pick(["*\(random.pick(anchors))", "[*\(random.pick(anchors)), *\(anchors[0])]"]))
      return endLine()
    }
    if random.once(in: 2 * traits.oddities) {
      write("?")
      switch random.below(4) {
      case 0:
        write(" ")
        flow(column + 1)
        endLine()
      case 1: blockScalar(column)
      default:
        write(" " + key())
        endLine()
      }
      if random.once(in: 4) { return }
      pad(column)
      write(":")
    } else {
      if random.once(in: 6 * traits.properties) {
        let anchor = newAnchor()
        write("&\(anchor) ")
        anchors.append(anchor)
      }
      if !anchors.isEmpty, random.once(in: 4 * traits.exotic) {
        // Twice in one mapping it is a duplicate key, and another text is made.
        write("*" + random.pick(anchors) + " :")
      } else if random.once(in: 6 * traits.exotic) {
        let anchor = newAnchor()
        write("&\(anchor) :")
        anchors.append(anchor)
      } else {
        write(key())
        write(random.once(in: 2 * traits.oddities) ? " :" : ":")
      }
    }
    value(holder: column, isItem: false)
  }

  /// What stands behind a colon, a dash or a marker, with its line's end.
  ///
  /// - Parameter holder: the column of the entry or item; -1 at the root.
  private mutating func value(holder: Int, isItem: Bool, isBehindMarker: Bool = true) {
    nodes -= 1
    if !anchors.isEmpty, random.once(in: 2 * traits.properties) {
      write(" *" + random.pick(anchors))
      return endLine()
    }
    let hasProperties = isBehindMarker && random.once(in: traits.properties)
    let anchor = hasProperties ? properties(holder: holder) : nil
    defer { if let anchor { anchors.append(anchor) } }
    if nodes > 0, random.once(in: 3), holder >= 0 {
      return block(holder: holder, isItem: isItem, hasProperties: hasProperties)
    }
    if isBehindMarker, random.once(in: traits.blocks) {
      // libyaml takes the header of a block scalar at any column.
      if holder >= 0, random.once(in: 3 * traits.exotic) {
        write("\n" + String(repeating: " ", count: random.below(4)))
      }
      return blockScalar(holder)
    }
    if isBehindMarker, !hasProperties, random.once(in: 14) { return endLine() }
    if isBehindMarker, random.once(in: 2 * traits.oddities) {
      endLine()
      if random.once(in: 3) { line(at: holder + 2) }
      pad(holder + traits.step + (holder < 0 ? 1 : 0))
    } else if isBehindMarker {
      write(random.once(in: 3 * traits.oddities) ? random.pick(["\t", "   "]) : " ")
    }
    if nodes > 0, random.once(in: traits.flows) { flow(holder + 1) } else { scalar(holder) }
    endLine()
  }

  private mutating func block(holder: Int, isItem: Bool, hasProperties: Bool) {
    let isSequence = random.once(in: 2)
    if isItem, !hasProperties, random.below(4) > 0 {
      let blanks = random.once(in: 2 * traits.oddities) ? 3 : 1
      write(String(repeating: " ", count: blanks))
      let column = holder + 1 + blanks
      return isSequence ? sequence(column, isCompact: true) : mapping(column, isCompact: true)
    }
    endLine()
    if isSequence {
      let offset = random.once(in: 3 * traits.oddities) ? 3 : traits.sequenceOffset
      sequence(holder + (isItem ? max(1, offset) : offset), isCompact: false)
    } else {
      mapping(holder + traits.step, isCompact: false)
    }
  }

  private mutating func blockScalar(_ holder: Int) {
    let base = max(holder, 0)
    let step = holder < 0 ? random.below(3) : 1 + random.below(3)
    write(" " + random.pick(["|", "|", ">"]))
    let lines = (0..<random.below(4)).map { _ in
      random.pick(["text", "more text", "", "  deeper", "# no comment", "- x", "a: b", "é\u{1F600}", "\ttab"])
    }
    let first = lines.first { !$0.isEmpty }
    let needsIndicator = first?.hasPrefix(" ") ?? false
    let indicator = step > 0 && (needsIndicator || random.once(in: 4)) ? String(step) : ""
    let chomping = random.pick(["", "", "-", "+"])
    write(random.once(in: 2) ? indicator + chomping : chomping + indicator)
    endLine()
    for line in lines where indicator != "" || !needsIndicator {
      if !line.isEmpty { pad(base + step) }
      write(line + "\n")
    }
    if random.once(in: traits.blanks) {
      write(random.pick(["\n", "\n\n", String(repeating: " ", count: base) + "\n"]))
    }
  }

  // MARK: Pieces

  mutating func write(_ text: String) { out += text }
  mutating func pad(_ column: Int) { out += String(repeating: " ", count: max(0, column)) }

  /// The end of a line, perhaps with a comment.
  mutating func endLine() {
    if random.once(in: 2 * traits.exotic), out.hasSuffix("]") || out.hasSuffix("}") {
      write(comment() + "\n")
      return
    }
    if random.once(in: traits.comments) {
      write(random.pick([" ", " ", "  ", "    "]) + comment())
    } else if random.once(in: 4 * traits.oddities) {
      write(random.pick([" ", "  ", "\t"]))
    }
    write("\n")
  }

  mutating func comment() -> String {
    marks += 1
    return random.pick(["# ", "# ", "#", "## "]) + "@\(marks)@"
      + random.pick(["", " a: b", " - x", " é", " \"", ": |"])
  }

  /// A line that is a comment.
  mutating func line(at column: Int) {
    pad(column)
    write(comment() + "\n")
  }

  /// Blank lines and comments before an entry.
  mutating func trivia(_ column: Int) {
    var count = 0
    while count < 5, random.once(in: traits.blanks > 0 || traits.comments > 0 ? 2 : 0) {
      count += 1
      if random.once(in: traits.blanks) {
        write(random.once(in: 2 * traits.oddities) ? random.pick(["  \n", "        \n"]) : "\n")
        if random.once(in: 3 * traits.exotic) { write(random.pick(["\t\n", "   \t\n", "        \t \n"])) }
      }
      if random.once(in: traits.comments) {
        line(at: random.once(in: 4) ? random.below(7) : column)
      }
    }
  }

  static let keyWords: [String] = (0..<40).map { index in
    switch index {
    case 3: "\"quoted \(index)\""
    case 7: "'single \(index)'"
    case 11: "\u{1F600}\(index)"
    case 17: "two words \(index)"
    case 23: "\(index)"
    case 29: "é.\(index)/~x"
    case 31: "\"esc\\x41\\u00e9\(index)\""
    default: "k\(index)"
    }
  }

  mutating func key() -> String {
    keys += 1
    return Self.keyWords[keys % 40]
  }
}
