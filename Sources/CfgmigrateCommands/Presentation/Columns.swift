/// Rows of cells under each other, as wide as the widest of a column; no row ends in a blank.
package struct Columns {
  private var rows: [[String]] = []
  /// Columns whose cells stand at the right.
  package var rightAligned: Set<Int> = []

  package init() {}

  package mutating func add(_ cells: String...) { rows.append(cells.map { SafeText.of($0) }) }

  /// Complexity: O(size of the text).
  package func lines(indent: Int = 2, gap: Int = 2) -> [String] {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? DisplayWidth.of($0[column]) : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = String(repeating: " ", count: indent)
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - DisplayWidth.of(cell))
        line += rightAligned.contains(column) ? padding + cell : cell + padding
        line += String(repeating: " ", count: gap)
      }
      while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
      return line
    }
  }
}

/// Numbers with their nouns.
package enum Counted {
  /// `1 file`, `3 files`.
  package static func of(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
  }
}
