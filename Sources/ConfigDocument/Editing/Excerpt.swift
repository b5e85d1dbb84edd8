/// An entry or item that was taken out of a document: as a document of its own, or as its value where the format or the layout of
/// the document that it is for cannot take its text.
struct Excerpt {
  /// A mapping of one entry, or a list of one item; nil where the text cannot be taken.
  private(set) var document: Document?
  let value: Value
  /// All comments, where the text cannot be taken.
  private(set) var comment: String?
  /// Where it stood.
  let place: SourcePlace

  /// - Parameters:
  ///   - container: what it is to be put into.
  ///   - isItem: whether that is a list; it matters to roots only, which are entry and item alike.
  init(
    of node: NodeID, in donor: Document, for receiver: Document, near container: NodeID, isItem: Bool,
    droppingComments: Bool
  ) throws(Diagnostic) {
    place = donor.place(of: donor.key(of: node) ?? node)
    var donor = donor
    let node = try donor.expandAliases(leaving: node)
    value = donor.value(of: node)
    let eol = receiver.lineBreak(near: container)
    let (text, prefix) = donor.excerptText(of: node, isItem: isItem, eol: eol)
    let excerpt = try Self.read(text, like: donor)
    try Self.compare(node, of: donor, with: excerpt)
    let comments = excerpt.comments
    if receiver.format == .json, let first = comments.first, !droppingComments {
      throw Diagnostic(
        .editRefused,
        "JSON has no comments, so this entry would lose \(comments.count == 1 ? "its comment" : "\(comments.count) comments")"
          + " (`\(first)`)",
        at: place, hint: "remove the comments, or accept their loss")
    }
    let isValue = (donor.format == .yaml) != (receiver.format == .yaml)
    if isValue {
      if receiver.format != .yaml { try donor.checkHoldsJSON(node) }
      comment = comments.isEmpty || receiver.format == .json ? nil : comments.map(\.text).joined(separator: "\n")
      if receiver.format == .yaml, receiver.isFlow(container.raw), let first = comments.first, !droppingComments {
        throw Diagnostic(
          .editRefused, "between brackets on one line there is no room for the comment `\(first)`", at: place,
          hint: "write the target in block style first")
      }
    } else if receiver.format == .yaml {
      document = try excerpt.respelled(for: receiver, near: container, droppingPrefix: prefix)
    } else if comments.isEmpty || receiver.format == .json, receiver.isOneLine, excerpt.holdsLines {
      document = nil
    } else if donor.format == receiver.format || receiver.format == .jsonc {
      document = excerpt
    } else {
      document = try Self.read(JSONComments.removed(text), like: receiver)
    }
  }

  private static func read(_ text: [UInt8], like document: Document) throws(Diagnostic) -> Document {
    do throws(Diagnostic) {
      return try Document(text, as: document.format, named: document.name, yaml: document.yamlVersion)
    } catch {
      if let refusal = refusal(of: text, at: error.place) { throw refusal }
      throw Diagnostic(
        .internalMismatch, "the text of an entry cannot be read alone (\(error.message)), so it is not taken",
        at: error.place, hint: "this is a fault of cfgmigrate; please report it with the file")
    }
  }

  /// What libyaml reads otherwise at the start of a line: its line breaks that editors do not show, and the byte order mark.
  private static let marks: Set<Unicode.Scalar> = ["\u{85}", "\u{2028}", "\u{2029}", "\u{FEFF}"]

  /// Why a text cannot be indented anew, where that is so.
  private static func refusal(of text: [UInt8], at place: SourcePlace?) -> Diagnostic? {
    let holdsMarker = text.split(whereSeparator: \.isBreak).contains { line in
      line.withUnsafeBufferPointer { SourceLines.isMarker(at: 0, in: $0) }
    }
    if holdsMarker { return .refusedMarker(at: place) }
    guard let mark = String(decoding: text, as: UTF8.self).unicodeScalars.first(where: { marks.contains($0) }) else {
      return nil
    }
    let code = String(mark.value, radix: 16, uppercase: true)
    return Diagnostic(
      .editRefused, "the entry holds the character U+\(code), which editors do not show, and cannot be indented anew",
      at: place, hint: "write the text in double quotes, with an escape")
  }

  /// What was taken out must be what was meant.
  private static func compare(_ node: NodeID, of donor: Document, with excerpt: Document) throws(Diagnostic) {
    let root = excerpt.roots.first.map { excerpt.children(of: $0.raw) } ?? []
    var expected = [node]
    if root.count == 2, let key = donor.key(of: node) { expected.insert(key, at: 0) }
    let first = root.suffix(expected.count).first
    let isSame = donor.bytes.withBuffer { bytes in
      var rereading = Rereading(of: expected, in: donor, bytes: bytes)
      guard let first, root.count == 1 || root.count == 2 else { return false }
      do throws(Diagnostic) {
        try rereading.read(excerpt, from: Int(first))
        try rereading.finish()
        return true
      } catch {
        return false
      }
    }
    guard isSame else {
      if let refusal = refusal(of: excerpt.source, at: donor.place(of: node)) { throw refusal }
      throw Diagnostic(
        .internalMismatch, "the text of an entry does not read alone as what it is here, so it is not taken",
        at: donor.place(of: node), hint: "this is a fault of cfgmigrate; please report it with the file")
    }
  }
}

extension Document {
  /// Replaces the aliases in an entry or item whose anchors are outside of it by copies of what they stand for.
  ///
  /// - Returns: the value that stands there now.
  fileprivate mutating func expandAliases(leaving node: NodeID) throws(Diagnostic) -> NodeID {
    guard hasAliases else { return node }
    let key = key(of: node)?.raw
    let limit = nodes.count + AliasExpansion.nodeBudget
    var node = node.raw
    var open = [node] + (key.map { [$0] } ?? [])
    // What each copy is of: in a copy, too, an alias may stand for a collection that it is in.
    var copied: [UInt32: UInt32] = [:]
    while let id = open.popLast() {
      guard let target = properties[id]?.target else {
        open += children(of: id).reversed()
        continue
      }
      // The key may become another one, or none.
      if isWithin(target, node) { continue }
      if nodes[Int(id)].flags.contains(.key) {
        throw Diagnostic(
          .editRefused, "a key here is an alias of an anchor that stays behind", at: place(of: NodeID(id)),
          hint: "write the key itself")
      }
      guard !isWithin(id, target), !isWithin(id, copyOf: target, among: copied), nodes.count < limit else {
        throw Diagnostic(
          .aliasExpansion,
          "the alias stands for a collection that contains it, or aliases multiply the text by more than a million values",
          at: place(of: NodeID(id)))
      }
      try checkCopy(of: NodeID(target))
      let copy = clone(target, parent: nodes[Int(id)].parent, keepingAnchors: false)
      copied[copy] = target
      takePlace(of: id, copy, key: self.key(of: NodeID(id))?.raw)
      if id == node { node = copy }
      open.append(copy)
    }
    return NodeID(node)
  }

  /// JSON has neither tags nor keys that are collections, nor numbers that are none.
  fileprivate func checkHoldsJSON(_ node: NodeID) throws(Diagnostic) {
    var open = [node.raw]
    while let id = open.popLast() {
      if let tag = properties[id]?.tag, !tag.hasPrefix("tag:yaml.org,2002:"), tag != "!" {
        throw Diagnostic(.editRefused, "JSON has no tags, and `\(tag)` would be lost", at: place(of: NodeID(id)))
      }
      if nodes[Int(id)].flags.contains(.key), kind(of: resolved(NodeID(id))) != .scalar {
        throw Diagnostic(.editRefused, "JSON has no keys that are collections", at: place(of: NodeID(id)))
      }
      if nodes[Int(id)].kind == .scalar, case .number(let number) = scalarValue(of: id), number.decimal.kind != .finite
      {
        throw Diagnostic(
          .editRefused, "JSON cannot write the number `\(number.spelling)`", at: place(of: NodeID(id)))
      }
      open += children(of: id)
    }
  }

  /// Whether new text in this file is one line.
  fileprivate var isOneLine: Bool {
    source.withBuffer { NeighbourStyle(of: self, source: $0).unit == nil }
  }

  /// Whether the only member of the root takes more than one line.
  fileprivate var holdsLines: Bool {
    guard let member = roots.first.flatMap({ children(of: $0.raw).last }) else { return false }
    return source[Int(nodes[Int(member)].start)..<Int(nodes[Int(member)].end)].contains(where: \.isBreak)
  }

  /// The line break that text near a node is given.
  fileprivate func lineBreak(near node: NodeID) -> [UInt8] {
    bytes.withBuffer { bytes in
      let offset = Int(nodes[node.index].start)
      return Renderer(self, bytes: bytes, readingAt: offset, style: NeighbourStyle()).eol(at: offset)
    }
  }

  private func isWithin(_ id: UInt32, copyOf target: UInt32, among copied: [UInt32: UInt32]) -> Bool {
    guard !copied.isEmpty else { return false }
    var id = id
    while id != 0 {
      if copied[id] == target { return true }
      id = nodes[Int(id)].parent
    }
    return false
  }
}
