package import ConfigDocument
internal import DataMigration

/// One migration as it is checked: its text, where it runs, and the findings so far.
struct MigrationText {
  let path: String
  let source: [UInt8]

  func place(_ offset: Int, count: Int = 1) -> SourcePlace {
    SourcePlace(ofByte: offset, count: count, in: source, file: path)
  }

  /// The place of a stretch of one line; both numbers count from 1.
  func place(line: Int, column: Int, length: Int = 1) -> SourcePlace {
    var start = 0
    for _ in 1..<max(1, line) {
      guard let end = source[start...].firstIndex(of: 0x0A) else { break }
      start = end + 1
    }
    return place(start + max(0, column - 1), count: length)
  }
}

/// What the check of one migration found.
package struct CheckedMigration: Sendable {
  package var path: String
  package var findings: [Diagnostic]
  /// The findings that somebody answers for.
  package var waived: [WaivedFinding]
}

/// A finding that is accepted, by whom, and why.
package struct WaivedFinding: Hashable, Sendable {
  package var finding: Diagnostic
  package var owner: String
  package var reason: String
}
