/// A JSON object on one line whose last member, `checksum`, is the digest of all that stands before it: so that it shows whether
/// the text is the one that was written, from its beginning to its end, and nobody has to read it as JSON for that.
enum ChecksummedText {
  private static let key: StaticString = "checksum"
  /// Of the last member, with what keeps it apart from the one before.
  private static let length = #", "checksum": "sha256:""#.utf8.count + 64

  /// - Parameter text: Without its line break. Complexity: O(text).
  static func isWhole(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count > length, text.last == UInt8(ascii: "}") else { return false }
    let body = text.dropLast(1 + length)
    var end = JSONWriter(continuing: [])
    end.member(key, Digest(of: body))
    return end.bytes.elementsEqual(text[body.endIndex...].dropLast())
  }

  /// Writes the last member of an object that is the whole of a text.
  static func end(_ out: inout JSONWriter) { out.member(key, Digest(of: out.bytes)) }
}
