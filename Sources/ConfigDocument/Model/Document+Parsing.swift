/// The parsers of record, and what is judged before them.
extension Document {
  static func parse(
    _ source: [UInt8], as format: DocumentFormat, named name: String
  ) throws(Diagnostic) -> Tree {
    if source.looksLikeUTF16 {
      throw Diagnostic(
        .notUTF8, "the file is UTF-16, and configuration files are read as UTF-8",
        at: SourcePlace(file: name, line: 1, column: 1), hint: "convert it: iconv -f UTF-16 -t UTF-8")
    }
    switch format {
    case .yaml:
      return try source.withThrowingBuffer { buffer throws(Diagnostic) in try YAMLReader.read(buffer, named: name) }
    case .json:
      return try readJSON(source, original: source, named: name)
    case .jsonc:
      let (blanked, unterminated) = JSONComments.blanked(source)
      if let offset = unterminated {
        let place = source.withBuffer { SourcePlace(of: offset, to: offset + 2, in: $0, file: name) }
        throw Diagnostic(.jsonSyntax, "this comment has no end", at: place, hint: "close it with */")
      }
      return try readJSON(blanked, original: source, named: name)
    }
  }

  private static func readJSON(
    _ text: [UInt8], original: [UInt8], named name: String
  ) throws(Diagnostic) -> Tree {
    if let offset = original.firstInvalidUTF8 {
      let place = original.withBuffer { SourcePlace(of: offset, to: offset + 1, in: $0, file: name) }
      throw Diagnostic(.notUTF8, "the file is not UTF-8", at: place, hint: "convert it, for example with iconv")
    }
    do throws(Diagnostic) {
      let tree = try text.withThrowingBuffer { buffer throws(Diagnostic) in try JSONScanner.read(buffer, named: name) }
      guard let (message, offset) = text.withBuffer({ JanssonJudge.objection(to: $0) }) else { return tree }
      let place = original.withBuffer { SourcePlace(of: offset, to: offset + 1, in: $0, file: name) }
      throw Diagnostic(.jsonSyntax, "jansson rejects it: \(message)", at: place)
    } catch {
      // The blanked text is the same length; the line shown must be the one that was written.
      guard let place = error.place, text != original else { throw error }
      var error = error
      error.place?.lineText = original.line(place.line)
      throw error
    }
  }
}

extension [UInt8] {
  /// The bytes as a buffer, for a call that may throw a diagnostic.
  func withThrowingBuffer<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    let outcome: Swift.Result<Result, Diagnostic> = withUnsafeBufferPointer { buffer in
      do throws(Diagnostic) { return .success(try body(buffer)) } catch { return .failure(error) }
    }
    return try outcome.get()
  }

  func withBuffer<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    withUnsafeBufferPointer(body)
  }

  /// The offset of the first byte that is no UTF-8; nil where there is none. Complexity: O(n).
  var firstInvalidUTF8: Int? {
    do throws(UTF8.ValidationError) { _ = try UTF8Span(validating: span) } catch { return error.byteOffsets.lowerBound }
    return nil
  }

  /// Whether the first character takes two bytes: behind the mark of UTF-16, or with a zero in one of them. No format has text
  /// that starts with NUL, or has one behind its first character.
  fileprivate var looksLikeUTF16: Bool {
    guard count >= 2 else { return false }
    return self[0] == 0xFF && self[1] == 0xFE || self[0] == 0xFE && self[1] == 0xFF || (self[0] == 0) != (self[1] == 0)
  }

  /// The text of a line, from 1.
  fileprivate func line(_ number: Int) -> String {
    withBuffer { source in
      var start = 0
      for _ in 1..<Swift.max(1, number) { start = SourceLines.next(after: start, in: source) }
      return String(decoding: source[start..<SourceLines.end(of: start, in: source)], as: UTF8.self)
    }
  }
}
