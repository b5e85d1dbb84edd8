import ConfigDocument

/// The laws of comments that edits write.
package struct CommentCase: CustomStringConvertible {
  var text: [UInt8]
  var format: DocumentFormat
  var pick: Int
  var place: CommentPlace
  var comment: String?

  package struct Breach: Error {
    package var law: String
    package var detail: String
  }

  package init(seed: UInt64) {
    var random = SplitMix(seed: seed &+ 313)
    format = random.pick([.yaml, .yaml, .jsonc])
    if format == .yaml {
      var texts = YAMLTexts(seed: seed &+ 1_000_000)
      text = texts.text()
    } else {
      var texts = JSONTexts(seed: seed &+ 1_000_000, allowsComments: true)
      text = texts.text()
    }
    pick = random.below(1 << 20)
    place = random.pick([.head, .line, .foot])
    comment = random.pick([nil, "@900@", "@900@ two words", place == .line ? "@900@: |" : "@900@\n\nlast"])
  }

  package var description: String {
    """
    \(format), \(place), \(comment.debugDescription)
    \(String(decoding: text, as: UTF8.self))
    \(String(decoding: text, as: UTF8.self).debugDescription)
    """
  }

  /// - Returns: whether the comment was written; nil where there is nothing to write it to.
  package func check() throws(Breach) -> Bool? {
    guard let document = try? Document(text, as: format, named: "text") else { return nil }
    let pair = EditedPair(document)
    let paths = pair.paths().filter { $0.count > 1 }
    guard !paths.isEmpty, let node = pair.node(paths[pick % paths.count]) else { return nil }
    let path = paths[pick % paths.count]
    var edited = document
    let old = document.comment(of: node, at: place)
    do throws(Diagnostic) { try edited.setComment(comment, of: node, at: place) } catch {
      guard error.code == .editRefused else { throw Breach(law: "refusal", detail: "\(error)") }
      return false
    }
    let rendering = try render(edited)
    let shown = String(decoding: rendering.bytes, as: UTF8.self)
    guard rendering.keepsAllElse(of: text) else { throw Breach(law: "bytes outside", detail: shown) }
    let reread = try? Document(rendering.bytes, as: format, named: "text")
    guard let reread else { throw Breach(law: "renders", detail: shown) }
    let again = EditedPair(reread)
    guard again.roots.map({ $0.dump() }) == pair.roots.map({ $0.dump() }) else {
      throw Breach(law: "values", detail: shown)
    }
    var marks = CommentMarks(document, text).marks
    for mark in CommentMarks.marks(in: (old ?? "").utf8) { marks.firstIndex(of: mark).map { _ = marks.remove(at: $0) } }
    marks += CommentMarks.marks(in: (comment ?? "").utf8)
    guard CommentMarks(reread, rendering.bytes).marks.sorted() == marks.sorted() else {
      throw Breach(law: "comments", detail: "expected \(marks)\n\(shown)")
    }
    guard let newNode = again.node(path), reread.comment(of: newNode, at: place) == comment else {
      throw Breach(
        law: "reads back",
        detail: "\(again.node(path).flatMap { reread.comment(of: $0, at: place) }.debugDescription)\n\(shown)")
    }
    if old == nil, comment != nil, place != .foot { try checkBack(reread, newNode) }
    return true
  }

  /// A comment that comes and goes leaves nothing behind.
  private func checkBack(_ reread: Document, _ node: NodeID) throws(Breach) {
    var back = reread
    // The blanks that stood at the line's end go with the comment behind them.
    func trimmed(_ text: [UInt8]) -> [[UInt8]] {
      LineLaws.lines(text).map { Array($0.prefix(1 + ($0.lastIndex { $0 != 32 && $0 != 9 } ?? -1))) }
    }
    guard (try? back.setComment(nil, of: node, at: place)) != nil, try trimmed(render(back).bytes) == trimmed(text)
    else {
      throw Breach(law: "there and back", detail: String(decoding: try render(back).bytes, as: UTF8.self))
    }
  }

  private func render(_ document: Document) throws(Breach) -> Rendering {
    do throws(Diagnostic) { return try document.render() } catch {
      let text = (try? document.render(verifying: false)).map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
      throw Breach(law: "renders", detail: "\(error)\n\(text)\n\(text.debugDescription)")
    }
  }
}
