internal import ConfigDocument
internal import SystemPackage

/// Where the next record of the ledger goes. Reading it costs as much as the last record, however long the history is.
///
/// Whoever has one holds the directory's lock: the ledger does not change meanwhile.
struct LedgerEnd {
  /// The run of the last record; nil where there is none, or it does not say.
  private(set) var lastRun: RunID?
  /// Where the last whole line begins and ends; both 0 in an empty ledger.
  private var lastLine = 0..<0
  private var lastDigest: Digest?
  /// The length of the file, a torn line included.
  private var size = 0
  private let directory: OpenDirectory

  init(in state: StateDirectory) throws(Diagnostic) {
    directory = state.directory
    let path = directory.path(of: .ledger)
    var length = Self.firstLength
    while true {
      let (size, tail) = try Self.tail(of: directory, atMost: length)
      self.size = size
      if tail.isEmpty || read(tail, from: size - tail.count, named: path) { return }
      length *= 8
    }
  }

  /// Most records are shorter.
  private static let firstLength = 16_384

  private static func tail(
    of directory: OpenDirectory, atMost length: Int
  ) throws(Diagnostic) -> (size: Int, bytes: [UInt8]) {
    try directory.attemptIfPresent(.read, .ledger) { () throws(Errno) in
      let file = try directory.open(.ledger, for: .reading)
      let size = try directory.fileSystem.status(of: file.descriptor).size
      let count = min(size, length)
      return (size, try file.readAll(at: size - count, count: count))
    } ?? (0, [])
  }

  /// Finds the last line in the end of the file.
  /// - Returns: false where it begins before.
  private mutating func read(_ tail: [UInt8], from start: Int, named path: String) -> Bool {
    let newline = UInt8(ascii: "\n")
    var end = tail.count
    while let last = tail[..<end].lastIndex(of: newline) {
      let before = tail[..<last].lastIndex(of: newline)
      if before == nil, start > 0 { return false }
      let line = tail[(before.map { $0 + 1 } ?? 0)..<last]
      if ChecksummedText.isWhole(line), let run = LedgerRecord.run(ofLine: line) {
        lastRun = run
      } else {
        // Somebody edited it, or a release wrote it that knew no checksums.
        let value = try? readJSON(Array(line), named: path)
        // A last line that is no text of a record was not written whole, even if its end was.
        if value == nil, last + 1 == tail.count {
          end = last
          continue
        }
        lastRun = value?.object?["run"]?.string.flatMap { RunID($0) }
      }
      lastLine = start + line.startIndex..<start + last + 1
      lastDigest = Digest(of: line)
      return true
    }
    return start == 0
  }
}

extension LedgerEnd {
  /// Writes a record behind the last one. A torn line is removed first. Durable after the file system was synced.
  func append(_ record: LedgerRecord) throws(Diagnostic) {
    var out = JSONWriter(capacity: 1_024 + record.files.count * 256)
    record.write(to: &out, previous: .some(lastDigest))
    out.endLine()
    let line = out.bytes
    try edit { (file, fileSystem) throws(Errno) in
      if size > lastLine.upperBound { try fileSystem.truncate(file.descriptor, to: lastLine.upperBound) }
      try file.writeAll(line)
    }
  }

  /// Removes the last record, if it is this run's: the run was undone before it was complete.
  func removeLast(ifOf run: RunID) throws(Diagnostic) {
    guard lastRun == run else { return }
    try edit { (file, fileSystem) throws(Errno) in
      try fileSystem.truncate(file.descriptor, to: lastLine.lowerBound)
      try fileSystem.sync(file.descriptor)
    }
  }

  private func edit(
    _ body: (borrowing OpenFile, any FileSystem) throws(Errno) -> Void
  ) throws(Diagnostic) {
    try directory.attempt(.write, .ledger) { () throws(Errno) in
      let file = try directory.open(.ledger, for: .appending(mode: 0o600))
      try body(file, directory.fileSystem)
    }
  }
}
