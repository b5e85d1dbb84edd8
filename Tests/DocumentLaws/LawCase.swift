package import ConfigDocument

/// One text, one list of edits, and the laws that must hold.
package struct LawCase: CustomStringConvertible {
  package var text: [UInt8]
  package var format: DocumentFormat
  package var edits: [RandomEdit]

  /// A law that did not hold.
  package struct Breach: Error {
    /// The law's name, the same for the same kind of fault.
    package var law: String
    package var detail: String
  }

  /// What was done, for the counts.
  package struct Tally {
    package var rejected = 0
    package var cases = 0
    package var edits = 0
    package var refused: [String: Int] = [:]
    package var inapplicable = 0
    package var lineLaws = 0
    package var commutations = 0
    package var renames = 0
    package var parts = PartwiseLaw.Tally()

    package init() {}
  }

  package init(text: [UInt8], format: DocumentFormat, edits: [RandomEdit]) {
    self.text = text
    self.format = format
    self.edits = edits
  }

  package var description: String {
    "\(format)\n\(String(decoding: text, as: UTF8.self).debugDescription)\n\(String(decoding: text, as: UTF8.self))\n"
      + edits.map { "  \($0)\n" }.joined()
  }

  package func check(_ tally: inout Tally) throws(Breach) {
    guard let document = try? Document(text, as: format, named: "text") else {
      tally.rejected += 1
      return
    }
    try check(document, &tally)
  }

  package func check(_ document: Document, _ tally: inout Tally) throws(Breach) {
    tally.cases += 1
    guard rendered(document)?.bytes == text else { throw Breach(law: "no edit", detail: "no edit changed the bytes") }
    var pair = EditedPair(document)
    var applied: [RandomEdit] = []
    var single: LineLaws?
    for edit in edits {
      let before = pair.document
      if applied.isEmpty { single = LineLaws(edit, pair) }
      switch try apply(edit, to: &pair) {
      case .done:
        applied.append(edit)
        tally.edits += 1
      case .inapplicable: tally.inapplicable += 1
      case .refused(let diagnostic):
        tally.refused[diagnostic.message.prefix { $0 != "`" } + "", default: 0] += 1
        guard diagnostic.code == .editRefused else {
          throw Breach(law: "refusal", detail: "\(edit): \(diagnostic)")
        }
        guard rendered(before)?.bytes == rendered(pair.document)?.bytes else {
          throw Breach(law: "refusal leaves all as it was", detail: "\(edit): \(diagnostic)")
        }
      }
    }
    let rendering = try render(pair.document)
    try checkGaps(rendering)
    if pair.document.hasEdits {
      // Of the case alone, so that it breaks again whoever runs it.
      let seed = UInt64(truncatingIfNeeded: rendering.bytes.count &* 31 &+ text.count)
      var partwise = PartwiseLaw(pair.document, rendering, seed: seed)
      try partwise.check(breaking: 6, &tally.parts)
    }
    let reread = try read(rendering.bytes)
    try checkValues(pair, reread, rendering)
    let old = CommentMarks(document, text)
    let new = CommentMarks(reread, rendering.bytes)
    if applied.count == 1, let single {
      tally.lineLaws += 1
      try single.check(rendering, old: old, new: new, text: text)
    }
    if applied.isEmpty, rendering.bytes != text { throw Breach(law: "no edit", detail: "nothing was done") }
    try checkRenameBack(document, &tally)
    try checkCommuting(document, &tally)
  }

  private func apply(_ edit: RandomEdit, to pair: inout EditedPair) throws(Breach) -> EditedPair.Outcome {
    do throws(EditedPair.Difference) { return try pair.apply(edit) } catch {
      throw Breach(law: "structure", detail: "\(edit): \(error.text)")
    }
  }

  private func rendered(_ document: Document) -> Rendering? { try? document.render(verifying: false) }

  private func render(_ document: Document) throws(Breach) -> Rendering {
    do throws(Diagnostic) { return try document.render() } catch {
      let text = (try? document.render(verifying: false)).map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
      throw Breach(law: "renders", detail: "\(error)\n--- rendered\n\(text)\n\(text.debugDescription)")
    }
  }

  private func read(_ bytes: [UInt8]) throws(Breach) -> Document {
    do throws(Diagnostic) { return try Document(bytes, as: format, named: "text") } catch {
      throw Breach(law: "renders", detail: "\(error)")
    }
  }

  private func checkGaps(_ rendering: Rendering) throws(Breach) {
    var (old, new) = (0, 0)
    for change in rendering.changes {
      guard old <= change.source.lowerBound, new <= change.replacement.lowerBound,
        text[old..<change.source.lowerBound] == rendering.bytes[new..<change.replacement.lowerBound]
      else {
        throw Breach(
          law: "bytes outside", detail: "\(rendering.changes)\n\(String(decoding: rendering.bytes, as: UTF8.self))")
      }
      (old, new) = (change.source.upperBound, change.replacement.upperBound)
    }
    guard text[old...] == rendering.bytes[new...] else { throw Breach(law: "bytes outside", detail: "at the end") }
  }

  private func checkValues(_ pair: EditedPair, _ reread: Document, _ rendering: Rendering) throws(Breach) {
    let actual = ModelNode.roots(of: reread).map { $0.dump() }
    let expected = pair.roots.map { $0.dump() }
    guard actual == expected else {
      throw Breach(
        law: "values",
        detail: "expected \(expected)\n     got \(actual)\n\(String(decoding: rendering.bytes, as: UTF8.self))")
    }
  }

  /// A key that goes and comes back leaves nothing behind.
  private func checkRenameBack(_ document: Document, _ tally: inout Tally) throws(Breach) {
    guard let edit = edits.first, edit.kind == .rename else { return }
    let pair = EditedPair(document)
    guard let target = pair.target(of: edit), let node = pair.node(target.path),
      let key = document.key(of: node).flatMap({ document.text(of: $0) })
    else { return }
    var copy = document
    guard (try? copy.rename(node, to: edit.key)) != nil else { return }
    tally.renames += 1
    guard (try? copy.rename(node, to: key)) != nil, let back = rendered(copy), back.bytes == text else {
      throw Breach(
        law: "rename back",
        detail: "\(edit)\n\(rendered(copy).map { String(decoding: $0.bytes, as: UTF8.self) } ?? "refused")")
    }
  }

  /// Two edits in containers that do not hold each other come to the same in any order.
  private func checkCommuting(_ document: Document, _ tally: inout Tally) throws(Breach) {
    guard edits.count == 2 else { return }
    let pair = EditedPair(document)
    let local: Set<RandomEdit.Kind> = [.setScalar, .setCollection, .rename, .remove, .insert, .insertItem]
    guard document.roots.count == 1, edits.allSatisfy({ local.contains($0.kind) }),
      let first = pair.target(of: edits[0]), let second = pair.target(of: edits[1])
    else { return }
    let (a, b) = (first.container ?? Array(first.path.dropLast()), second.container ?? Array(second.path.dropLast()))
    guard !a.isEmpty, !b.isEmpty, !a.starts(with: b), !b.starts(with: a), !text.contains(UInt8(ascii: "&")) else {
      return
    }
    var texts: [[UInt8]] = []
    for order in [[0, 1], [1, 0]] {
      var copy = pair
      copy.roots = ModelNode.roots(of: document)
      // Paths stay the same: neither edit is above the other.
      for index in order {
        guard case .done? = try? copy.apply(edits[index], at: index == 0 ? first : second) else { return }
      }
      texts.append(try render(copy.document).bytes)
    }
    tally.commutations += 1
    guard texts[0] == texts[1] else {
      throw Breach(
        law: "commute", detail: texts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n---\n"))
    }
  }
}

/// The marks of the comments of a text, found without its parser: `@7@` where no scalar has it.
struct CommentMarks: Equatable {
  /// In order; copies are counted.
  var marks: [Int] = []

  init(_ document: Document, _ text: [UInt8]) {
    marks = Self.marks(in: text)
    // What stands in a scalar is no comment.
    if !marks.isEmpty {
      var inside: [Int] = []
      for root in ModelNode.roots(of: document) { Self.collect(root, &inside) }
      for mark in inside { marks.firstIndex(of: mark).map { _ = marks.remove(at: $0) } }
    }
  }

  private static func collect(_ node: ModelNode, _ out: inout [Int]) {
    if let text = node.scalar.string { out += marks(in: Array(text.utf8)) }
    for (index, child) in node.children.enumerated() {
      if node.kind == .mapping, !node.keys[index].isAlias { collect(node.keys[index].node, &out) }
      if !child.isAlias { collect(child.node, &out) }
    }
  }

  static func marks(in text: some Sequence<UInt8>) -> [Int] {
    var out: [Int] = []
    var number: Int?
    var digits = 0
    for byte in text {
      if byte == UInt8(ascii: "@") {
        if let number, digits > 0 {
          out.append(number)
        }
        number = number == nil || digits == 0 ? 0 : nil
        digits = 0
      } else if byte >= 48, byte < 58, let known = number {
        number = known * 10 + Int(byte - 48)
        digits += 1
      } else {
        number = nil
        digits = 0
      }
    }
    return out
  }
}
