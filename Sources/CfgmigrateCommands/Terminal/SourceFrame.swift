internal import ConfigDocument

/// The source line of a place and the marks under it, cell by cell.
struct SourceFrame {
  /// The line as it is shown: tabs as spaces, controls as pictures, long lines cut around the place.
  var line: String
  /// Spaces, then `^`, so that they stand under the place.
  var marks: String

  private static let tab = 4
  private static let ellipsis = "…"

  /// - Parameter width: how many cells the line may take.
  init(_ place: SourcePlace, width: Int) {
    // Every scalar's text and its cells, so that the line can be cut between any two.
    var cells: [(text: String, width: Int)] = []
    var column = 0
    for scalar in place.lineText.unicodeScalars {
      let shown = SafeText.shown(scalar)
      let cell: (text: String, width: Int) =
        if scalar == "\t" {
          (String(repeating: " ", count: Self.tab - column % Self.tab), Self.tab - column % Self.tab)
        } else {
          (String(shown), DisplayWidth.of(shown))
        }
      cells.append(cell)
      column += cell.width
    }
    let start = min(max(place.column - 1, 0), cells.count)
    let end = min(start + max(place.length, 1), cells.count)

    var (first, last) = (0, cells.count)
    if column > width {
      // A third of what is shown leads up to the place.
      var before = width / 3
      first = start
      while first > 0, before >= cells[first - 1].width {
        first -= 1
        before -= cells[first].width
      }
      var room = width - 2
      last = first
      while last < cells.count, room >= cells[last].width {
        room -= cells[last].width
        last += 1
      }
    }
    let lead = first > 0 ? Self.ellipsis : ""
    line = lead + cells[first..<last].map(\.text).joined() + (last < cells.count ? Self.ellipsis : "")
    let indent = (first > 0 ? 1 : 0) + cells[first..<start].reduce(0) { $0 + $1.width }
    let length = cells[start..<max(start, min(end, last))].reduce(0) { $0 + $1.width }
    marks = String(repeating: " ", count: indent) + String(repeating: "^", count: max(length, 1))
  }
}
