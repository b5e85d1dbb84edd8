package import ConfigDocument
package import ConfigStore

/// One script: its name, its text, and what it says of itself.
package struct MigrationScript: Sendable {
  package var name: ScriptName
  /// To show.
  package var path: String
  package var source: [UInt8]
  package var header: ScriptHeader
  /// Of the text without a byte order mark and with LF at the ends of lines, so that a checkout with other line ends is
  /// the same script.
  package var checksum: Digest

  /// - Throws: `script-name`, `script-header`.
  package init(_ source: [UInt8], file: String, path: String) throws(Diagnostic) {
    name = try ScriptName(file)
    self.path = path
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    self.source = source.starts(with: mark) ? Array(source.dropFirst(3)) : source
    header = try ScriptHeader(of: self.source, named: path)
    checksum = Digest(of: Self.withPlainLineEnds(self.source))
  }

  package var version: ScriptVersion? { name.version }

  package func place(of offset: Int, count: Int = 1) -> SourcePlace {
    SourcePlace(ofByte: offset, count: count, in: source, file: path)
  }

  private static func withPlainLineEnds(_ source: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(source.count)
    for (index, byte) in source.enumerated() {
      if byte == 0x0D, index + 1 < source.count, source[index + 1] == 0x0A { continue }
      out.append(byte)
    }
    return out
  }
}
