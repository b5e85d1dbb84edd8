import ConfigDocument

/// The laws of nodes that get a collection around them, or lose it.
package struct WrappingCase: CustomStringConvertible {
  var text: [UInt8]
  var format: DocumentFormat
  var picks: [Int]
  /// The key of the new collection; nil for a list.
  var key: String?

  package struct Breach: Error {
    package var law: String
    package var detail: String
  }

  package enum Outcome { case done, refused, inapplicable }

  package init(seed: UInt64) {
    var random = SplitMix(seed: seed &+ 717)
    format = random.pick([.yaml, .yaml, .json, .jsonc])
    if format == .yaml {
      var texts = YAMLTexts(seed: seed &+ 2_000_000)
      text = texts.text()
    } else {
      var texts = JSONTexts(seed: seed &+ 2_000_000, allowsComments: format == .jsonc)
      text = texts.text()
    }
    picks = [random.below(1 << 20), random.below(1 << 20)]
    key = random.pick([nil, "v", "two words", "yes"])
  }

  package var description: String {
    """
    \(format), \(picks), key \(key.debugDescription)
    \(String(decoding: text, as: UTF8.self))
    \(String(decoding: text, as: UTF8.self).debugDescription)
    """
  }

  /// The node gets a collection around it: nothing is lost, and unwrapping gives the old data back.
  package func checkWrap() throws(Breach) -> Outcome {
    guard let document = try? Document(text, as: format, named: "text") else { return .inapplicable }
    let pair = EditedPair(document)
    let paths = pair.paths()
    guard !paths.isEmpty else { return .inapplicable }
    let path = paths[picks[0] % paths.count]
    guard let node = pair.node(path) else { return .inapplicable }
    let before = pair.roots.map { $0.dump() }
    var edited = document
    let outer: NodeID
    do throws(Diagnostic) { outer = try edited.wrap(node, underKey: key) } catch {
      throw Breach(law: "refusal", detail: "\(error)")
    }
    let reference = pair.reference(path)
    let wrapper = ModelNode(key == nil ? .sequence : .mapping)
    if let key {
      wrapper.keys = [.init(node: ModelNode(.scalar, scalar: .string(key)))]
      wrapper.merges = [false]
    }
    wrapper.children = [reference]
    var roots = pair.roots
    if path.count == 1 {
      roots[path[0]] = wrapper
    } else {
      pair.reference(Array(path.dropLast())).node.children[path.last!] = .init(node: wrapper)
    }
    try check(edited, roots, keepsAllComments: true)
    // And back.
    let inner = edited.items(of: outer).first ?? edited.entries(of: outer)[0].value
    do throws(Diagnostic) { try edited.unwrap(outer, keeping: inner) } catch {
      throw Breach(law: "unwraps", detail: "\(error)")
    }
    guard let back = try? Document(try render(edited).bytes, as: format, named: "text"),
      ModelNode.roots(of: back).map({ $0.dump() }) == before
    else { throw Breach(law: "there and back", detail: String(decoding: try render(edited).bytes, as: UTF8.self)) }
    return .done
  }

  /// A node takes the place of one that holds it: both keep their own comments, and nothing is lost where nothing else was in it.
  package func checkUnwrap() throws(Breach) -> Outcome {
    guard let document = try? Document(text, as: format, named: "text") else { return .inapplicable }
    let pair = EditedPair(document)
    let inners = pair.paths().filter { $0.count > 1 }
    guard !inners.isEmpty else { return .inapplicable }
    let inner = inners[picks[0] % inners.count]
    let outer = Array(inner.prefix(1 + picks[1] % (inner.count - 1)))
    guard let node = pair.node(inner), let container = pair.node(outer) else { return .inapplicable }
    var kept: [Int] = []
    for (node, place) in [node, container].flatMap({ node in [CommentPlace.head, .line, .foot].map { (node, $0) } }) {
      kept += CommentMarks.marks(in: (document.comment(of: node, at: place) ?? "").utf8)
    }
    var edited = document
    do throws(Diagnostic) { try edited.unwrap(container, keeping: node) } catch {
      guard error.code == .editRefused, try render(edited).bytes == text else {
        throw Breach(law: "refusal", detail: "\(error)")
      }
      return .refused
    }
    let hasAnchors = text.contains(UInt8(ascii: "&"))
    var roots = pair.roots
    let reference = pair.reference(inner)
    if outer.count == 1 {
      roots[outer[0]] = reference.node
    } else {
      pair.reference(Array(outer.dropLast())).node.children[outer.last!] = reference
    }
    let isAlone = (outer.count..<inner.count).allSatisfy { depth in
      pair.node(Array(inner.prefix(depth))).map { document.memberCount(of: $0) == 1 } ?? false
    }
    let result = try check(edited, hasAnchors ? nil : roots, keepsAllComments: isAlone)
    let marks = CommentMarks(result, result.source).marks
    guard kept.allSatisfy(marks.contains) else {
      throw Breach(
        law: "comments", detail: "\(kept) to be kept, \(marks) are\n\(String(decoding: result.source, as: UTF8.self))")
    }
    return .done
  }

  @discardableResult
  private func check(_ edited: Document, _ roots: [ModelNode]?, keepsAllComments: Bool) throws(Breach) -> Document {
    let rendering = try render(edited)
    let shown = String(decoding: rendering.bytes, as: UTF8.self)
    guard rendering.keepsAllElse(of: text) else { throw Breach(law: "bytes outside", detail: shown) }
    guard let reread = try? Document(rendering.bytes, as: format, named: "text") else {
      throw Breach(law: "renders", detail: shown)
    }
    if let expected = roots?.map({ $0.dump() }) {
      let actual = ModelNode.roots(of: reread).map { $0.dump() }
      guard actual == expected else {
        throw Breach(law: "values", detail: "expected \(expected)\n     got \(actual)\n\(shown)")
      }
    }
    guard keepsAllComments, let document = try? Document(text, as: format, named: "text") else { return reread }
    let (old, new) = (CommentMarks(document, text).marks.sorted(), CommentMarks(reread, rendering.bytes).marks.sorted())
    guard old == new else { throw Breach(law: "comments", detail: "\(old) became \(new)\n\(shown)") }
    return reread
  }

  private func render(_ document: Document) throws(Breach) -> Rendering {
    do throws(Diagnostic) { return try document.render() } catch {
      let text = (try? document.render(verifying: false)).map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
      throw Breach(law: "renders", detail: "\(error)\n\(text)\n\(text.debugDescription)")
    }
  }
}

extension Document {
  fileprivate func memberCount(of node: NodeID) -> Int {
    kind(of: node) == .mapping ? entries(of: node).count : items(of: node).count
  }
}
