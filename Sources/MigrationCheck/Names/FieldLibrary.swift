package import ConfigDocument

/// The names that a company's fields have: a CSV file with the columns `name`, `description` and `discouraged`, whose
/// third lists other names for the same, parted by `;`.
package struct FieldLibrary: Sendable {
  private var descriptions: [String: String] = [:]
  /// The name to be used, by the one that is not to be.
  private var preferred: [String: String] = [:]

  /// - Throws: `field-library`.
  package init(csv source: [UInt8], named path: String) throws(Diagnostic) {
    let rows = try CommaSeparatedText.rows(of: source, named: path)
    guard let header = rows.first?.cells.map({ $0.lowercased() }), let name = header.firstIndex(of: "name"),
      let description = header.firstIndex(of: "description"), let discouraged = header.firstIndex(of: "discouraged")
    else {
      throw Diagnostic(
        .fieldLibrary, "the first line does not name the columns", at: SourcePlace(ofLine: 1, in: path),
        hint: "Begin with `name,description,discouraged`")
    }
    for row in rows.dropFirst() {
      guard row.cells.count == header.count, !row.cells[name].isEmpty else {
        throw Diagnostic(
          .fieldLibrary, "this line has \(row.cells.count) cells or no name, and the first has \(header.count)",
          at: SourcePlace(ofLine: row.line, in: path), hint: "Put a cell that holds a comma in quotes")
      }
      let key = row.cells[name].lowercased()
      guard descriptions[key] == nil else {
        throw Diagnostic(
          .fieldLibrary, "`\(row.cells[name])` is listed twice", at: SourcePlace(ofLine: row.line, in: path),
          hint: "Keep one of the two")
      }
      descriptions[key] = row.cells[description]
      for other in row.cells[discouraged].split(separator: ";") {
        let other = String(other.filter { !$0.isWhitespace }).lowercased()
        if !other.isEmpty { preferred[other] = row.cells[name] }
      }
    }
  }

  /// What is to be said of a name; nil where it is listed.
  func finding(on name: String, at place: SourcePlace) -> Diagnostic? {
    let key = name.lowercased()
    if descriptions[key] != nil { return nil }
    if let better = preferred[key] {
      let means = descriptions[better.lowercased()].map { " (\($0))" } ?? ""
      return Diagnostic(
        .nameDiscouraged, "`\(name)` is called `\(better)` in the field library\(means)", at: place,
        hint: "Name it `\(better)`")
    }
    let near = SpellingSuggestion.didYouMean(name, among: descriptions.keys.sorted())
    return Diagnostic(
      .nameUnknown, "`\(name)` is not in the field library", severity: .warning, at: place,
      hint: near.map { "D" + $0.dropFirst() } ?? "Use a name that is there, or have it added with its description")
  }
}

/// Text in commas, by RFC 4180.
enum CommaSeparatedText {
  struct Row {
    var line: Int
    var cells: [String]
  }

  static func rows(of source: [UInt8], named path: String) throws(Diagnostic) -> [Row] {
    var rows: [Row] = []
    var cells: [String] = []
    var cell: [UInt8] = []
    var (line, start) = (1, 1)
    var isQuoted = false
    var bytes = source[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    let endCell = {
      let text = String(decoding: cell, as: UTF8.self)
      cells.append(String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()))
      cell = []
    }
    let endRow = {
      endCell()
      if cells != [""] { rows.append(Row(line: start, cells: cells)) }
      cells = []
    }
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "\"") where isQuoted && bytes.first == byte:
        cell.append(byte)
        bytes.removeFirst()
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted: endCell()
      case 0x0A where !isQuoted:
        endRow()
        line += 1
        start = line
      default:
        if byte == 0x0A { line += 1 }
        cell.append(byte)
      }
    }
    if isQuoted {
      throw Diagnostic(
        .fieldLibrary, "a quote that begins in this line does not end", at: SourcePlace(ofLine: start, in: path),
        hint: "Close it; a quote within a cell is written twice")
    }
    endRow()
    return rows
  }
}

extension SourcePlace {
  fileprivate init(ofLine line: Int, in path: String) { self.init(file: path, line: line, column: 1) }
}
