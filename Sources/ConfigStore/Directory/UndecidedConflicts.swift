import ConfigDocument
import ConfigMigration

extension ConfigurationSet {
  /// The places that a way back left to decide, by the comments that it wrote there. Warnings.
  ///
  /// Complexity: O(bytes).
  func undecidedConflicts() -> [Diagnostic] {
    let sign = Array(ConflictMarker.sign.utf8)
    return files.flatMap { file in
      guard file.bytes.firstRange(of: sign) != nil else { return [Diagnostic]() }
      return file.bytes.lines.enumerated().compactMap { number, line in
        guard let found = line.firstRange(of: sign),
          line[..<found.lowerBound].contains(where: { "#/*".utf8.contains($0) })
        else { return nil }
        let column = String(decoding: line[..<found.lowerBound], as: UTF8.self).unicodeScalars.count + 1
        return Diagnostic(
          .conflictUndecided, "a conflict of a way back is left to decide", severity: .warning,
          at: SourcePlace(
            file: file.path, line: number + 1, column: column,
            length: sign.count, lineText: String(decoding: line.filter { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)),
          hint: "Write what is meant, and remove the comment")
      }
    }
  }
}
