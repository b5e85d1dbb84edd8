package import ConfigDocument

/// A real file as someone else might have saved it.
package enum FileVariant: CaseIterable, Sendable {
  case asIs, crlf, noFinalNewline, byteOrderMark, indentedRoot, trailingNoise

  /// The text in this variant; nil where it means something else then, or nothing.
  package func text(of source: [UInt8], as format: DocumentFormat) -> [UInt8]? {
    let text = changed(source, format)
    guard self != .asIs else { return text }
    guard let before = try? Document(source, as: format, named: "before"),
      let after = try? Document(text, as: format, named: "after"),
      ModelNode.roots(of: before).map({ $0.dump() }) == ModelNode.roots(of: after).map({ $0.dump() })
    else { return nil }
    return text
  }

  private func changed(_ source: [UInt8], _ format: DocumentFormat) -> [UInt8] {
    switch self {
    case .asIs: return source
    case .crlf: return source.contains(13) ? source : source.flatMap { $0 == 10 ? [13, 10] : [$0] }
    case .noFinalNewline:
      var text = source
      while text.last == 10 || text.last == 13 { text.removeLast() }
      return text
    case .byteOrderMark: return source.first == 0xEF ? source : [0xEF, 0xBB, 0xBF] + source
    case .indentedRoot:
      let lines = source.split(separator: 10, omittingEmptySubsequences: false)
      return Array(lines.map { $0.isEmpty ? [] : [32, 32] + $0 }.joined(separator: [10]))
    case .trailingNoise: return source + (format == .yaml ? Array("\n  \n# @900@\n\n".utf8) : [32, 10, 10])
    }
  }

  /// The text with a mark on each comment that can be seen without its parser, so that ``CommentMarks`` can follow it.
  package static func marked(_ source: [UInt8], as format: DocumentFormat) -> [UInt8] {
    guard format != .json else { return source }
    let sign: [UInt8] = Array((format == .yaml ? "#" : "//").utf8)
    var count = 0
    let lines = source.split(separator: 10, omittingEmptySubsequences: false).map { line -> [UInt8] in
      let hasReturn = line.last == 13
      let text = hasReturn ? line.dropLast() : line
      let isComment = text.drop { $0 == 32 || $0 == 9 }.starts(with: sign)
      let hasComment = format == .yaml && !text.contains(34) && !text.contains(39) && Self.holdsComment(text)
      guard isComment || hasComment else { return Array(line) }
      count += 1
      return Array(text) + Array(" @\(count)@".utf8) + (hasReturn ? [13] : [])
    }
    let marked = Array(lines.joined(separator: [10]))
    return (try? Document(marked, as: format, named: "marked")) == nil ? source : marked
  }

  private static func holdsComment(_ line: ArraySlice<UInt8>) -> Bool {
    zip(line, line.dropFirst()).contains { $0 == 32 && $1 == 35 }
  }
}
