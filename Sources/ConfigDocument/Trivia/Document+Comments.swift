/// A comment of a text, and where it stands.
struct SourceComment: CustomStringConvertible {
  /// With its `#`, `//` or `/* */`.
  var range: Range<Int>
  /// The lines without those, and without the blank behind them.
  var text: String

  var description: String { text.split(separator: "\n").first.map(String.init) ?? "" }
}

extension Document {
  /// All comments of the source, in order, whatever edits make of them. Complexity: O(n).
  var comments: [SourceComment] {
    guard format != .json else { return [] }
    return source.withBuffer { source in
      var comments: [SourceComment] = []
      var end = source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      func look(upTo limit: Int) {
        var offset = end
        while offset < limit {
          guard let comment = SourceComment(at: offset, in: source, format: format) else {
            offset += 1
            continue
          }
          comments.append(comment)
          offset = comment.range.upperBound
        }
        end = max(end, limit)
      }
      for node in nodes where node.kind == .scalar || node.kind == .alias {
        // What edits brought stands behind, or elsewhere.
        guard node.flags.isDisjoint(with: [.new, .copied]), Int(node.end) <= source.count else { break }
        let content = ScalarSpan.contentStart(of: node, in: source)
        look(upTo: content)
        if node.isBlockScalar {
          end = BlockScalarSpan(at: content, in: source).indicatorsEnd
          look(upTo: SourceLines.end(of: end, in: source))
        }
        end = max(end, Int(node.end))
      }
      look(upTo: source.count)
      return comments
    }
  }
}

extension SourceComment {
  /// The comment that starts at `offset`, if one does. The offset is in no scalar.
  init?(at offset: Int, in source: UnsafeBufferPointer<UInt8>, format: DocumentFormat) {
    if format == .yaml {
      // libyaml asks for no blank before it.
      guard source[offset] == UInt8(ascii: "#") else { return nil }
      range = offset..<SourceLines.end(of: offset, in: source)
      text = Self.line(source[range].dropFirst())
      return
    }
    guard source[offset] == UInt8(ascii: "/"), offset + 1 < source.count else { return nil }
    if source[offset + 1] == UInt8(ascii: "/") {
      range = offset..<SourceLines.end(of: offset, in: source)
      text = Self.line(source[range].dropFirst(2))
      return
    }
    guard source[offset + 1] == UInt8(ascii: "*") else { return nil }
    var end = offset + 2
    while end + 1 < source.count, !(source[end] == UInt8(ascii: "*") && source[end + 1] == UInt8(ascii: "/")) {
      end += 1
    }
    range = offset..<min(source.count, end + 2)
    let lines = source[offset + 2..<end].split(omittingEmptySubsequences: false, whereSeparator: \.isBreak)
    text = lines.map { Self.line($0[...]).trimmingBlanks }.joined(separator: "\n")
  }

  private static func line(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    let isSpaced = bytes.first == UInt8(ascii: " ")
    return String(decoding: bytes.dropFirst(isSpaced ? 1 : 0), as: UTF8.self)
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    let utf8 = Array(utf8)
    let start = utf8.firstIndex { !$0.isBlank } ?? utf8.endIndex
    let end = utf8.lastIndex { !$0.isBlank }.map { $0 + 1 } ?? start
    return String(decoding: utf8[start..<end], as: UTF8.self)
  }
}
