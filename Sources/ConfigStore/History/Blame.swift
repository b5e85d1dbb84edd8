public import ConfigDocument

/// Where a line of a file comes from.
public struct BlamedLine: Hashable, Sendable {
  public enum Origin: Hashable, Sendable {
    /// It was there before every run that is on record.
    case original
    /// Somebody wrote it after that run.
    case edited(after: RunID)
    /// A run wrote it.
    case migrated(Migration)
  }

  public struct Migration: Hashable, Sendable {
    public var run: RunID
    public var time: Timestamp
    /// Of the transformers that touched the line; more than one where a line was changed by several.
    public var operations: [Operation]
    /// The lines that stood in its place before.
    public var before: [String]
  }

  public struct Operation: Hashable, Sendable {
    /// As `from → to`.
    public var transformer: String
    public var name: String
    /// Where the operation is written, as `file:line:column`.
    public var place: String?
  }

  /// From 1.
  public var number: Int
  public var text: String
  public var origin: Origin
}

extension DirectoryHistory {
  /// Where each line of a file comes from: the newest run that wrote it, and with which operation.
  ///
  /// - Parameter path: relative to the directory.
  /// - Throws: `io-error` where there is no such file; `backup-damaged`.
  /// - Complexity: O(runs · size of the file), as long as few lines differ.
  public func blame(_ path: RelativePath) throws(Diagnostic) -> [BlamedLine] {
    guard let contents = try transactions.root.contents(at: path) else {
      throw Diagnostic(.ioError, "there is no file \(path) in the directory", hint: "Name a file of the directory")
    }
    let lines = contents.bytes.lineTexts
    var blamed: [BlamedLine] = lines.enumerated().map { BlamedLine(number: $0 + 1, text: $1, origin: .original) }
    // The lines that nothing is known of yet, and what they are in the text that is looked at.
    var open = Array(lines.indices)
    var text = lines
    for record in try ledger().effective.reversed() where record.files.contains(where: { $0.path == path }) {
      guard record.description.kind != .restore, let written = try written(path, by: record) else { break }
      // Edits between this run and the next one.
      let kept = Self.matching(text, in: written.after)
      for (index, line) in open.enumerated() where kept[index] == nil {
        blamed[line].origin = .edited(after: record.run)
      }
      let carried = zip(open, kept).compactMap { line, place in place.map { (line: line, place: $0) } }
      open = []
      text = []
      for (line, place) in carried {
        if let hunk = written.hunk(at: place) {
          blamed[line].origin = .migrated(
            .init(
              run: record.run, time: record.time, operations: hunk.authors.map { written.operation($0) },
              before: hunk.old.filter { $0 < written.before.count }.map { written.before[$0] }))
        } else if let old = written.oldLine(of: place) {
          open.append(line)
          text.append(written.before[old])
        }
      }
    }
    return blamed
  }

  /// For each line its place in another text, where it stands there unchanged.
  private static func matching(_ lines: [String], in other: [String]) -> [Int?] {
    var places: [Int?] = Array(repeating: nil, count: lines.count)
    let difference = other.difference(from: lines)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var place = 0
    for index in lines.indices where !removed.contains(index) {
      while inserted.contains(place) { place += 1 }
      places[index] = place
      place += 1
    }
    return places
  }

  /// What a run did to one file; nil where it is not on record.
  private func written(_ path: RelativePath, by record: LedgerRecord) throws(Diagnostic) -> WrittenFile? {
    let backup = try backup(of: record.run)
    func attachment(_ name: String) throws(Diagnostic) -> [UInt8]? {
      guard let kept = backup.attachments.first(where: { $0.name == name }) else { return nil }
      return try transactions.bytes(of: kept)
    }
    guard let after = try attachment(ConfigurationDirectory.attachmentName(of: path)),
      let bytes = try attachment(Provenance.attachmentName), let value = try? readJSON(bytes, named: "provenance"),
      let provenance = Provenance(value), let hunks = provenance.files[path.description]
    else { return nil }
    var before: [String] = []
    if let kept = backup.files.first(where: { $0.path == path }) { before = try self.bytes(of: kept).lineTexts }
    return WrittenFile(
      before: before, after: after.lineTexts, hunks: hunks, entries: provenance.entries[path.description] ?? [],
      provenance: provenance)
  }
}

/// One file of one run.
private struct WrittenFile {
  var before: [String]
  var after: [String]
  var hunks: [Provenance.Hunk]
  var entries: [Provenance.Hunk]
  var provenance: Provenance

  func operation(_ index: Int) -> BlamedLine.Operation {
    let author = provenance.authors[index]
    return .init(transformer: author.transformer, name: author.operation, place: author.place)
  }

  /// What wrote a line: the innermost entry around it that an operation wrote, with its one line of before where lines only moved.
  func hunk(at line: Int) -> Provenance.Hunk? {
    guard let hunk = hunks.first(where: { $0.new.contains(line) }) else { return nil }
    guard var entry = entries.last(where: { $0.new.contains(line) }) else { return hunk }
    if entry.old.count == entry.new.count {
      let old = entry.old.lowerBound + line - entry.new.lowerBound
      entry.old = old..<old + 1
    }
    return entry
  }

  /// The line that an unchanged line was before the run.
  func oldLine(of line: Int) -> Int? {
    var shift = 0
    for hunk in hunks where hunk.new.upperBound <= line { shift = hunk.old.upperBound - hunk.new.upperBound }
    let old = line + shift
    return before.indices.contains(old) ? old : nil
  }
}

extension [UInt8] {
  /// The lines without their breaks.
  fileprivate var lineTexts: [String] {
    var lines = split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { String(decoding: $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0, as: UTF8.self) }
  }
}
