/// Makes small JSON texts with every way to separate things, and with comments for JSONC.
package struct JSONTexts {
  var random: SplitMix
  var allowsComments: Bool
  var out = ""
  var nodes = 0
  var marks = 0
  var keys = 0
  var layout = Layout.compact
  var indent = "  "
  var colon = ": "
  var comments = 0

  enum Layout: CaseIterable {
    case compact, spaced, pretty, aligned, wild
  }

  package init(seed: UInt64, allowsComments: Bool) {
    random = SplitMix(seed: seed)
    self.allowsComments = allowsComments
  }

  package mutating func text() -> [UInt8] {
    out = ""
    marks = 0
    layout = random.pick(Layout.allCases)
    indent = random.pick(["  ", "    ", "\t", "        ", " "])
    colon = layout == .compact ? ":" : random.pick([": ", ": ", " : ", ":"])
    comments = allowsComments ? random.pick([0, 6, 3]) : 0
    nodes = 2 + random.below(12)
    keys = random.below(24)
    if random.once(in: comments) { out += lineComment() + "\n" }
    value(0)
    if random.once(in: comments) { out += " " + lineComment() }
    out += random.once(in: 5) ? "" : "\n"
    var bytes: [UInt8] = random.once(in: 20) ? [0xEF, 0xBB, 0xBF] : []
    let isCRLF = random.once(in: 6)
    for byte in out.utf8 { bytes += isCRLF && byte == 10 ? [13, 10] : [byte] }
    return bytes
  }

  private mutating func value(_ depth: Int) {
    nodes -= 1
    if depth == 0 ? random.below(12) > 0 : nodes > 0 && random.once(in: 3) { return collection(depth) }
    out += random.pick([
      "1", "-2.50", "1E5", "12345678901234567890123", "true", "false", "null", "\"text\"", "\"\\u00e9\\n\"", "\"\"",
      "\"a, b\"", "\"// no\"", "\"\u{1F600}\"", "\"\\ud83d\\ude00\"", "\"/* no */\"",
    ])
  }

  private mutating func collection(_ depth: Int) {
    let isObject = random.once(in: 2) || depth == 0 && random.below(4) > 0
    let count = nodes > 0 ? random.below(5) : 0
    out += isObject ? "{" : "["
    let isTall = (layout == .pretty || layout == .aligned) && (isObject || random.once(in: 2)) && count > 0
    for index in 0..<count {
      separate(depth + 1, isTall: isTall, isFirst: index == 0)
      if isObject {
        keys += 1
        let key = JSONTexts.keyWords[keys % 24]
        out += "\"" + key + "\"" + colon
        if layout == .aligned { out += String(repeating: " ", count: max(0, 8 - key.utf8.count)) }
        if layout == .wild, random.once(in: 4) { out += "\n   " }
      }
      if random.once(in: 2 * comments) { out += blockComment() + " " }
      value(depth + 1)
      if layout == .wild, random.once(in: 4) { out += " " }
      if random.once(in: 3 * comments) { out += " " + blockComment() }
      if index < count - 1 || allowsComments && random.once(in: 8) { out += "," }
      if isTall, random.once(in: comments) { out += " " + (random.once(in: 3) ? blockComment() : lineComment()) }
    }
    if isTall {
      out += "\n" + String(repeating: indent, count: depth)
    } else if layout == .spaced, count > 0, random.once(in: 2) {
      out += " "
    }
    out += isObject ? "}" : "]"
  }

  private mutating func separate(_ depth: Int, isTall: Bool, isFirst: Bool) {
    if isTall {
      let pad = "\n" + String(repeating: indent, count: depth)
      if random.once(in: 2 * comments) { out += random.once(in: 3) ? "\n" : "" }
      while random.once(in: comments) { out += pad + lineComment() }
      out += pad
      return
    }
    switch layout {
    case .compact: break
    case .wild: out += random.pick(["", " ", "\n", "  \n ", "\t"])
    default: if !isFirst { out += " " }
    }
  }

  private mutating func mark() -> String {
    marks += 1
    return "@\(marks)@"
  }

  private mutating func lineComment() -> String { "// " + mark() + random.pick(["", " \"x\": 1,", " }"]) }
  private mutating func blockComment() -> String {
    "/* " + mark() + random.pick([" */", " , */", "\n   x */"])
  }

  static let keyWords: [String] = (0..<24).map { index in
    switch index {
    case 3: "two words \(index)"
    case 7: "é\u{1F600}\(index)"
    case 11: "a/b~\(index)"
    case 13: "\\u0041\(index)"
    default: "k\(index)"
    }
  }
}
