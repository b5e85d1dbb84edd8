internal import ConfigDocument
internal import SystemPackage

/// `.cfgmigrate/`: what the store keeps in a configuration directory. docs/store.md describes the layout.
package struct StateDirectory: Sendable {
  /// `.cfgmigrate` itself, which holds `lock` and `ledger.jsonl`.
  let directory: OpenDirectory
  let journal: OpenDirectory
  /// A reader of the ledger needs no backups, and their place may be one that is not mounted.
  let folder: Result<BackupFolder, Diagnostic>

  /// - Throws: `backup-place` where they are in another place that cannot be opened.
  var objects: ObjectStore { get throws(Diagnostic) { try folder.get().objects } }
  /// - Throws: `backup-place` where they are in another place that cannot be opened.
  var backups: OpenDirectory { get throws(Diagnostic) { try folder.get().backups } }

  /// The number of this layout, in every file that the store writes.
  static let format = 1

  /// For readers: changes nothing.
  /// - Returns: nil where nothing was ever written to the configuration directory.
  init?(readingIn root: OpenDirectory) throws(Diagnostic) {
    guard var directory = try root.subdirectoryIfPresent(.stateDirectory) else { return nil }
    if let marker = try TwinMarker(in: directory) { directory = try Self.state(behind: marker, in: root) }
    // Made last: without it the first run did not come to change anything.
    guard let journal = try directory.subdirectoryIfPresent(.journal)
    else { return nil }
    self.directory = directory
    self.journal = journal
    folder = Result { () throws(Diagnostic) in
      try BackupFolder(readingIn: try BackupPlace(recordedIn: directory).current, of: directory)
    }
  }

  /// For writers, who hold the lock in `directory`: makes what is missing. Nobody but the owner can look inside, for
  /// backups hold secrets.
  init(completing directory: OpenDirectory) throws(Diagnostic) {
    self.directory = directory
    if try directory.status(of: .gitignore) == nil {
      // Whoever commits a configuration directory must not commit its backups by accident.
      try directory.replaceDurably(.gitignore, with: Array("*\n".utf8))
    }
    folder = .success(try BackupFolder(completing: try BackupPlace(recordedIn: directory).current, of: directory))
    journal = try directory.makeSubdirectory(.journal, mode: 0o700)
  }

  /// The list of a run's backup, as it is written; nil where there is none.
  func listIfPresent(of run: RunID) throws(Diagnostic) -> [UInt8]? {
    try backups.readIfPresent(.of(run)).map { ListText.line(of: $0.bytes) }
  }

  /// `.cfgmigrate` alone, made where it is missing: the place of the lock, without which nothing else may be made in it.
  static func directory(makingIn root: OpenDirectory) throws(Diagnostic) -> OpenDirectory {
    let present = try root.makeSubdirectory(.stateDirectory, mode: 0o700)
    guard let marker = try TwinMarker(in: present) else { return present }
    return try state(behind: marker, in: root)
  }
}

extension StateDirectory {
  /// The state directory in the other one of two trees that are being exchanged, or were.
  private static func state(behind marker: TwinMarker, in root: OpenDirectory) throws(Diagnostic) -> OpenDirectory {
    let place = DirectoryPlace(root)
    if let (parent, own) = try place.parent(), let name = marker.other(than: own),
      let tree = try parent.subdirectoryIfPresent(name, shownAs: root.path),
      let directory = try tree.subdirectoryIfPresent(.stateDirectory), try TwinMarker(in: directory) == nil
    {
      return directory
    }
    throw Diagnostic(
      .oldTreeNamed, "\(root.path) is a directory that a run has put aside, and what it belongs to is not beside it",
      hint: "Name the configuration directory itself: it was called \(marker.directory)")
  }
}

extension FileName {
  static let gitignore = FileName(known: ".gitignore")
  static let lock = FileName(known: "lock")
  static let ledger = FileName(known: "ledger.jsonl")
  static let journal = FileName(known: "journal")

  /// The file of a run in `journal/` or `backups/`.
  static func of(_ run: RunID) -> FileName { FileName(known: "\(run).json") }

  /// The run that this file of `journal/` or `backups/` belongs to; nil for other files.
  var run: RunID? {
    let suffix = Array(".json".utf8)
    guard bytes.count > suffix.count, bytes.suffix(suffix.count).elementsEqual(suffix) else { return nil }
    return RunID(String(decoding: bytes.dropLast(suffix.count), as: UTF8.self))
  }
}
