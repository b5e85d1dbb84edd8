internal import ConfigDocument

/// `backups/<run>.json`: every file that a run changed, as it was before and after, and the rest of the set beside it.
struct BackupManifest: Hashable, Sendable {
  /// A file of the set that the run did not change.
  struct Kept: Hashable, Sendable {
    var path: RelativePath
    var state: FileState
  }

  /// A symbolic link of the set.
  struct Link: Hashable, Sendable {
    var path: RelativePath
    /// As it is written in the link.
    var target: [UInt8]
  }

  var run: RunID
  var time: Timestamp
  var transitions: [FileTransition]
  /// Directories that the run made, outer ones first.
  var createdDirectories: [RelativePath]
  var kept: [Kept] = []
  var links: [Link] = []
  var attachments: [BackupAttachment] = []

  /// The files of before the run, in the order of their paths.
  var files: [Kept] {
    (transitions.compactMap { transition in transition.before.map { Kept(path: transition.path, state: $0) } } + kept)
      .sorted { $0.path < $1.path }
  }

  /// The objects that it needs.
  var digests: Set<Digest> { Set(files.map(\.state.digest)).union(attachments.map(\.digest)) }
}

/// Something that travels with a backup beside the files: what a migration dropped and its way back needs.
public struct BackupAttachment: Hashable, Sendable {
  public var name: String
  public var digest: Digest
  /// In bytes.
  public var size: Int
}

/// What a run backs up beside the files that it changes.
package struct BackupScope: Sendable {
  /// The files of the set, changed or not; those that are not there are passed over.
  var files: [RelativePath] = []
  /// Symbolic links of the set.
  var links: [RelativePath] = []
  /// Named bytes that are kept with the backup.
  var attachments: [(name: String, bytes: NewBytes)] = []
}

extension BackupManifest {
  /// The text of its file.
  var bytes: [UInt8] {
    var out = JSONWriter(capacity: 1_024 + (transitions.count + kept.count) * 512)
    out.object { out in
      out.format()
      write(to: &out)
    }
    out.endLine()
    return out.bytes
  }

  /// Writes the members of an object that is a list.
  func write(to out: inout JSONWriter) {
    out.member("run", run.text)
    out.member("time", "\(time)")
    out.member("files", transitions) { $1.write(to: &$0) }
    out.paths("created_directories", createdDirectories)
    out.member("kept", kept) { out, kept in
      out.object { out in
        out.path(kept.path)
        out.key("state")
        kept.state.write(to: &out)
      }
    }
    if !links.isEmpty {
      out.member("links", links) { out, link in
        out.object { out in
          out.path(link.path)
          out.member("target_hex", link.target.hexadecimal)
        }
      }
    }
    if !attachments.isEmpty {
      out.member("attachments", attachments) { out, attachment in
        out.object { out in
          out.member("name", attachment.name)
          out.member("digest", attachment.digest)
          out.member("size", attachment.size)
        }
      }
    }
  }

  /// - Returns: nil where the value is no list.
  init?(_ value: Value) {
    guard let object = value.object, let run = object["run"]?.string.flatMap({ RunID($0) }),
      let time = object["time"]?.string.flatMap({ Timestamp($0) }),
      let files = object["files"]?.array?.map({ FileTransition($0) }), !files.contains(nil),
      let directories = object["created_directories"]?.array?.map({ $0.object.flatMap { RelativePath($0) } }),
      !directories.contains(nil)
    else { return nil }
    let kept = (object["kept"]?.array ?? []).map { Kept($0) }
    let links = (object["links"]?.array ?? []).map { Link($0) }
    let attachments = (object["attachments"]?.array ?? []).map { BackupAttachment($0) }
    guard !kept.contains(nil), !links.contains(nil), !attachments.contains(nil) else { return nil }
    self.init(
      run: run, time: time, transitions: files.compactMap { $0 }, createdDirectories: directories.compactMap { $0 },
      kept: kept.compactMap { $0 }, links: links.compactMap { $0 }, attachments: attachments.compactMap { $0 })
  }

  /// Reads a list of files. None of its paths leads out of a directory, or to what is not of a set.
  /// - Throws: `backup-damaged`, `outside-directory`.
  init(_ bytes: [UInt8], named path: String) throws(Diagnostic) {
    guard let value = try? readJSON(bytes, named: path), let manifest = BackupManifest(value) else {
      throw Diagnostic(
        .backupDamaged, "\(path) does not read as the list of a backup's files",
        hint: "Bring it back from a copy of the directory, if there is one")
    }
    self = manifest
    for path in manifest.transitions.map(\.path) + manifest.kept.map(\.path) + manifest.createdDirectories {
      guard path.name != nil, !path.names.contains(where: \.isOfStore) else {
        throw Diagnostic(.outsideDirectory, "the backup \(run) speaks of \(path), which is no file of a configuration")
      }
    }
  }

  /// - Throws: `unknown-run` where there is no backup of it, `backup-damaged` where it cannot be read.
  init(of run: RunID, in state: StateDirectory) throws(Diagnostic) { self = try Self.read(run, in: state).manifest }

  /// The same, and its text.
  static func read(
    _ run: RunID, in state: StateDirectory
  ) throws(Diagnostic) -> (manifest: BackupManifest, bytes: [UInt8]) {
    guard let bytes = try state.listIfPresent(of: run) else {
      throw Diagnostic(
        .unknownRun, "there is no backup of a run \(run)", hint: "`cfgmigrate backup list` shows what there is")
    }
    let manifest = try BackupManifest(bytes, named: try state.backups.path(of: .of(run)))
    guard manifest.run == run else {
      throw Diagnostic(
        .backupDamaged, "\(try state.backups.path(of: .of(run))) is the list of another run, \(manifest.run)",
        hint: "Bring it back from a copy of the directory, if there is one")
    }
    return (manifest, bytes)
  }

  /// All backups, oldest first.
  static func all(in state: StateDirectory) throws(Diagnostic) -> [BackupManifest] {
    var manifests: [BackupManifest] = []
    for run in try state.backups.entries().compactMap(\.run) {
      manifests.append(try BackupManifest(of: run, in: state))
    }
    return manifests
  }

  /// The objects that backups need.
  static func allDigests(in state: StateDirectory) throws(Diagnostic) -> Set<Digest> {
    try all(in: state).reduce(into: []) { $0.formUnion($1.digests) }
  }
}

extension BackupManifest.Kept {
  fileprivate init?(_ value: Value) {
    guard let object = value.object, let path = RelativePath(object), let state = FileState(object["state"]) else {
      return nil
    }
    self.init(path: path, state: state)
  }
}

extension BackupManifest.Link {
  fileprivate init?(_ value: Value) {
    guard let object = value.object, let path = RelativePath(object),
      let target = object["target_hex"]?.string.flatMap({ [UInt8](hexadecimal: $0) })
    else { return nil }
    self.init(path: path, target: target)
  }
}

extension BackupAttachment {
  fileprivate init?(_ value: Value) {
    guard let object = value.object, let name = object["name"]?.string,
      let digest = object["digest"]?.string.flatMap({ Digest($0) }), let size = object["size"]?.int
    else { return nil }
    self.init(name: name, digest: digest, size: size)
  }
}
