/// An excerpt in the words of the document that it is for.
extension Document {
  /// The same data with anchors, tags and plain scalars spelled so that they mean the same there.
  ///
  /// - Parameter count: how many bytes at the start only say what the tags mean here.
  func respelled(
    for receiver: Document, near container: NodeID, droppingPrefix count: Int
  ) throws(Diagnostic) -> Document {
    var spellings: [(range: Range<Int>, text: [UInt8])] = count > 0 ? [(0..<count, [])] : []
    spellings += anchorSpellings(avoiding: receiver)
    spellings += tagSpellings(for: receiver, near: container)
    if yamlVersion != receiver.yamlVersion { spellings += scalarSpellings(for: receiver.yamlVersion) }
    guard !spellings.isEmpty else { return self }
    spellings.sort { $0.range.lowerBound < $1.range.lowerBound }
    var text: [UInt8] = []
    var offset = 0
    for spelling in spellings {
      text += source[offset..<spelling.range.lowerBound] + spelling.text
      offset = spelling.range.upperBound
    }
    text += source[offset...]
    return try Document(text, as: format, named: name, yaml: receiver.yamlVersion)
  }

  /// Anchors whose names the receiver has get another one, and so do their aliases.
  private func anchorSpellings(avoiding receiver: Document) -> [(range: Range<Int>, text: [UInt8])] {
    guard properties.contains(where: { $0.value.anchor != nil }) else { return [] }
    let taken = Set(
      receiver.properties.filter { $0.value.target == nil && receiver.isPresent($0.key) }.compactMap(\.value.anchor))
    let own = Set(properties.values.compactMap(\.anchor))
    var names: [String: String] = [:]
    for name in own.intersection(taken) {
      var number = 2
      while taken.contains("\(name)_\(number)") || own.contains("\(name)_\(number)") { number += 1 }
      names[name] = "\(name)_\(number)"
    }
    guard !names.isEmpty else { return [] }
    return properties.compactMap { id, kept in
      guard let name = kept.anchor.flatMap({ names[$0] }) else { return nil }
      let node = nodes[Int(id)]
      if node.kind == .alias { return (Int(node.start) + 1..<Int(node.end), Array(name.utf8)) }
      return property(UInt8(ascii: "&"), of: id).map { ($0.lowerBound + 1..<$0.upperBound, Array(name.utf8)) }
    }
  }

  private func property(_ indicator: UInt8, of id: UInt32) -> Range<Int>? {
    bytes.withBuffer { bytes in
      let renderer = Renderer(self, bytes: bytes, readingAt: 0, style: NeighbourStyle())
      return ScalarSpan.property(
        indicator, of: nodes[Int(id)], to: renderer.endOfProperties(of: id), in: renderer.source)
    }
  }

  /// Tags whose handles either side has declared are written in full.
  private func tagSpellings(for receiver: Document, near container: NodeID) -> [(range: Range<Int>, text: [UInt8])] {
    let directives = tagDirectives(above: NodeID(2)) + receiver.tagDirectives(above: container)
    let handles = Set(directives.map { $0.split(whereSeparator: \.isBlank).dropFirst().first.map(Array.init) ?? [] })
    guard !handles.isEmpty else { return [] }
    return properties.compactMap { id, kept in
      guard let tag = kept.tag, tag != "!",
        let range = property(UInt8(ascii: "!"), of: id)
      else { return nil }
      let token = source[range]
      guard !token.starts(with: "!<".utf8), handles.contains(Self.handle(of: token)) else { return nil }
      return (range, Array("!<".utf8) + Self.escaped(tag) + Array(">".utf8))
    }
  }

  /// `!e!` of `!e!name`, `!!` of `!!str`, `!` of `!name`.
  private static func handle(of token: ArraySlice<UInt8>) -> [UInt8] {
    let name = token.dropFirst().prefix { $0 != UInt8(ascii: "!") }
    return name.count + 1 < token.count ? Array(token.prefix(name.count + 2)) : [UInt8(ascii: "!")]
  }

  /// What a verbatim tag cannot hold is written by its code.
  private static func escaped(_ tag: String) -> [UInt8] {
    tag.utf8.flatMap { byte -> [UInt8] in
      let isPlain =
        byte.isDigit || byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
        || "-_;/?:@&=+$,.!~*'()[]".utf8.contains(byte)
      guard !isPlain else { return [byte] }
      let hex = String(byte, radix: 16, uppercase: true)
      return Array("%\(hex.utf8.count == 1 ? "0" : "")\(hex)".utf8)
    }
  }

  /// Plain scalars that another version of YAML reads otherwise.
  private func scalarSpellings(for version: YAMLVersion) -> [(range: Range<Int>, text: [UInt8])] {
    nodes.indices.compactMap { index in
      let node = nodes[index]
      guard node.kind == .scalar, node.style == .plain, !node.flags.contains(.key),
        !node.flags.contains(.properties) || properties[UInt32(index)]?.tag == nil
      else { return nil }
      let value = scalarValue(of: UInt32(index))
      let text = withTextBytes(of: UInt32(index)) { String(decoding: $0, as: UTF8.self) }
      guard ScalarResolution.plainValue(of: text, version: version) != value else { return nil }
      let writer = ScalarWriter(inFlow: true, quotes: .doubleQuoted, version: version)
      let range = source.withBuffer { ScalarSpan.content(of: node, in: $0) }
      return (range, writer.text(value, style: nil))
    }
  }
}
