package import ConfigDocument

/// Two texts, and an entry or item that goes from the one to the other.
package struct ImportCase: CustomStringConvertible {
  var donor: [UInt8]
  var text: [UInt8]
  var donorFormat: DocumentFormat
  var format: DocumentFormat
  /// Which node, which collection, which place there, which neighbour names it.
  var picks: [Int]
  var key: String

  package enum Outcome {
    case rejected, inapplicable, done
    case refused(Diagnostic)
  }

  package struct Breach: Error {
    package var law: String
    package var detail: String
  }

  package init(seed: UInt64) {
    var random = SplitMix(seed: seed &+ 991)
    let formats: [(DocumentFormat, DocumentFormat)] = [
      (.yaml, .yaml), (.yaml, .yaml), (.yaml, .yaml), (.json, .json), (.jsonc, .jsonc), (.jsonc, .json),
      (.yaml, .jsonc), (.jsonc, .yaml),
    ]
    (donorFormat, format) = random.pick(formats)
    // The marks of the one are no marks of the other.
    donor = Self.text(donorFormat, seed: seed)
    text = Self.text(format, seed: seed &+ 500_000).map { $0 == UInt8(ascii: "@") ? UInt8(ascii: "%") : $0 }
    picks = (0..<4).map { _ in random.below(1 << 20) }
    key = random.pick(RandomEdit.keys)
  }

  private static func text(_ format: DocumentFormat, seed: UInt64) -> [UInt8] {
    if format == .yaml {
      var texts = YAMLTexts(seed: seed)
      return texts.text()
    }
    var texts = JSONTexts(seed: seed, allowsComments: format == .jsonc)
    return texts.text()
  }

  package var description: String {
    """
    \(donorFormat) → \(format), \(picks), key \(key.debugDescription)
    --- donor
    \(String(decoding: donor, as: UTF8.self))
    \(String(decoding: donor, as: UTF8.self).debugDescription)
    --- text
    \(String(decoding: text, as: UTF8.self))
    \(String(decoding: text, as: UTF8.self).debugDescription)
    """
  }

  package func check() throws(Breach) -> Outcome {
    guard let donor = try? Document(self.donor, as: donorFormat, named: "donor"),
      let document = try? Document(text, as: format, named: "text")
    else { return .rejected }
    let (source, target) = (EditedPair(donor), EditedPair(document))
    let paths = source.paths()
    let containers = target.paths { !$0.isAlias && $0.node.kind != .scalar }
    guard !paths.isEmpty, !containers.isEmpty else { return .inapplicable }
    let path = paths[picks[0] % paths.count]
    let container = containers[picks[1] % containers.count]
    guard let node = source.node(path), let into = target.node(container) else { return .inapplicable }
    var edited = document
    let model = target.reference(container).node
    let index = picks[2] % (model.children.count + 1)
    let position = position(index, model.children.count) { target.node(container + [$0]) }
    do throws(Diagnostic) {
      if model.kind == .mapping {
        try edited.insert(node, from: donor, forKey: key, into: into, at: position, droppingComments: format == .json)
      } else {
        try edited.insert(node, from: donor, into: into, at: position, droppingComments: format == .json)
      }
    } catch {
      guard error.code == .editRefused || error.code == .aliasExpansion else {
        throw Breach(law: "refusal", detail: "\(error)")
      }
      guard (try? edited.render().bytes) == text else {
        throw Breach(law: "refusal leaves all as it was", detail: "\(error)")
      }
      return .refused(error)
    }
    let reread = try render(edited)
    model.children.insert(.init(node: source.reference(path).node), at: index)
    if model.kind == .mapping {
      model.keys.insert(.init(node: ModelNode(.scalar, scalar: .string(key))), at: index)
      model.merges.insert(false, at: index)
    }
    let tags = donorFormat == format
    let (actual, expected) = (ModelNode.roots(of: reread).map { $0.dump() }, target.roots.map { $0.dump() })
    guard actual == expected || !tags else {
      throw Breach(
        law: "values",
        detail: "expected \(expected)\n     got \(actual)\n\(String(decoding: reread.source, as: UTF8.self))")
    }
    try checkComments(node, donor, reread)
    return .done
  }

  private func position(_ index: Int, _ count: Int, _ node: (Int) -> NodeID?) -> Position {
    let isNamed = picks[3] % 2 == 0
    if index == 0, !isNamed || count == 0 { return .first }
    if index == count, !isNamed { return .last }
    if index == count || picks[3] % 4 == 0 && index > 0 { return node(index - 1).map(Position.after) ?? .last }
    return node(index).map(Position.before) ?? .last
  }

  private func render(_ document: Document) throws(Breach) -> Document {
    let rendering: Rendering
    let reread: Document
    do throws(Diagnostic) {
      rendering = try document.render()
      reread = try Document(rendering.bytes, as: format, named: "text")
    } catch {
      let text = (try? document.render(verifying: false)).map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
      throw Breach(law: "renders", detail: "\(error)\n\(text)\n\(text.debugDescription)")
    }
    guard rendering.keepsAllElse(of: text) else {
      throw Breach(law: "bytes outside", detail: String(decoding: rendering.bytes, as: UTF8.self))
    }
    return reread
  }

  /// What the donor loses with the entry is what came.
  private func checkComments(_ node: NodeID, _ donor: Document, _ result: Document) throws(Breach) {
    guard format != .json, !self.donor.contains(UInt8(ascii: "&")) else { return }
    let old = CommentMarks(donor, self.donor).marks
    let came = CommentMarks(result, result.source).marks
    var rest = donor
    guard (try? rest.remove(node)) != nil, let left = try? rest.render().bytes,
      let reread = try? Document(left, as: donorFormat, named: "donor")
    else { return }
    var gone = old
    for mark in CommentMarks(reread, left).marks { gone.firstIndex(of: mark).map { _ = gone.remove(at: $0) } }
    guard gone.sorted() == came.sorted() else {
      throw Breach(
        law: "comments",
        detail: "the donor loses \(gone), \(came) came\n\(String(decoding: result.source, as: UTF8.self))")
    }
  }
}

extension Rendering {
  /// Whether everything between the changes is the source's, byte for byte.
  func keepsAllElse(of source: [UInt8]) -> Bool {
    var (old, new) = (0, 0)
    for change in changes {
      guard old <= change.source.lowerBound, new <= change.replacement.lowerBound,
        source[old..<change.source.lowerBound] == bytes[new..<change.replacement.lowerBound]
      else { return false }
      (old, new) = (change.source.upperBound, change.replacement.upperBound)
    }
    return source[old...] == bytes[new...]
  }
}
