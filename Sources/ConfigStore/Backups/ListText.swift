/// A file that begins with a line of JSON, behind which objects may stand: the list of a backup, and the journal of its run.
enum ListText {
  /// The line, with its break.
  static func line(of bytes: [UInt8]) -> [UInt8] {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")), end + 1 < bytes.count else { return bytes }
    return Array(bytes[...end])
  }
}
