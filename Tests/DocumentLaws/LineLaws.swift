import ConfigDocument

/// What one edit may do to the lines and comments of a text, judged before it is made.
struct LineLaws {
  private let edit: RandomEdit
  private let target: EditedPair.Target?
  private let isYAML: Bool
  /// The container of what is added, removed or changed stands in block style and has members.
  private var isBlock = false
  /// The member's own text, and its neighbour's, stand on lines of their own.
  private var ownsLines = false
  private var isSingleLine = false
  private var isLastMember = false
  private var hasAliases = false
  private var endsOpen = false
  private var isBlockScalarAtEnd = false
  private var isReplaced = false
  private var isNoOp = false

  init(_ edit: RandomEdit, _ pair: EditedPair) {
    self.edit = edit
    let document = pair.document
    isYAML = document.format == .yaml
    target = pair.target(of: edit)
    hasAliases = document.source.contains(UInt8(ascii: "&"))
    endsOpen = document.source.last.map { $0 != 10 && $0 != 13 } ?? true
    guard let target, let node = pair.node(target.path) else { return }
    let reference = pair.reference(target.path)
    let container = target.container ?? Array(target.path.dropLast())
    isReplaced = reference.node.kind != .scalar || reference.isAlias || reference.node.tag != nil
    isNoOp = !reference.isAlias && reference.node.plainValue == edit.value
    guard !container.isEmpty, let containerNode = pair.node(container) else { return }
    let model = pair.reference(container).node
    isLastMember = model.children.count == 1
    guard !model.children.isEmpty else { return }
    isBlock =
      isYAML
      && (1...container.count).allSatisfy { count in
        guard let place = pair.node(Array(container.prefix(count))).map({ document.place(of: $0) }) else {
          return false
        }
        let open = place.lineText.unicodeScalars.dropFirst(place.column - 1).first
        return open != "{" && open != "["
      }
    // A collection that starts behind a dash, a marker or a question mark shares that line.
    let containerPlace = document.place(of: containerNode)
    let lead = containerPlace.lineText.unicodeScalars.prefix(containerPlace.column - 1)
    let isCompact = lead.contains { $0 != " " && $0 != "\u{FEFF}" }
    let index = target.container == nil ? target.path.last! : target.index
    ownsLines = !isCompact || index > 0
    // One line: the scalar ends where its line says it does.
    let place = document.place(of: node)
    let text = Array(place.lineText.unicodeScalars)
    let end = place.column - 1 + place.length
    let value = String(String.UnicodeScalarView(text[min(place.column - 1, text.count)..<min(end, text.count)]))
    isSingleLine = reference.node.kind == .scalar && !reference.isAlias && Self.isWhole(value)
    if let first = value.unicodeScalars.first, first != "\"", first != "'" {
      isSingleLine =
        isSingleLine && document.text(of: node)?.unicodeScalars.elementsEqual(value.unicodeScalars) ?? false
    }
    if let key = document.key(of: node), edit.kind == .rename {
      let place = document.place(of: key)
      let text = Array(place.lineText.unicodeScalars)
      let end = min(place.column - 1 + place.length, text.count)
      isSingleLine = Self.isWhole(String(String.UnicodeScalarView(text[min(place.column - 1, text.count)..<end])))
    }
  }

  /// Whether the text of a scalar's first line is all of it.
  private static func isWhole(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    if first == "|" || first == ">" { return false }
    if first == "\"" || first == "'" { return text.unicodeScalars.count > 1 && text.unicodeScalars.last == first }
    return first != "&" && first != "!"
  }

  func check(
    _ rendering: Rendering, old: CommentMarks, new: CommentMarks, text: [UInt8]
  ) throws(LawCase.Breach) {
    let before = Self.lines(text)
    let after = Self.lines(rendering.bytes)
    let shown = "\(edit)\n\(String(decoding: rendering.bytes, as: UTF8.self))"
    try checkComments(old, new, shown)
    if isNoOp, edit.kind == .setScalar, !isReplaced, rendering.bytes != text, edit.value.number == nil {
      throw .init(law: "no edit is no change", detail: shown)
    }
    switch edit.kind {
    case .insert, .insertItem:
      if isBlock, ownsLines, !endsOpen || !text.contains(UInt8(ascii: "|")) && !text.contains(UInt8(ascii: ">")) {
        guard Self.isSubsequence(before, of: after) else { throw .init(law: "add only adds", detail: shown) }
      }
    case .remove:
      if isBlock, ownsLines, !isLastMember, !hasAliases {
        guard Self.isSubsequence(after, of: before) else { throw .init(law: "remove only removes", detail: shown) }
      }
    case .rename, .setScalar:
      let isShort =
        edit.kind == .rename
        || (edit.value.string.map { !$0.utf8.contains(10) } ?? true) && !isReplaced
          && (!hasAliases || edit.value.object == nil && edit.value.array == nil)
      if isSingleLine, isShort {
        let changed = zip(before, after).filter { $0 != $1 }.count
        guard before.count == after.count, changed <= 1 else { throw .init(law: "one line changes", detail: shown) }
      }
    default: break
    }
    if !endsOpen, let last = rendering.bytes.last, last != 10, last != 13 {
      throw .init(law: "final newline", detail: shown)
    }
    if endsOpen, !isBlockScalarAtEnd, edit.kind == .rename, let last = rendering.bytes.last, last == 10 || last == 13 {
      throw .init(law: "final newline", detail: shown)
    }
  }

  private func checkComments(_ old: CommentMarks, _ new: CommentMarks, _ shown: String) throws(LawCase.Breach) {
    switch edit.kind {
    case .remove:
      // What is left is in its old order; how much may go is the region laws' business.
      guard Self.isSubsequence(new.marks, of: old.marks) || hasAliases else {
        throw .init(law: "comments", detail: "\(old.marks) became \(new.marks)\n\(shown)")
      }
    case .setScalar where isReplaced, .setCollection where isReplaced:
      guard Set(new.marks).isSubset(of: Set(old.marks)) || hasAliases else {
        throw .init(law: "comments", detail: "\(old.marks) became \(new.marks)\n\(shown)")
      }
    case .copy, .expand:
      guard Set(new.marks) == Set(old.marks) else {
        throw .init(law: "comments", detail: "\(old.marks) became \(new.marks)\n\(shown)")
      }
    default:
      guard new.marks.sorted() == old.marks.sorted() else {
        throw .init(law: "comments", detail: "\(old.marks) became \(new.marks)\n\(shown)")
      }
    }
  }

  /// The lines without their breaks. A tab before a line's text counts as a blank: libyaml takes one below a plain scalar only, so
  /// that it cannot stay where that scalar goes.
  static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
    var out: [[UInt8]] = []
    var line: [UInt8] = []
    var last: UInt8 = 0
    for byte in bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...] {
      if byte == 10 || byte == 13 {
        if !(byte == 10 && last == 13) {
          out.append(withoutLeadingTabs(line))
          line = []
        }
      } else {
        line.append(byte)
      }
      last = byte
    }
    if !line.isEmpty { out.append(withoutLeadingTabs(line)) }
    return out
  }

  private static func withoutLeadingTabs(_ line: [UInt8]) -> [UInt8] {
    let text = line.drop { $0 == 9 || $0 == 32 }
    return Array(repeating: 32, count: line.count - text.count) + text
  }

  static func isSubsequence<Element: Equatable>(_ part: [Element], of whole: [Element]) -> Bool {
    var index = 0
    for element in whole where index < part.count && part[index] == element { index += 1 }
    return index == part.count
  }
}
