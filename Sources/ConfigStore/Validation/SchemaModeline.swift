internal import ConfigDocument

extension Document {
  /// The schema that the file names itself: by a comment at its top, as editors read it, or by a member `$schema`.
  ///
  /// ```yaml
  /// # yaml-language-server: $schema=schemas/service.schema.json
  /// ```
  var namedSchema: SchemaReference? {
    if format == .yaml, let text = modeline { return SchemaReference(text, from: name) }
    guard let root = roots.first, let node = child("$schema", of: root), let text = value(of: node).string else {
      return nil
    }
    return SchemaReference(text, from: name, place: place(of: node))
  }

  /// What the comments above all else say.
  private var modeline: String? {
    for line in source.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let text = line.drop { $0 == 0x20 || $0 == 0x09 || [0xEF, 0xBB, 0xBF].contains($0) }
      if text.isEmpty || text.starts(with: "---".utf8) || text.first == UInt8(ascii: "%") { continue }
      guard text.first == UInt8(ascii: "#") else { return nil }
      let words = String(decoding: text.dropFirst(), as: UTF8.self).split(separator: " ").map(String.init)
      if words.first == "yaml-language-server:", let word = words.first(where: { $0.hasPrefix("$schema=") }) {
        return String(word.dropFirst("$schema=".utf8.count))
      }
      if words.count == 2, words[0] == "$schema:" { return words[1] }
    }
    return nil
  }
}
