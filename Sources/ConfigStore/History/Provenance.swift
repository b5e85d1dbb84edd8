import ConfigDocument
import ConfigMigration

/// Which operation wrote which lines of the files that a run changed. It travels with the run's backup.
struct Provenance: Hashable {
  struct Author: Hashable {
    var transformer: String
    var operation: String
    var place: String?
  }

  /// Lines of the new text, from 0, that stand for lines of the old one. Either may be empty.
  struct Hunk: Hashable {
    var old: Range<Int>
    var new: Range<Int>
    /// Indices into the authors; nobody for the way down.
    var authors: [Int]
  }

  static let attachmentName = "provenance.json"

  var authors: [Author] = []
  /// By the path in the directory.
  var files: [String: [Hunk]] = [:]
  /// The same for single entries and items, where that is known better than from the lines that differ; also by path.
  var entries: [String: [Hunk]] = [:]

  /// - Parameter name: the path of a file of the plan in the directory.
  init(of plan: Plan, product: Product, name: (String) -> String) {
    var indices: [EditAuthor: Int] = [:]
    for record in plan.authors {
      indices[record.author] = authors.count
      authors.append(
        Author(transformer: record.transformer, operation: record.operation, place: record.place?.description))
    }
    for file in plan.files where file.isChanged {
      let (old, new) = (LineOffsets(file.old), LineOffsets(file.new))
      var hunks: [Hunk] = []
      for change in file.changes {
        let hunk = Hunk(
          old: old.lines(of: change.source), new: new.lines(of: change.replacement),
          authors: indices[change.author].map { [$0] } ?? [])
        // Two changes of one line are one hunk.
        if let last = hunks.last, hunk.old.lowerBound < last.old.upperBound || hunk.new.lowerBound < last.new.upperBound
        {
          hunks[hunks.count - 1].old = last.old.lowerBound..<max(last.old.upperBound, hunk.old.upperBound)
          hunks[hunks.count - 1].new = last.new.lowerBound..<max(last.new.upperBound, hunk.new.upperBound)
          for author in hunk.authors where !last.authors.contains(author) {
            hunks[hunks.count - 1].authors.append(author)
          }
        } else {
          hunks.append(hunk)
        }
      }
      files[name(file.path)] = hunks
      entries[name(file.path)] = Self.entries(of: file, product: product, authors: indices)
    }
  }

  /// The lines of what was written, renamed or moved, outer ones first. Empty where a text cannot be read.
  private static func entries(
    of file: Plan.PlannedFile, product: Product, authors: [EditAuthor: Int]
  ) -> [Hunk] {
    let format = product.format(of: file.path)
    guard !file.edits.isEmpty,
      let old = try? Document(file.old, as: format, named: file.path, yaml: product.yaml),
      let new = try? Document(file.new, as: format, named: file.path, yaml: product.yaml)
    else { return [] }
    return file.edits.compactMap { edit in
      guard let author = authors[edit.author], let node = new.node(at: edit.pointer, root: edit.root) else {
        return nil
      }
      let lines = new.lines(of: node)
      return Hunk(
        old: edit.isInSource ? old.lines(of: edit.node) : lines.lowerBound..<lines.lowerBound, new: lines,
        authors: [author])
    }
  }
}

/// Where the lines of a text start.
private struct LineOffsets {
  private var starts: [Int] = [0]
  private let count: Int

  init(_ bytes: [UInt8]) {
    count = bytes.count
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") && index + 1 < bytes.count {
      starts.append(index + 1)
    }
  }

  private func line(at offset: Int) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The lines that a range of bytes touches; none where it is empty and lies between two lines.
  func lines(of range: Range<Int>) -> Range<Int> {
    if range.lowerBound >= count, range.isEmpty { return starts.count..<starts.count }
    let first = line(at: range.lowerBound)
    if range.isEmpty { return starts[first] == range.lowerBound ? first..<first : first..<first + 1 }
    let last = line(at: range.upperBound - 1)
    return first..<last + 1
  }
}

extension Provenance {
  var value: Value {
    [
      "cfgmigrate": .number(Number(StateDirectory.format)),
      "authors": .array(
        authors.map {
          [
            "transformer": .string($0.transformer), "operation": .string($0.operation),
            "place": $0.place.map(Value.string) ?? .null,
          ]
        }),
      "files": .object(
        Object(files.sorted { $0.key < $1.key }.map { (key: $0.key, value: .array($0.value.map(\.value))) })),
      "entries": .object(
        Object(entries.sorted { $0.key < $1.key }.map { (key: $0.key, value: .array($0.value.map(\.value))) })),
    ]
  }

  init?(_ value: Value) {
    guard let object = value.object, let authors = object["authors"]?.array, let files = object["files"]?.object else {
      return nil
    }
    for author in authors {
      guard let transformer = author.object?["transformer"]?.string,
        let operation = author.object?["operation"]?.string
      else { return nil }
      self.authors.append(
        Author(transformer: transformer, operation: operation, place: author.object?["place"]?.string))
    }
    guard let hunks = Self.hunks(in: files, authors: authors.count),
      let entries = Self.hunks(in: object["entries"]?.object ?? Object(), authors: authors.count)
    else { return nil }
    (self.files, self.entries) = (hunks, entries)
  }

  private static func hunks(in files: Object, authors: Int) -> [String: [Hunk]]? {
    var known: [String: [Hunk]] = [:]
    for (path, hunks) in files.members {
      let read = (hunks.array ?? []).map { Hunk($0, authors: authors) }
      guard !read.contains(nil) else { return nil }
      known[path] = read.compactMap(\.self)
    }
    return known
  }
}

extension Provenance.Hunk {
  fileprivate var value: Value {
    let numbers = [old.lowerBound, old.count, new.lowerBound, new.count] + authors
    return .array(numbers.map { .number(Number($0)) })
  }

  fileprivate init?(_ value: Value, authors count: Int) {
    let numbers = (value.array ?? []).map { $0.int ?? -1 }
    guard numbers.count >= 4, numbers.allSatisfy({ $0 >= 0 && $0 < 1 << 40 }),
      numbers.dropFirst(4).allSatisfy({ $0 < count })
    else { return nil }
    self.init(
      old: numbers[0]..<numbers[0] + numbers[1], new: numbers[2]..<numbers[2] + numbers[3],
      authors: Array(numbers.dropFirst(4)))
  }
}
