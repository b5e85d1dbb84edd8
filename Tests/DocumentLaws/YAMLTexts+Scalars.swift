extension YAMLTexts {
  /// A scalar in block context, without its line's end.
  mutating func scalar(_ holder: Int) {
    if random.once(in: traits.multiline) { return multiline(holder) }
    if random.once(in: 3 * traits.exotic) {
      return write(random.pick(["a\u{85}b", "\"x\u{2028}y\"", "'p\u{2029}q'", "\u{FEFF}z"]))
    }
    write(
      random.pick([
        "word", "word", "1", "2.50", "true", "null", "~", "two words", "\"double\"", "'single'", "'it''s'",
        "\"e\\\"s\\n\\u00e9\"", "http://x/y?z=#1", "0x1F", "1e3", "12:30", "no", "-x", "\"\"", "''", "a#b",
        "é\u{1F600}",
        "a, b", "x]y", "2001-01-01", "\"# no comment\"",
      ]))
  }

  private mutating func multiline(_ holder: Int) {
    let column = holder + 1 + random.below(4) + (holder < 0 ? 1 : 0)
    let between = { (text: inout YAMLTexts) in
      text.write(text.random.once(in: 4) ? "\n\n" : "\n")
      text.pad(column)
    }
    switch random.below(4) {
    case 0:
      write("plain one")
      between(&self)
      write("two")
    case 1:
      write("'single")
      between(&self)
      write("two'")
    case 2:
      write("\"double\\")
      between(&self)
      write("\\  two\"")
    default:
      write("\"double")
      between(&self)
      write("two\"")
    }
  }

  /// A collection between brackets.
  mutating func flow(_ column: Int) {
    nodes -= 1
    let isMapping = random.once(in: 2)
    write(isMapping ? "{" : "[")
    let isTall = random.once(in: 2 * traits.multiline)
    let isWrapped = !isTall && random.once(in: 2 * traits.multiline)
    let inner = column + traits.step
    let count = nodes > 0 ? random.below(4) : 0
    let isSpaced = random.once(in: 4)
    for index in 0..<count {
      if isTall {
        flowBreak()
        while random.once(in: 2 * traits.comments) {
          pad(inner)
          write(comment() + "\n")
        }
        pad(inner)
      } else if index > 0 {
        if isWrapped {
          flowBreak()
          pad(inner)
        } else {
          write(" ")
        }
      } else if isSpaced {
        write(" ")
      }
      flowMember(isMapping: isMapping, inner)
      if index < count - 1, random.once(in: 6 * traits.comments) {
        write(" " + comment() + "\n")
        pad(inner)
      }
      if index < count - 1 || random.once(in: 2 * traits.oddities) {
        write(random.once(in: 3 * traits.oddities) ? " ," : ",")
      }
    }
    if isTall {
      flowBreak()
      pad(max(column, 1))
    } else if isSpaced, count > 0 {
      write(" ")
    }
    write(isMapping ? "}" : "]")
  }

  private mutating func flowBreak() {
    if random.once(in: 2 * traits.comments) { write(" " + comment()) }
    write("\n")
  }

  private mutating func flowMember(isMapping: Bool, _ column: Int) {
    guard isMapping else {
      if random.once(in: 3 * traits.oddities) { write(key() + ": ") }
      return flowValue(column)
    }
    let key = key()
    write(key)
    if random.once(in: 3 * traits.oddities) { return }
    write(key.hasPrefix("\"") && random.once(in: 2) ? ":" : ": ")
    if random.once(in: 4 * traits.oddities), !out.hasSuffix(":") { return }
    flowValue(column)
  }

  private mutating func flowValue(_ column: Int) {
    nodes -= 1
    if !anchors.isEmpty, random.once(in: 3 * traits.properties) {
      if out.hasSuffix(":") { write(" ") }
      return write("*" + random.pick(anchors) + " ")
    }
    if random.once(in: 3 * traits.properties) {
      let anchor = newAnchor()
      if out.hasSuffix(":") { write(" ") }
      write("&\(anchor) ")
      anchors.append(anchor)
    }
    if nodes > 0, random.once(in: 4) { return flow(column) }
    write(random.pick(["1", "x", "\"q\"", "'s'", "null", "true", "two words", "http://x", "-1.5", "\"a, b\""]))
  }
}
