import ConfigDocument

/// What two configurations differ in, whatever their layout.
struct Comparison {
  /// The keys of lists whose order means nothing.
  var sets: Set<String> = []

  /// The documents of a file as values: comments, order of keys and layout do not count. Documents without data are none.
  static func values(_ bytes: [UInt8], _ path: String) throws -> [Value] {
    let format: DocumentFormat = path.hasSuffix(".json") ? .jsonc : .yaml
    let document = try Document(bytes, as: format, named: path)
    return document.roots.map { document.value(of: $0) }.filter { $0 != .null }
  }

  /// The first place at which the values differ; nil where they mean the same.
  func difference(_ old: Value, _ new: Value, at path: String = "") -> String? {
    switch (old, new) {
    case (.object(let a), .object(let b)):
      for (key, value) in a.members {
        guard let other = b[key] else { return "\(path)/\(key) is missing" }
        if let found = difference(value, other, at: "\(path)/\(key)") { return found }
      }
      return b.members.first { a[$0.key] == nil }.map { "\(path)/\($0.key) is too much" }
    case (.array(let a), .array(let b)):
      guard a.count == b.count else { return "\(path) has \(b.count) items, not \(a.count)" }
      let isSet = path.split(separator: "/").last.map { sets.contains(String($0)) } ?? false
      var rest = b
      for (index, item) in a.enumerated() {
        if isSet {
          guard let same = rest.firstIndex(where: { difference(item, $0, at: "\(path)/\(index)") == nil }) else {
            return "\(path) lacks \(item)"
          }
          rest.remove(at: same)
        } else if let found = difference(item, b[index], at: "\(path)/\(index)") {
          return found
        }
      }
      return nil
    default: return old == new ? nil : "\(path) is \(new), not \(old)"
    }
  }
}

/// The comments of a YAML or JSONC text, each as often as it occurs.
enum Comments {
  static func texts(in bytes: [UInt8], isJSON: Bool) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap { line in
      let marks = isJSON ? ["//", "/*"] : ["#"]
      var quote: Character?
      var previous: Character = " "
      for index in line.indices {
        let here = line[index]
        if let open = quote {
          if here == open, previous != "\\" { quote = nil }
        } else if here == "\"" || (here == "'" && !isJSON) {
          quote = here
        } else if previous.isWhitespace || isJSON, let mark = marks.first(where: { line[index...].hasPrefix($0) }) {
          let text = line[index...]
          let end = mark == "/*" ? text.firstRange(of: "*/")?.upperBound ?? text.endIndex : text.endIndex
          return String(text[..<end]).trimmingSpaces
        }
        previous = here
      }
      return nil
    }
  }

  /// The comments of the entries and items at some places, with their marks.
  static func texts(at places: [SourcePlace], in document: Document) -> [String] {
    let mark = document.format == .yaml ? "# " : "// "
    var texts: [String] = []
    var open = document.roots
    while let node = open.popLast() {
      let members =
        document.kind(of: node) == .mapping ? document.entries(of: node).map(\.value) : document.items(of: node)
      for member in members {
        let place = document.place(of: document.key(of: member) ?? member)
        guard places.contains(where: { ($0.file, $0.line, $0.column) == (place.file, place.line, place.column) }) else {
          continue
        }
        texts += [CommentPlace.head, .line, .foot].compactMap { document.comment(of: member, at: $0) }
          .flatMap { $0.split(separator: "\n").map { mark + $0 } }
      }
      open += members
    }
    return texts
  }

  /// The comments of `old` that `new` has not, as often as they are missing.
  static func missing(of old: [String], in new: [String]) -> [String] {
    var rest = new
    return old.filter { comment in
      guard let index = rest.firstIndex(of: comment) else { return true }
      rest.remove(at: index)
      return false
    }
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
