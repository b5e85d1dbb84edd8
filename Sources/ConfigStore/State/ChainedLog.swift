package import ConfigDocument
internal import SystemPackage

/// A file of JSON lines that only grows, each with the digest of the line before it.
///
/// A line is durable before ``append(_:)`` returns. A last line that was cut off while it was written counts for nothing and
/// is removed by the next write; any other line that does not follow from the one before is damage, and refused.
package struct ChainedLog: Sendable {
  /// The lines, without the member `previous`.
  package private(set) var records: [Object] = []
  private let directory: OpenDirectory
  private let name: FileName
  private var lastDigest: Digest?
  /// Where the last whole line ends.
  private var end = 0
  /// Whether something may stand behind it.
  private var isTorn = false

  /// Reads the file, which need not be there. Whoever writes must hold a lock that keeps others from it.
  /// - Throws: `log-damaged`.
  package init(_ name: FileName, in directory: OpenDirectory) throws(Diagnostic) {
    self.directory = directory
    self.name = name
    let bytes = try directory.readIfPresent(name)?.bytes ?? []
    let parsed = try Self.parse(bytes, named: directory.path(of: name))
    records = parsed.records
    lastDigest = parsed.last
    end = parsed.end
    isTorn = parsed.end < bytes.count
  }

  /// Reads such a file and changes nothing; empty where there is none.
  /// - Throws: `log-damaged`.
  package static func read(_ name: FileName, in directory: OpenDirectory) throws(Diagnostic) -> [Object] {
    try parse(try directory.readIfPresent(name)?.bytes ?? [], named: directory.path(of: name)).records
  }

  private static func parse(
    _ bytes: [UInt8], named file: String
  ) throws(Diagnostic) -> (records: [Object], last: Digest?, end: Int) {
    var records: [Object] = []
    var last: Digest?
    var start = 0
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      let line = bytes[start..<end]
      let value = try? readJSON(Array(line), named: file)
      // A last line that is no text of a record was not written whole either, even if its end was.
      if value == nil, end + 1 == bytes.count { break }
      let place = SourcePlace(file: file, line: records.count + 1, column: 1)
      guard var object = value?.object, object["previous"] == (last.map { .string("\($0)") } ?? .null) else {
        throw Diagnostic(
          .logDamaged, "this line does not follow from the line before it", at: place,
          hint: "Someone edited the file, or the disk damaged it; what was done must be established by hand")
      }
      object["previous"] = nil
      records.append(object)
      last = Digest(of: line)
      start = end + 1
    }
    return (records, last, start)
  }

  /// Writes a record behind the last one. When it returns, the record is durable; when it throws, the record does not count.
  package mutating func append(_ record: Object) throws(Diagnostic) {
    var object = record
    object["previous"] = lastDigest.map { .string("\($0)") } ?? .null
    let line = Array("\(Value.object(object))".utf8)
    let end = end
    let cutsFirst = isTorn
    // Until it is synced, what was written is for the next write to remove.
    isTorn = true
    try directory.attempt(.write, name) { () throws(Errno) in
      let file = try directory.open(name, for: .appending(mode: 0o600))
      let fileSystem = directory.fileSystem
      if cutsFirst { try fileSystem.truncate(file.descriptor, to: end) }
      do throws(Errno) {
        try file.writeAll(line + [UInt8(ascii: "\n")])
        try fileSystem.sync(file.descriptor)
        // The name of a file that was just made is durable with its directory.
        if end == 0 { try fileSystem.sync(directory.descriptor) }
      } catch {
        // Best taken back at once: a reader would believe it.
        do throws(Errno) { try fileSystem.truncate(file.descriptor, to: end) } catch {}
        throw error
      }
    }
    isTorn = false
    lastDigest = Digest(of: line)
    self.end += line.count + 1
    records.append(record)
  }
}

extension Diagnostic.Code {
  /// A chained file has a line that does not follow from the one before.
  package static let logDamaged: Self = "log-damaged"
}
