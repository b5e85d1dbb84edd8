extension Renderer {
  /// The text of a scalar that an edit wrote.
  ///
  /// A string of several lines becomes a literal block where it can be one, so that people can read it.
  func scalarText(_ id: UInt32, column: Int, holder: ValueHolder, inFlow: Bool) -> ValueText {
    let written = document.edits.written[id] ?? WrittenScalar(value: document.scalarValue(of: id), style: nil)
    if document.format != .yaml { return ValueText(inline: [UInt8(ascii: " ")] + jsonText(written.value)) }
    if !inFlow, !avoidsBlockScalars, written.style == .folded, case .string(let text) = written.value,
      let folded = foldedText(text, column: column)
    {
      return folded
    }
    if !inFlow, !avoidsBlockScalars, case .string(let text) = written.value, written.style != .doubleQuoted,
      written.style != .singleQuoted,
      let literal = literalText(text, column: column)
    {
      return literal
    }
    let writer = ScalarWriter(inFlow: inFlow, quotes: style.quotes, version: document.yamlVersion)
    var preferred = written.style
    if preferred == nil, node(id).flags.contains(.new), written.value.string != nil, style.quotesStrings {
      preferred = style.quotes
    }
    return ValueText(inline: [UInt8(ascii: " ")] + writer.text(written.value, style: preferred))
  }

  private func jsonText(_ value: Value) -> [UInt8] {
    switch value {
    case .string(let text): return JSONText.quoted(utf8: text.utf8)
    // YAML's spellings of numbers that JSON has not.
    case .number(let number): return JSONText.number(number)
    default: return Array(value.description.utf8)
    }
  }

  /// A literal block scalar; nil where the text has one line or cannot be one.
  private func literalText(_ text: String, column: Int) -> ValueText? {
    guard text.utf8.contains(UInt8(ascii: "\n")), !text.utf8.contains(UInt8(ascii: "\r")),
      text.unicodeScalars.allSatisfy({ ScalarWriter.isPrintable($0) }),
      text.contains(where: { $0 != "\n" && $0 != " " })
    else { return nil }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.utf8) }
    // An indicator is one digit.
    let step = min(style.indentation, 9)
    var header = " |"
    // The first line that is not empty decides the indentation, so blanks at its start need an indicator.
    if let first = lines.first(where: { !$0.isEmpty }), first[0].isBlank { header += String(step) }
    if lines.last?.isEmpty == true {
      lines.removeLast()
      if lines.last?.isEmpty ?? true { header += "+" }
    } else {
      header += "-"
    }
    let indent = spaces(column + step)
    let eol = eol(at: cursor)
    let body = lines.map { $0.isEmpty ? $0 : indent + $0 }.joined(separator: eol)
    return ValueText(inline: Array(header.utf8), lines: Array(body))
  }

  /// A key with its anchor, as it is written elsewhere than in the source.
  func movedKeyText(_ key: UInt32) -> [UInt8] {
    if let other = elsewhere(key) { return other.movedKeyText(key) }
    let isEditedWithin = node(key).isContainer && isEdited(key)
    if document.edits.written[key] == nil, node(key).isBlockScalar || node(key).isBlockCollection || isEditedWithin {
      return flowText(key, column: 0)
    }
    var text = keyText(key)
    if document.edits.written[key] == nil {
      // Only between brackets a line may start with a tab.
      let properties = ScalarSpan.contentStart(of: node(key), in: source) - Int(node(key).start)
      text = Indentation.withoutTabs(text[..<properties]) + text[properties...]
    }
    if document.edits.written[key] == nil, node(key).flags.contains(.copied), node(key).kind == .scalar {
      if ScalarWriter.holdsBreak(text) {
        // A text of several lines that was a value, and is a key now.
        let lead = keptProperties(of: key).map { $0.dropFirst() + [UInt8(ascii: " ")] } ?? []
        // In quotes it would be no number any more, and a break before it need not come along.
        let content = Array(source[ScalarSpan.contentStart(of: node(key), in: source)..<Int(node(key).end)])
        if !document.isFlow(node(key).parent), !ScalarWriter.holdsBreak(content) { return lead + content }
        return lead
          + ScalarWriter(inFlow: true, quotes: style.quotes)
          .text(.string(document.text(of: NodeID(key)) ?? ""), style: .doubleQuoted)
      }
      // A plain text of a block may be none between brackets.
      if document.isFlow(node(key).parent), !text.isEmpty { return flowText(key, column: 0) }
      if node(key).flags.contains(.properties), document.properties[key]?.anchor == nil {
        let tag = keptProperties(of: key)?.dropFirst() ?? []
        let content = source[ScalarSpan.contentStart(of: node(key), in: source)..<Int(node(key).end)]
        text = tag + (tag.isEmpty || content.isEmpty ? [] : [UInt8(ascii: " ")]) + content
      }
    }
    guard document.edits.written[key] != nil, let lead = keptProperties(of: key) else { return text }
    return lead.dropFirst() + [UInt8(ascii: " ")] + text
  }

  /// Whether a key or value is an empty text with a tag, which would take what stands right behind it for its own.
  func endsInTag(_ key: UInt32) -> Bool {
    if let other = elsewhere(key) { return other.endsInTag(key) }
    let element = node(key)
    return document.edits.written[key] == nil && element.kind == .scalar && document.properties[key]?.tag != nil
      && endOfProperties(of: key) == Int(element.end)
  }

  /// A folded block scalar of one paragraph, in lines of about 80 columns; nil where the text is not one.
  private func foldedText(_ text: String, column: Int) -> ValueText? {
    let body = text.hasSuffix("\n") ? String(text.dropLast()) : text
    guard let first = body.utf8.first, !first.isBlank, body.utf8.last?.isBlank == false,
      body.unicodeScalars.allSatisfy({ ScalarWriter.isPrintable($0) && $0.value >= 0x20 })
    else { return nil }
    let indent = spaces(column + style.indentation)
    var lines: [[UInt8]] = [[]]
    for word in body.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false) {
      let line = lines[lines.count - 1]
      // A line breaks between two words only; where several blanks stand, it goes on.
      let isBetweenWords = !line.isEmpty && line.last?.isBlank == false && !word.isEmpty
      if isBetweenWords, indent.count + line.count + word.count >= 80 {
        lines.append(Array(word))
      } else {
        lines[lines.count - 1] = line.isEmpty ? Array(word) : line + [UInt8(ascii: " ")] + word
      }
    }
    let header = text.hasSuffix("\n") ? " >" : " >-"
    let content = lines.map { indent + $0 }.joined(separator: eol(at: cursor))
    return ValueText(inline: Array(header.utf8), lines: Array(content))
  }

  /// A key as it is written where it stands now.
  func keyText(_ key: UInt32) -> [UInt8] {
    if let other = elsewhere(key) { return other.keyText(key) }
    let element = node(key)
    guard let written = document.edits.written[key] else {
      return Array(source[Int(element.start)..<Int(element.end)])
    }
    if document.format != .yaml { return JSONText.quoted(utf8: written.value.scalarText.utf8) }
    let writer = ScalarWriter(inFlow: true, quotes: style.quotes)
    return writer.text(written.value, style: written.style == .plain ? nil : written.style)
  }
}

extension JSONText {
  /// A number in JSON's own syntax; its spelling is kept where it is JSON already.
  static func number(_ number: Number) -> [UInt8] {
    let bytes = Array(number.spelling.utf8)
    let isJSON = bytes.withBuffer { buffer in (try? JSONScanner.read(buffer, named: "")) != nil }
    if isJSON { return bytes }
    guard number.decimal.kind == .finite else { return Array("null".utf8) }
    if let int = number.int { return Array(String(int).utf8) }
    let digits = String(decoding: number.decimal.digits.map { $0 + 48 }, as: UTF8.self)
    return Array("\(number.decimal.negative ? "-" : "")0.\(digits)e\(number.decimal.exponent)".utf8)
  }
}
