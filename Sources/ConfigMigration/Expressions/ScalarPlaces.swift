import ConfigDocument

/// Where the characters of a scalar's text stand in its file, so that a fault in an embedded language has a column.
struct ScalarPlaces: Sendable {
  private let whole: SourcePlace
  /// The text by lines, each with the place of its first character where that is known.
  private let lines: [(count: Int, place: SourcePlace?)]

  /// - Complexity: O(size of the file).
  init(_ text: String, writtenAt node: NodeID, of document: Document) {
    let scalar = document.resolved(node)
    let whole = document.place(of: scalar)
    self.whole = whole
    let parts = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    if parts.count == 1, let place = Self.start(of: text, on: whole) {
      lines = [(text.unicodeScalars.count, place)]
      return
    }
    // Of the other styles only a block has its text as it is, on the lines behind its header.
    let source = Self.lines(of: document, from: whole.line, count: parts.count)
    lines = parts.enumerated().map { index, part in
      guard let line = index < source.count ? source[index] : nil else { return (part.count, nil) }
      return (part.count, Self.start(of: part, asRestOf: line, number: whole.line + 1 + index, file: whole.file))
    }
  }

  /// The place of the character at `offset`, in Unicode scalars; of the whole where it is not known, or nil is asked for.
  func place(at offset: Int?) -> SourcePlace {
    guard var rest = offset else { return whole }
    for (index, line) in lines.enumerated() {
      if rest <= line.count || index == lines.count - 1 {
        guard var place = line.place else { return whole }
        place.column += min(rest, line.count)
        place.length = 1
        return place
      }
      rest -= line.count + 1
    }
    return whole
  }

  /// The first character of a text of one line: at the place, or behind its quote. A text with escapes has none.
  private static func start(of text: String, on place: SourcePlace) -> SourcePlace? {
    let line = Array(place.lineText.unicodeScalars)
    let wanted = Array(text.unicodeScalars)
    for start in [place.column - 1, place.column] where start >= 0 && start + wanted.count <= line.count {
      guard line[start..<start + wanted.count].elementsEqual(wanted) else { continue }
      var found = place
      found.column = start + 1
      return found
    }
    return nil
  }

  /// A line of a block is the rest of a line of the file, behind its indentation.
  private static func start(
    of part: Substring.UnicodeScalarView, asRestOf line: String, number: Int, file: String
  ) -> SourcePlace? {
    let scalars = Array(line.unicodeScalars)
    guard scalars.count >= part.count, scalars.suffix(part.count).elementsEqual(part),
      scalars.dropLast(part.count).allSatisfy({ $0 == " " })
    else { return nil }
    return SourcePlace(file: file, line: number, column: scalars.count - part.count + 1, lineText: line)
  }

  /// The lines of the file behind a line.
  private static func lines(of document: Document, from line: Int, count: Int) -> [String] {
    document.source.split(separator: UInt8(ascii: "\n"), maxSplits: line + count, omittingEmptySubsequences: false)
      .dropFirst(line).prefix(count).map { bytes in
        String(decoding: bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes, as: UTF8.self)
      }
  }
}
