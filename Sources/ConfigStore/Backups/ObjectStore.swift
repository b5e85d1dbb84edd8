internal import ConfigDocument
internal import Synchronization
internal import SystemPackage

/// `objects/`: bytes of files under their digest, each kept once: in the pack of the run that was the first to back them up, or
/// alone in a file that has the digest for a name, as releases before packs kept them; and what stands behind the lists in `backups/`.
///
/// A class, so that what is where is read once. Whoever writes holds the directory's lock.
final class ObjectStore: Sendable {
  let directory: OpenDirectory
  /// `backups/`.
  let lists: OpenDirectory
  private let known = Mutex<ObjectList?>(nil)

  init(in directory: OpenDirectory, behindListsIn lists: OpenDirectory) {
    self.directory = directory
    self.lists = lists
  }

  /// What is where, as it was when it was first asked for, or after the last ``forget()``.
  func list() throws(Diagnostic) -> ObjectList {
    if let list = known.withLock({ $0 }) { return list }
    let list = try ObjectList(of: directory, behindListsIn: lists)
    known.withLock { $0 = list }
    return list
  }

  /// Packs came or went.
  func forget() { known.withLock { $0 = nil } }

  /// The bytes that were stored.
  /// - Throws: `backup-damaged` where they are missing or are not those.
  func bytes(of digest: Digest) throws(Diagnostic) -> [UInt8] {
    if let bytes = try whole(digest) { return bytes }
    // A reader holds no lock: somebody who prunes may have written packs anew since the list was read.
    forget()
    if let bytes = try whole(digest) { return bytes }
    throw try fault(of: digest)
  }

  private func whole(_ digest: Digest) throws(Diagnostic) -> [UInt8]? {
    for location in try list().locations(of: digest) {
      if let bytes = try read(location), Digest(of: bytes) == digest { return bytes }
    }
    return nil
  }

  private func fault(of digest: Digest) throws(Diagnostic) -> Diagnostic {
    let list = try list()
    for location in list.locations(of: digest) {
      guard let bytes = try read(location) else { continue }
      return Diagnostic(
        .backupDamaged,
        "\(place(of: location)) is not what was backed up: its bytes have the digest \(Digest(of: bytes))",
        hint: "Bring it back from a copy of the directory, if there is one")
    }
    let unreadable = (list.unreadable.map { directory.path(of: $0) } + list.unreadableLists.map { lists.path(of: $0) })
      .joined(separator: ", ")
    return Diagnostic(
      .backupDamaged,
      unreadable.isEmpty
        ? "\(directory.path) has no bytes with the digest \(digest)"
        : "\(directory.path) has no bytes with the digest \(digest), or cannot say where: the list at the end of \(unreadable) is cut off or damaged",
      hint: "Bring them back from a copy of the directory, if there is one")
  }

  /// Whether these bytes are stored. What is there may be torn, or damaged since, and is read.
  func holds(_ bytes: [UInt8], as digest: Digest) throws(Diagnostic) -> Bool {
    for location in try list().locations(of: digest) where try read(location) == bytes { return true }
    return false
  }

  /// What stands there now, whatever it is; nil where the file is gone.
  func read(_ location: ObjectList.Location) throws(Diagnostic) -> [UInt8]? {
    switch location {
    case .file(let name): try directory.readIfPresent(name)?.bytes
    case .pack(let name, let entry): try directory.read(name, entry)
    case .list(let name, let entry): try lists.read(name, entry)
    }
  }

  private func place(of location: ObjectList.Location) -> String {
    switch location {
    case .file(let name): directory.path(of: name)
    case .pack(let name, let entry): "what \(directory.path(of: name)) holds from byte \(entry.offset) on"
    case .list(let name, let entry): "what \(lists.path(of: name)) holds from byte \(entry.offset) on"
    }
  }
}

extension OpenDirectory {
  fileprivate func read(_ pack: FileName, _ entry: ObjectPack.Entry) throws(Diagnostic) -> [UInt8]? {
    try attemptIfPresent(.read, pack) { () throws(Errno) in
      try open(pack, for: .reading).readAll(at: entry.offset, count: entry.length)
    }
  }
}

/// Which objects there are, and where.
struct ObjectList: Sendable {
  enum Location: Hashable, Sendable {
    case file(FileName)
    case pack(FileName, ObjectPack.Entry)
    /// Behind the list of a backup.
    case list(FileName, ObjectPack.Entry)
  }

  /// Files that each are one object, with their digests.
  private(set) var files: [(name: FileName, digest: Digest)] = []
  private(set) var packs: [ObjectPack] = []
  /// Packs whose list cannot be read.
  private(set) var unreadable: [FileName] = []
  /// What stands behind lists of backups.
  private(set) var lists: [ObjectPack] = []
  /// Lists of backups that do not end as they should, behind which objects may stand.
  private(set) var unreadableLists: [FileName] = []
  private var first: [Digest: Location] = [:]
  /// Further places of objects that were damaged in the first one when they were backed up again.
  private var others: [Digest: [Location]] = [:]

  init(of directory: OpenDirectory, behindListsIn backups: OpenDirectory) throws(Diagnostic) {
    for name in try directory.entries() {
      if name.isPack {
        if let pack = try ObjectPack(name, in: directory) {
          packs.append(pack)
          for entry in pack.entries { add(.pack(name, entry), entry.digest) }
        } else {
          unreadable.append(name)
        }
      } else if let digest = Digest(hexadecimal: name.bytes[...]) {
        files.append((name, digest))
        add(.file(name), digest)
      }
    }
    for name in try backups.entries() where name.run != nil {
      if let pack = try ObjectPack(name, in: backups, behindList: true) {
        lists.append(pack)
        for entry in pack.entries { add(.list(name, entry), entry.digest) }
      } else {
        unreadableLists.append(name)
      }
    }
  }

  private mutating func add(_ location: Location, _ digest: Digest) {
    if first[digest] == nil { first[digest] = location } else { others[digest, default: []].append(location) }
  }

  func locations(of digest: Digest) -> [Location] {
    guard let first = first[digest] else { return [] }
    return [first] + (others[digest] ?? [])
  }
}
