/// The text that replaces a match: `$1`, `${12}` and `${name}` stand for groups, `$0` for the match, `$$` for `$`.
public struct Substitution: Hashable, Sendable {
  private enum Part: Hashable, Sendable {
    case text([UInt8])
    case group(Int)
  }

  private var parts: [Part] = []

  /// - Throws: `syntax` where the template is malformed or names a group that `pattern` does not have.
  public init(_ template: String, for pattern: Pattern) throws(PatternError) {
    let scalars = Array(template.unicodeScalars)
    var text = ""
    var index = 0
    while index < scalars.count {
      guard scalars[index] == "$" else {
        text.unicodeScalars.append(scalars[index])
        index += 1
        continue
      }
      let start = index
      index += 1
      var name = ""
      if index < scalars.count, scalars[index] == "$" {
        text += "$"
        index += 1
        continue
      } else if index < scalars.count, scalars[index] == "{" {
        guard let close = scalars[index...].firstIndex(of: "}") else {
          throw PatternError(.syntax, "this ${ is never closed", at: start)
        }
        name.unicodeScalars.append(contentsOf: scalars[(index + 1)..<close])
        index = close + 1
      } else {
        while index < scalars.count, scalars[index].decimalDigit != nil {
          name.unicodeScalars.append(scalars[index])
          index += 1
        }
      }
      guard !name.isEmpty else {
        throw PatternError(.syntax, "$ wants a group's number or ${name}; a dollar sign is written $$", at: start)
      }
      let number = Int(name) ?? pattern.groupNames.first { $0.name.utf8.elementsEqual(name.utf8) }?.number
      guard let number, 0...pattern.groupCount ~= number else {
        throw PatternError(.syntax, "the pattern has no group \(name)", at: start)
      }
      if !text.isEmpty { parts.append(.text(Array(text.utf8))) }
      text = ""
      parts.append(.group(number))
    }
    if !text.isEmpty { parts.append(.text(Array(text.utf8))) }
  }

  fileprivate func append(_ groups: [Range<Int>?], of text: [UInt8], to out: inout [UInt8]) {
    for part in parts {
      switch part {
      case .text(let bytes): out += bytes
      case .group(let number): if let range = groups[number] { out += text[range] }
      }
    }
  }
}

extension Pattern {
  /// A match with its groups: 0 is the whole match; nil for a group that took no part.
  public struct Match: Hashable, Sendable {
    public var groups: [String?]
  }

  /// The first match in `text`, or nil.
  public func firstMatch(
    in text: String, using workspace: MatchWorkspace = MatchWorkspace()
  ) throws(PatternError) -> Match? {
    let bytes = Array(text.utf8)
    guard let groups = try firstMatch(in: bytes, in: workspace) else { return nil }
    return Match(groups: groups.map { $0.map { String(decoding: bytes[$0], as: UTF8.self) } })
  }

  /// `text` with every match replaced, from left to right; nil where nothing matches.
  ///
  /// An empty match right after another match does not count.
  public func replacingMatches(
    in text: String, with substitution: Substitution, using workspace: MatchWorkspace = MatchWorkspace()
  ) throws(PatternError) -> String? {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    var copied = 0
    var start = 0
    var lastEnd: Int?
    while start <= bytes.count {
      let groups = try firstMatch(in: bytes, from: start, allowingEmptyAtStart: lastEnd != start, in: workspace)
      guard let groups, let whole = groups[0] else { break }
      out += bytes[copied..<whole.lowerBound]
      substitution.append(groups, of: bytes, to: &out)
      copied = whole.upperBound
      lastEnd = whole.upperBound
      // `\K` in a look-behind could end a match before its start; never go back.
      start = max(start, whole.upperBound)
    }
    guard lastEnd != nil else { return nil }
    out += bytes[copied...]
    return String(decoding: out, as: UTF8.self)
  }
}
