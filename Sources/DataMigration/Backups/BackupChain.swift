package import ConfigDocument
internal import ConfigStore

/// A whole copy of a server and the increments on it, oldest first: together they give back what the last one saw.
package struct BackupChain: Sendable {
  package let parts: [DatabaseBackup]

  /// Finds what a copy rests on, in the directories beside its own.
  /// - Throws: `dump-part-missing`, `dump-damaged`, with the name of the part.
  package init(endingWith last: DatabaseBackup) throws(Diagnostic) {
    var parts = [last]
    while let link = parts[0].manifest.link, let wanted = link.predecessor {
      let path = "\(last.place)/\(wanted.name)"
      guard StandaloneFile("\(path)/manifest.json").isFile, StandaloneFile("\(path)/dump").isFile else {
        throw Diagnostic(
          .dumpPartMissing, "\(parts[0].directory) holds only what changed since \(path), which is not there",
          hint: "Bring it back from where backups are archived, or take a whole backup")
      }
      let part = try DatabaseBackup(in: path)
      guard part.manifest.digest == wanted.digest, part.manifest.link?.number == link.number - 1 else {
        throw part.damaged("it is not the one that \(parts[0].directory) was taken behind")
      }
      parts.insert(part, at: 0)
    }
    self.parts = parts
  }

  /// The newest copy of a server in a directory, with what it rests on; nil where there is none.
  /// - Parameter database: as its manifest names it.
  /// - Throws: `dump-part-missing`, `dump-damaged`.
  package static func newest(of database: String, in place: String) throws(Diagnostic) -> BackupChain? {
    let copies = try DatabaseBackup.all(of: database, in: place).filter { $0.manifest.link != nil }
    return try copies.last.map { (last) throws(Diagnostic) in try BackupChain(endingWith: last) }
  }

  /// Reads every part, and compares it with its manifest.
  /// - Throws: `dump-damaged`, with the name of the part.
  package func checkDigests() throws(Diagnostic) {
    for part in parts { try part.checkDigest() }
  }

  /// Runs a server on all parts, for the length of a call.
  func serving<Result>(
    by database: any DumpableStore, environment: RunEnvironment, programs: any CommandRunner, isStopped: () -> Bool,
    _ body: (any DumpableDatabase, String) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    guard let database = database as? any IncrementalDatabase else {
      throw parts[parts.count - 1].damaged("it is the copy of a server of another kind")
    }
    try checkDigests()
    return try database.serving(
      parts.map(\.dumpPath), environment: environment, programs: programs, isStopped: isStopped, body)
  }
}

extension DatabaseBackup {
  /// The directory that holds it, beside others.
  var place: String { String(directory[..<(directory.lastIndex(of: "/") ?? directory.startIndex)]) }

  /// All backups of a database in a directory, oldest first. What has no manifest is none.
  static func all(of database: String, in place: String) throws(Diagnostic) -> [DatabaseBackup] {
    var found: [DatabaseBackup] = []
    for name in try OpenDirectory(place).entries() where StandaloneFile("\(place)/\(name)/manifest.json").isFile {
      // What does not read as a manifest may belong to somebody else, or is told when it is needed.
      guard let backup = try? DatabaseBackup(in: "\(place)/\(name)"), backup.manifest.database == database else {
        continue
      }
      found.append(backup)
    }
    return found.sorted { ($0.manifest.takenAt, $0.directory) < ($1.manifest.takenAt, $1.directory) }
  }
}

extension Diagnostic.Code {
  /// A backup that another one rests on is not there.
  package static let dumpPartMissing: Self = "dump-part-missing"
}
