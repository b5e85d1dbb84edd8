/// The text of what is new, or moved, between brackets.
extension Renderer {
  /// The lines of an empty collection that opens as a block.
  func openedText(_ container: UInt32, column: Int, holder: ValueHolder) -> ValueText {
    let isMapping = node(container).kind == .mapping
    let childColumn: Int
    switch holder {
    case .document: childColumn = 0
    case .sequence: childColumn = column + 2
    case .mapping: childColumn = column + (isMapping ? style.indentation : style.sequenceOffset)
    }
    let lines = members(of: container).filter { $0.value != nil }
      .map { memberText($0, column: childColumn, isMapping: isMapping) }
    let text = Array(lines.joined(separator: eol(at: cursor)))
    if holder == .sequence, node(container).flags.isDisjoint(with: .properties) {
      return ValueText(inline: [UInt8(ascii: " ")] + text.dropFirst(childColumn))
    }
    return ValueText(inline: [], lines: text)
  }

  func flowText(_ id: UInt32, column: Int) -> [UInt8] {
    flowText(id, indentation: spaces(column), isMultiline: false)
  }

  /// A value as it stands between brackets.
  ///
  /// - Parameters:
  ///   - indentation: the blanks at the start of the line that it begins on.
  ///   - isMultiline: whether a collection in it may take several lines.
  func flowText(_ id: UInt32, indentation: [UInt8], isMultiline: Bool) -> [UInt8] {
    if let other = elsewhere(id) { return other.flowText(id, indentation: indentation, isMultiline: isMultiline) }
    let element = node(id)
    if element.kind == .alias { return Array(source[Int(element.start)..<Int(element.end)]) }
    let lead = keptProperties(of: id).map { Array($0.dropFirst()) + [UInt8(ascii: " ")] } ?? []
    return lead + flowContent(id, indentation: indentation, isMultiline: isMultiline)
  }

  /// The value without its anchor and tag.
  func flowContent(_ id: UInt32, indentation: [UInt8], isMultiline: Bool) -> [UInt8] {
    if let other = elsewhere(id) { return other.flowContent(id, indentation: indentation, isMultiline: isMultiline) }
    let element = node(id)
    if element.kind == .scalar { return flowScalar(id) }
    let isAtHome = !element.flags.contains(.new) && element.style == .flow
    if isAtHome {
      let oldIndentation = self.indentation(at: Int(element.start))
      let text = rendered(contentStart(of: id)..<Int(element.end)) { renderer in
        if renderer.isEdited(id) { renderer.value(id, holder: .mapping, column: 0, slotEnd: nil) }
      }
      // libyaml refuses a tab before the further lines of a plain scalar, where they were at the left edge.
      let blanks =
        document.format == .yaml && oldIndentation != indentation ? spaces(indentation.count) : indentation
      return Indentation.replace(oldIndentation, by: blanks, in: embraced(text, of: id))
    }
    let members = members(of: id).filter { $0.value != nil }
    let (open, close): (UInt8, UInt8) =
      element.kind == .mapping ? (UInt8(ascii: "{"), UInt8(ascii: "}")) : (UInt8(ascii: "["), UInt8(ascii: "]"))
    if members.isEmpty { return [open, close] }
    let holdsScalars = element.kind == .sequence && members.allSatisfy { node($0.value!).kind == .scalar }
    let explodes = isMultiline && document.format != .yaml && style.unit != nil && !(holdsScalars && style.prefersFlow)
    return [open] + flowBody(members, indentation: indentation, isMultiline: explodes, eol: eol(at: cursor)) + [close]
  }

  /// The members of a collection, between its brackets.
  func flowBody(_ members: [Member], indentation: [UInt8], isMultiline: Bool, eol: [UInt8]) -> [UInt8] {
    let present = members.filter { $0.value != nil }
    guard isMultiline, let unit = style.unit else {
      return Array(
        present.map { flowMember($0, indentation: indentation, isMultiline: false) }.joined(separator: style.comma))
    }
    let inner = indentation + unit
    let lines = present.map { inner + flowMember($0, indentation: inner, isMultiline: true) }
    return eol + lines.joined(separator: [UInt8(ascii: ",")] + eol) + eol + indentation
  }

  /// An entry or item between brackets, without the comma.
  func flowMember(_ member: Member, indentation: [UInt8], isMultiline: Bool) -> [UInt8] {
    guard let value = member.value else { return [] }
    var text: [UInt8] = []
    if document.format == .jsonc || isMultiline {
      let edited = document.edits.comments[value]
      let own = document.home(of: value).map { flowComments(of: $0, edited) } ?? []
      text += above(
        (edited?.head ?? []) + own + (edited?.line ?? []), indentation: indentation, isMultiline: isMultiline)
    }
    if let key = member.key {
      if document.format == .yaml {
        let isEmpty = node(key).start == node(key).end && document.edits.written[key] == nil
        let key =
          isEmpty
          ? []
          : document.edits.written[key] == nil
            ? flowText(key, indentation: indentation, isMultiline: false) : movedKeyText(key)
        let colon = member.key.map(endsInTag) == true ? " : " : ": "
        text += (ScalarWriter.needsQuestionMark(key) ? Array("? ".utf8) : []) + key + Array(colon.utf8)
      } else {
        text += movedKeyText(key) + style.colon
      }
    }
    return text + flowText(value, indentation: indentation, isMultiline: isMultiline)
  }

  private func flowScalar(_ id: UInt32) -> [UInt8] {
    let element = node(id)
    if document.edits.written[id] != nil {
      return Array(scalarText(id, column: 0, holder: .mapping, inFlow: true).inline.dropFirst())
    }
    let text = Array(source[ScalarSpan.contentStart(of: element, in: source)..<Int(element.end)])
    // Between commas there must be something.
    if text.isEmpty, keptProperties(of: id) == nil { return Array("null".utf8) }
    guard document.format == .yaml else { return text }
    let value = document.scalarValue(of: id)
    let writer = ScalarWriter(inFlow: true, quotes: style.quotes, version: document.yamlVersion)
    switch element.style {
    case .singleQuoted, .doubleQuoted: return text
    case .plain:
      guard case .string(let string) = value, !writer.canBePlain(string), !ScalarWriter.isAmbiguous(string) else {
        return text
      }
      return writer.text(value, style: nil)
    default: return writer.text(value, style: .doubleQuoted)
    }
  }
}

extension Indentation {
  /// Gives every line but the first another indentation, where it has the old one.
  static func replace(_ old: [UInt8], by new: [UInt8], in text: [UInt8]) -> [UInt8] {
    guard old != new, text.contains(where: \.isBreak) else { return text }
    var out: [UInt8] = []
    text.withBuffer { source in
      var offset = SourceLines.next(after: 0, in: source)
      out.append(contentsOf: source[..<offset])
      while offset < source.count {
        let next = SourceLines.next(after: offset, in: source)
        let line = source[offset..<next]
        if line.starts(with: old), !line.allSatisfy(\.isBlankOrBreak) {
          out += new
          out.append(contentsOf: line.dropFirst(old.count))
        } else {
          out.append(contentsOf: line)
        }
        offset = next
      }
    }
    return out
  }
}
