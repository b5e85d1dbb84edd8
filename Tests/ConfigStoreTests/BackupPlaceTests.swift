import ConfigDocument
import Glibc
import StoreTestSupport
import SystemPackage
import TestSupport
import Testing

@testable import ConfigStore

/// Backups in another place than the directory: `--backup-dir`.
@Suite struct BackupPlaceTests {
  /// A directory and a place for backups beside it.
  struct Scene {
    let above = ScratchDirectory()

    init() {
      above.write("config/a.yaml", "0\n")
      mkdir(above.absolute("place"), 0o755)
    }

    func store(
      _ directory: String = "config", backingUpTo place: String? = nil,
      through files: any FileSystem = LocalFileSystem(),
      _ manner: CommitManner = .inPlace
    ) throws -> TransactionalDirectory {
      TransactionalDirectory(
        try OpenDirectory(above.absolute(directory), in: files), environment: .fixed, patience: 10_000, manner: manner,
        backupDirectory: place.map(above.absolute))
    }

    func write(_ text: String, in store: TransactionalDirectory) throws {
      let changes = [FileChange(.replace(Array("\(text)\n".utf8)), at: "a.yaml")]
      _ = try store.commit(changes, RunDescription(.apply))
    }

    /// The folder in the place, if there is just one.
    func folder(in place: String = "place") -> String? {
      let names = above.names(in: place)
      return names.count == 1 ? "\(place)/\(names[0])" : nil
    }

    func mode(_ path: String) -> mode_t {
      var status = stat()
      stat(above.absolute(path), &status)
      return status.st_mode & 0o777
    }
  }

  @Test(arguments: [CommitManner.inPlace, .exchange])
  func `the place is remembered, and closed to others`(manner: CommitManner) throws {
    let scene = Scene()
    try scene.write("1", in: try scene.store(backingUpTo: "place", through: LocalFileSystem(), manner))
    let folder = try #require(scene.folder())
    #expect(folder.hasPrefix("place/config-"))
    #expect(scene.above.names(in: folder) == ["backups", "belongs-to.json", "lock", "objects"])
    for name in ["objects", "backups"] { #expect(scene.above.names(in: "config/.cfgmigrate/\(name)") == [], "\(name)") }
    for path in [folder, folder + "/objects", folder + "/backups"] { #expect(scene.mode(path) == 0o700, "\(path)") }
    for holder in ["objects", "backups"] {
      for name in scene.above.names(in: "\(folder)/\(holder)") {
        #expect(scene.mode("\(folder)/\(holder)/\(name)") == 0o600, "\(name)")
      }
    }
    // Nobody has to say it again.
    try scene.write("2", in: try scene.store("config", backingUpTo: nil, through: LocalFileSystem(), manner))
    #expect(scene.above.names(in: folder + "/backups").count == 2)
    let store = try scene.store("config", backingUpTo: nil, through: LocalFileSystem(), manner)
    for backup in try store.backups() { #expect(try store.verify(backup) == []) }
    _ = try store.rollback()
    #expect(scene.above.read("config/a.yaml") == "1\n")
    #expect(try store.verifyHistory().damage == [])
    #expect(try store.prune(keeping: 1).runs.count == 2)
    #expect(scene.above.names(in: folder + "/backups").count == 1)
  }

  @Test func `backups that there are move along, and back home`() throws {
    let scene = Scene()
    try scene.write("1", in: try scene.store())
    try scene.write("2", in: try scene.store(backingUpTo: "place"))
    let first = try #require(scene.folder())
    #expect(scene.above.names(in: first + "/backups").count == 2)
    #expect(scene.above.names(in: "config/.cfgmigrate/backups") == [])

    // To a place that is made for it.
    try scene.write("3", in: try scene.store(backingUpTo: "other"))
    #expect(scene.above.names(in: "place") == [])
    #expect(scene.folder(in: "other") != nil)

    try scene.write("4", in: try scene.store(backingUpTo: "config/.cfgmigrate"))
    #expect(scene.above.names(in: "other") == [])
    #expect(scene.above.names(in: "config/.cfgmigrate/backups").count == 4)
    #expect(!scene.above.names(in: "config/.cfgmigrate").contains("backup-place.json"))
    let store = try scene.store()
    #expect(try store.verifyHistory().damage == [])
    for text in ["3", "2", "1", "0"] {
      _ = try store.rollback()
      #expect(scene.above.read("config/a.yaml") == "\(text)\n")
    }
  }

  @Test func `a place that is not there is named, and nothing changes; readers of the history need none`() throws {
    let scene = Scene()
    try scene.write("1", in: try scene.store(backingUpTo: "place"))
    rename(scene.above.absolute("place"), scene.above.absolute("elsewhere"))
    #expect(code { try scene.write("2", in: try scene.store()) } == .backupPlace)
    #expect(code { _ = try scene.store().rollback() } == .backupPlace)
    #expect(code { _ = try scene.store().backups() } == .backupPlace)
    #expect(scene.above.read("config/a.yaml") == "1\n")
    #expect(try scene.store().ledger().records.count == 1)
    #expect(try scene.store().interruptedRun() == nil)
    rename(scene.above.absolute("elsewhere"), scene.above.absolute("place"))
    _ = try scene.store().rollback()
    #expect(scene.above.read("config/a.yaml") == "0\n")
  }

  @Test func `backups are not put inside the directory, or where others can look`() throws {
    let scene = Scene()
    mkdir(scene.above.absolute("config/inside"), 0o755)
    #expect(code { try scene.write("1", in: try scene.store(backingUpTo: "config/inside")) } == .backupPlace)
    #expect(code { try scene.write("1", in: try scene.store(backingUpTo: "config")) } == .backupPlace)
    #expect(code { try scene.write("1", in: try scene.store(backingUpTo: "config/new")) } == .backupPlace)
    #expect(scene.above.names(in: "config") == [".cfgmigrate", "a.yaml", "inside"])
    // Someone made the folder beforehand.
    try scene.write("1", in: try scene.store(backingUpTo: "place"))
    let folder = try #require(scene.folder())
    try scene.write("2", in: try scene.store(backingUpTo: "config/.cfgmigrate"))
    mkdir(scene.above.absolute(folder), 0o755)
    #expect(code { try scene.write("3", in: try scene.store(backingUpTo: "place")) } == .backupPlace)
    // A link is not followed to where someone wants the backups.
    rmdir(scene.above.absolute(folder))
    mkdir(scene.above.absolute("trap"), 0o700)
    scene.above.link(folder, to: scene.above.absolute("trap"))
    #expect(code { try scene.write("3", in: try scene.store(backingUpTo: "place")) } == .outsideDirectory)
    #expect(scene.above.names(in: "trap") == [])
    #expect(scene.above.read("config/a.yaml") == "2\n")
  }

  @Test func `a copy of a directory does not write to the backups of the original`() throws {
    let scene = Scene()
    try scene.write("1", in: try scene.store(backingUpTo: "place"))
    scene.above.write("copy/a.yaml", "1\n")
    mkdir(scene.above.absolute("copy/.cfgmigrate"), 0o700)
    for name in ["objects", "backups", "journal"] { mkdir(scene.above.absolute("copy/.cfgmigrate/\(name)"), 0o700) }
    for name in ["backup-place.json", "ledger.jsonl"] {
      scene.above.write("copy/.cfgmigrate/\(name)", try #require(scene.above.read("config/.cfgmigrate/\(name)")))
    }
    #expect(code { try scene.write("2", in: try scene.store("copy")) } == .backupPlace)
    #expect(code { _ = try scene.store("copy").prune(keeping: 1) } == .backupPlace)
    // With a place of its own it takes copies along.
    try scene.write("2", in: try scene.store("copy", backingUpTo: "place"))
    #expect(scene.above.names(in: "place").count == 2)
    #expect(try scene.store("copy").backups().count == 2)
    #expect(try scene.store().backups().count == 1)
    for backup in try scene.store().backups() { #expect(try scene.store().verify(backup) == []) }
    // A directory that was moved is no copy.
    rename(scene.above.absolute("config"), scene.above.absolute("moved"))
    try scene.write("2", in: try scene.store("moved"))
    #expect(try scene.store("moved").backups().count == 2)
  }

  @Test func `who has the backups locked is named`() throws {
    let scene = Scene()
    try scene.write("1", in: try scene.store(backingUpTo: "place"))
    let folder = try #require(scene.folder())
    let holder = try OpenDirectory(scene.above.absolute(folder))
    let lock = try DirectoryLock(in: holder, for: .fixed)
    let impatient = TransactionalDirectory(
      try OpenDirectory(scene.above.absolute("config")), environment: .fixed)
    let refusal = #expect(throws: Diagnostic.self) { try scene.write("2", in: impatient) }
    #expect(refusal?.code == .locked && refusal?.message.contains(folder) == true)
    _ = consume lock
    try scene.write("2", in: impatient)
  }

  @Test(arguments: AnomalyTests.Kind.main)
  func `a move that fails loses no backup`(kind: AnomalyTests.Kind) throws {
    var points = 0
    for n in 1... {
      let scene = Scene()
      for text in ["1", "2"] { try scene.write(text, in: try scene.store()) }
      let faulty = FaultyFileSystem(kind.fault(at: n))
      _ = try? scene.write("3", in: try scene.store(backingUpTo: "place", through: faulty))
      let store = try scene.store()
      _ = try store.recover()
      let isNew = scene.above.read("config/a.yaml") == "3\n"
      #expect(try store.backups().count == (isNew ? 3 : 2), "\(kind) at call \(n)")
      for backup in try store.backups() { #expect(try store.verify(backup) == [], "\(kind) at call \(n)") }
      // The next one makes an end of it.
      try scene.write("4", in: try scene.store(backingUpTo: "place"))
      let folder = try #require(scene.folder())
      #expect(scene.above.names(in: folder + "/backups").count == (isNew ? 4 : 3), "\(kind) at call \(n)")
      for name in ["objects", "backups"] {
        #expect(scene.above.names(in: "config/.cfgmigrate/\(name)") == [], "\(name), \(kind) at call \(n)")
      }
      for expected in isNew ? ["3", "2", "1", "0"] : ["2", "1", "0"] {
        _ = try store.rollback()
        #expect(scene.above.read("config/a.yaml") == "\(expected)\n", "\(kind) at call \(n)")
      }
      points += 1
      if !faulty.hasStruck { break }
    }
    print("Moves of backups, \(kind): \(points) points")
  }

  @Test func `backups on another file system`() throws {
    // This suite works in memory where it can; the temporary directory is mostly a disk.
    let other = ScratchDirectory(in: "/tmp")
    let scene = Scene()
    let devices = try Set([other.path, scene.above.path].map { try OpenDirectory($0).device() })
    guard devices.count == 2 else { try Test.cancel("needs two file systems, at /dev/shm and /tmp") }
    let store = TransactionalDirectory(
      try OpenDirectory(scene.above.absolute("config")), environment: .fixed, manner: .exchange,
      backupDirectory: other.path)
    try scene.write("1", in: store)
    #expect(other.names(in: "").count == 1)
    _ = try scene.store().rollback()
    #expect(scene.above.read("config/a.yaml") == "0\n")
  }
}
