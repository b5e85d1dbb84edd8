package import ConfigDocument

/// The lines of a text that cannot be parsed which may hold a secret, by its keys, brackets and indentation alone.
///
/// Rather a line too many than one with a secret: what stands below a key that names one counts, what follows an open
/// bracket or quote, and what is anchored where an alias stands for it.
package struct SuspectLines: Sendable {
  private var suspects: Set<[UInt8]> = []

  /// - Parameter keys: the last keys of the addresses of secrets; nil where any value may be one.
  /// - Complexity: O(size of the text × keys × aliases in lines that are suspect).
  package init(of bytes: [UInt8], keys: Set<String>?) {
    let lines = Self.lines(of: bytes).map { SourceLine($0) }
    guard let keys else {
      suspects = Set(lines.map(\.bytes))
      return
    }
    var names = keys.map { Array($0.utf8) }
    while true {
      let found = Self.suspects(among: lines, naming: names)
      suspects = Set(found.map(\.bytes))
      let anchors = found.flatMap(\.aliases).map { [UInt8(ascii: "&")] + $0 }
      let new = anchors.filter { !names.contains($0) }
      guard !new.isEmpty else { return }
      names += new
    }
  }

  /// Whether a line, or one that reads the same, may hold a secret.
  package func contain(_ line: String) -> Bool {
    Self.lines(of: Array(line.utf8)).contains { suspects.contains(SourceLine($0).bytes) }
  }

  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
  }

  private static func suspects(among lines: [SourceLine], naming names: [[UInt8]]) -> [SourceLine] {
    var found: [SourceLine] = []
    var region: Region?
    for line in lines {
      if var open = region {
        if open.takes(line) {
          found.append(line)
          region = open
          continue
        }
        region = nil
      }
      guard let name = line.range(ofAny: names) else { continue }
      found.append(line)
      region = Region(openedBy: line, at: name)
    }
    return found
  }
}

extension Diagnostic {
  /// The error without the lines of its file that may hold a secret.
  package func hiding(_ suspects: SuspectLines) -> Diagnostic { hiding { _ in suspects } }

  /// The error without the lines that may hold a secret.
  /// - Parameter suspects: those of a place's file; nil where its lines are shown.
  package func hiding(_ suspects: (SourcePlace) -> SuspectLines?) -> Diagnostic {
    func hidden(_ place: SourcePlace) -> SourcePlace {
      guard suspects(place)?.contain(place.lineText) == true else { return place }
      var place = place
      place.lineText = ""
      return place
    }
    var error = self
    error.place = place.map(hidden)
    error.related = related.map { .init($0.message, at: hidden($0.place)) }
    return error
  }
}

private struct SourceLine {
  var bytes: [UInt8]

  init(_ line: ArraySlice<UInt8>) { bytes = Array(line) }

  var indentation: Int { bytes.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count }
  var isBlank: Bool { indentation == bytes.count }

  /// Where the first of the names stands. An escape may spell any name.
  func range(ofAny names: [[UInt8]]) -> Range<Int>? {
    for index in bytes.indices {
      let rest = bytes[index...]
      if Self.escapes.contains(where: { rest.starts(with: $0) }) {
        return index..<(rest.firstIndex(of: UInt8(ascii: "\"")) ?? rest.endIndex)
      }
      guard index == 0 || !Self.isOfWord(bytes[index - 1]) else { continue }
      let name = names.first { name in
        rest.starts(with: name) && rest.dropFirst(name.count).first.map(Self.isOfWord) != true
      }
      if let name { return index..<index + name.count }
    }
    return nil
  }

  /// A longer key is another key.
  private static func isOfWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static let escapes = ["\\u", "\\x"].map { Array($0.utf8) }

  /// The names behind `*`.
  var aliases: [[UInt8]] {
    bytes.indices.filter { bytes[$0] == UInt8(ascii: "*") }.compactMap { index in
      let name = bytes[(index + 1)...].prefix { !Set(" ,]}\t".utf8).contains($0) }
      return name.isEmpty ? nil : Array(name)
    }
  }
}

/// What a key that names a secret holds, as far as lines tell.
private struct Region {
  /// The column of the key.
  private let indentation: Int
  private var depth = 0
  private var quote: UInt8?
  /// Whether nothing but marks has followed the key yet.
  private var isEmpty = true

  init(openedBy line: SourceLine, at name: Range<Int>) {
    let quotes = Set("\"'".utf8)
    let isQuoted = name.lowerBound > 0 && quotes.contains(line.bytes[name.lowerBound - 1])
    indentation = name.lowerBound - (isQuoted ? 1 : 0)
    let rest = line.bytes[name.upperBound...]
    scan(rest.first.map(quotes.contains) == true ? rest.dropFirst() : rest)
  }

  /// Whether the line belongs to it too.
  mutating func takes(_ line: SourceLine) -> Bool {
    let isItem = line.indentation == indentation && line.bytes.dropFirst(indentation).first == UInt8(ascii: "-")
    guard line.isBlank || depth > 0 || quote != nil || isEmpty || line.indentation > indentation || isItem else {
      return false
    }
    scan(line.bytes[...])
    return true
  }

  private mutating func scan(_ text: ArraySlice<UInt8>) {
    var isEscaped = false
    for byte in text {
      if let open = quote {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\"), open == UInt8(ascii: "\"") {
          isEscaped = true
        } else if byte == open {
          quote = nil
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        quote = byte
        isEmpty = false
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: ":"): continue
      default: isEmpty = false
      }
    }
  }
}
