import ConfigDocument
import ConfigMigration
import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import ConfigStore

/// What a file has beside its bytes stays, and so do names that few expect.
@Suite struct FilesAsTheyAreTests {
  static let names: [String: [UInt8]] = [
    "a line break": Array("two\nlines.yaml".utf8), "no UTF-8": [0x66, 0xFF, 0xFE, 0x2E, 0x79],
    "255 bytes": Array(repeating: 0x6E, count: 255), "255 bytes, no UTF-8": Array(repeating: 0xC3, count: 255),
    "hidden": Array(".hidden.yaml".utf8), "a leading dash": Array("-rf".utf8), "an escape": Array("\u{1B}[31m".utf8),
    "like a staged file": Array(".a.yaml.cfgmigrate-new".utf8),
  ]

  @Test(arguments: names.keys.sorted(), [CommitManner.inPlace, .exchange])
  func `odd names go through a run, its backup, an archive and back`(kind: String, manner: CommitManner) throws {
    let above = ScratchDirectory()
    above.write("config/other.yaml", "1")
    let root = try OpenDirectory(above.absolute("config"))
    let bytes = try #require(Self.names[kind])
    let path = try #require(RelativePath(bytes))
    try root.create(path.name!, Array("old".utf8), as: NewFile(mode: 0o640), durably: false)
    let store = TransactionalDirectory(root, environment: .fixed, patience: 10_000, manner: manner)
    let record = try #require(
      try store.commit([FileChange(.replace(Array("new".utf8)), at: path)], RunDescription(.apply)))
    #expect(try store.root.contents(at: path)?.bytes == Array("new".utf8))
    #expect(try store.ledger().records == [record])
    try store.export(record.run, to: above.absolute("backup.tar"))
    let other = ScratchDirectory()
    let backup = try other.store().importBackup(from: above.absolute("backup.tar"))
    _ = try other.store().restore(backup)
    #expect(try other.store().root.contents(at: path)?.bytes == Array("old".utf8))
    _ = try store.rollback()
    let back = try #require(try store.root.contents(at: path))
    #expect(back.bytes == Array("old".utf8) && back.status.attributes.mode == 0o640)
    #expect(try store.root.listing().files == [path, "other.yaml"].sorted())
  }

  @Test func `to look at a file is no access that its times would show`() throws {
    let scratch = ScratchDirectory()
    scratch.write("a.yaml", "1")
    let path = scratch.absolute("a.yaml")
    // Older than the last change: the next reader's time is kept, unless it asks not to be seen.
    var times = [timespec(tv_sec: 5, tv_nsec: 0), timespec(tv_sec: 7, tv_nsec: 0)]
    #expect(utimensat(AT_FDCWD, path, &times, 0) == 0)
    #expect(try OpenDirectory(scratch.path).contents(at: "a.yaml")?.bytes == [UInt8(ascii: "1")])
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_atim.tv_sec == 5)
  }

  @Test func `files whose names are not UTF-8, or read alike, are upgraded and rolled back`() throws {
    let scratch = ScratchDirectory()
    scratch.write("cfgmigrate.yaml", "product: kubernetes\nversion: \"1.15\"\n")
    let root = try OpenDirectory(scratch.path)
    let text = "apiVersion: extensions/v1beta1\nkind: NetworkPolicy\nmetadata: {name: n}\nspec: {podSelector: {}}\n"
    // Two that are no UTF-8 and so are shown the same; one letter composed and in two parts; a line break; 255 bytes.
    let names: [[UInt8]] = [
      [0xFF], [0xFE], [0xC3, 0xA9], [0x65, 0xCC, 0x81], Array("two\nlines".utf8), Array(repeating: 0x6E, count: 250),
    ].map { $0 + Array(".yaml".utf8) }
    for name in names { try root.create(FileName(name)!, Array(text.utf8), durably: false) }
    let directory = try ConfigurationDirectory(
      scratch.path, products: ProductPath(registries: [Repository.root + "/transformers"]), environment: .fixed,
      patience: 10_000)
    let plan = try directory.plan(to: "1.16")
    #expect(Set(plan.files.map(\.path)).count == 7)
    #expect(try #require(try directory.apply(plan)).files.count == 7)
    for name in names {
      let now = String(decoding: try #require(try root.readIfPresent(FileName(name)!)).bytes, as: UTF8.self)
      #expect(now.hasPrefix("apiVersion: networking.k8s.io/v1\n"), "\(name)")
    }
    _ = try directory.history.rollback()
    for name in names { #expect(try root.readIfPresent(FileName(name)!)?.bytes == Array(text.utf8), "\(name)") }
  }

  @Test func `owners stay`() throws {
    guard geteuid() == 0 else { try Test.cancel("only root may give files to others") }
    let scratch = ScratchDirectory()
    for name in ["replaced.yaml", "removed.yaml", "renamed.yaml"] {
      scratch.write(name, "old")
      chown(scratch.absolute(name), 1_234, 4_321)
    }
    let before = scratch.snapshot()
    let store = try scratch.store()
    let changes = [
      FileChange(.replace(Array("new".utf8)), at: "replaced.yaml"), FileChange(.remove, at: "removed.yaml"),
      FileChange(.rename(to: "new-name.yaml"), at: "renamed.yaml"),
    ]
    _ = try store.commit(changes, RunDescription(.apply))
    let after = scratch.snapshot()
    for name in ["replaced.yaml", "new-name.yaml"] { #expect(after[name]?.contains(" 1234:4321 ") == true, "\(name)") }
    _ = try store.rollback()
    #expect(scratch.snapshot() == before)
  }

  /// Version 2; the owner rw-, user 1234 r--, the group r--, the mask rw-, others ---.
  private static let accessList: [UInt8] = {
    let entries: [(tag: UInt8, permissions: UInt8, id: UInt32)] = [
      (0x01, 6, .max), (0x02, 4, 1_234), (0x04, 4, .max), (0x10, 6, .max), (0x20, 0, .max),
    ]
    return entries.reduce(into: [2, 0, 0, 0]) { bytes, entry in
      bytes += [entry.tag, 0, entry.permissions, 0]
      bytes += (0..<4).map { UInt8(truncatingIfNeeded: entry.id >> (8 * $0)) }
    }
  }()

  @Test func `an access control list stays, and comes back with a removed file`() throws {
    let attribute = ConfigStore.ExtendedAttribute(name: "system.posix_acl_access", value: Self.accessList)
    let scratch = ScratchDirectory(in: "/tmp")
    let store = try scratch.store()
    func attributes(of name: String) throws -> [ConfigStore.ExtendedAttribute] {
      try store.root.readIfPresent(FileName(known: name), withAttributes: true)?.extended ?? []
    }
    for name in ["replaced.yaml", "removed.yaml"] {
      scratch.write(name, "old")
      let file = try store.root.open(FileName(known: name), for: .reading)
      do throws(Errno) {
        try store.root.fileSystem.setExtendedAttribute(attribute, of: file.descriptor)
      } catch {
        try Test.cancel("the file system of /tmp keeps no access control lists (\(error))")
      }
    }
    let before = scratch.snapshot()
    let changes = [
      FileChange(.replace(Array("new".utf8)), at: "replaced.yaml"), FileChange(.remove, at: "removed.yaml"),
    ]
    _ = try store.commit(changes, RunDescription(.apply))
    #expect(try attributes(of: "replaced.yaml") == [attribute])
    _ = try store.rollback()
    #expect(try attributes(of: "replaced.yaml") == [attribute])
    #expect(try attributes(of: "removed.yaml") == [attribute])
    #expect(scratch.snapshot() == before)
  }

  /// Files that come to be get what a directory gives any new file; those that are replaced keep what they had, also nothing.
  @Test(arguments: [CommitManner.inPlace, .exchange])
  func `a directory's default access control list is for new files`(manner: CommitManner) throws {
    let scratch = ScratchDirectory(in: "/tmp")
    var store = try scratch.store()
    store.manner = manner
    for name in ["old.yaml", "sub/old.yaml"] { scratch.write(name, "old") }
    let attribute = ConfigStore.ExtendedAttribute(name: "system.posix_acl_default", value: Self.accessList)
    for directory in [store.root, try store.root.subdirectory(FileName(known: "sub"))] {
      do throws(Errno) {
        try directory.fileSystem.setExtendedAttribute(attribute, of: directory.descriptor)
      } catch {
        try Test.cancel("the file system of /tmp keeps no access control lists (\(error))")
      }
    }
    // Made as any program makes a file.
    for name in ["any.yaml", "sub/any.yaml"] {
      Glibc.close(open(scratch.absolute(name), O_WRONLY | O_CREAT, 0o666))
    }
    let names = ["", "sub/", "sub/new/"]
    _ = try store.commit(
      names.map { FileChange(.create(Array("new".utf8)), at: RelativePath("\($0)new.yaml")!) }
        + names.prefix(2).map { FileChange(.replace(Array("new".utf8)), at: RelativePath("\($0)old.yaml")!) },
      RunDescription(.apply))
    let root = try OpenDirectory(scratch.path)
    func file(_ path: String) throws -> (mode: UInt32, attributes: [ConfigStore.ExtendedAttribute]) {
      let contents = try #require(try root.contents(at: RelativePath(path)!, withAttributes: true))
      return (contents.status.attributes.mode, contents.extended)
    }
    for name in names {
      let any = try file(name == "" ? "any.yaml" : "sub/any.yaml")
      #expect(!any.attributes.isEmpty)
      #expect(try file("\(name)new.yaml") == any, "\(name)new.yaml")
    }
    for name in names.prefix(2) {
      let replaced = try file("\(name)old.yaml")
      #expect(replaced.attributes == [] && replaced.mode == 0o640, "\(name)old.yaml")
    }
    #expect(try store.recover().isEmpty)
  }

  @Test func `a backup after another one keeps only what is new`() throws {
    let scratch = ScratchDirectory()
    let paths = (0..<20).map { RelativePath(stringLiteral: "f\($0).yaml") }
    for path in paths { scratch.write("\(path)", "\(path) 0") }
    func run(_ text: String) throws {
      _ = try scratch.store().commit(
        [FileChange(.replace(Array(text.utf8)), at: "f0.yaml")], RunDescription(.apply),
        backingUp: BackupScope(files: paths))
    }
    try run("1")
    #expect(try scratch.objects().count == 20)
    try run("2")
    #expect(try scratch.objects().count == 21)
    #expect(try scratch.store().backups().map(\.files.count) == [20, 20])
    // A backup is verified when it is made: what is damaged since is not built upon.
    try scratch.damageObject("f1.yaml 0")
    try run("3")
    for backup in try scratch.store().backups() { #expect(try scratch.store().verify(backup) == []) }
    #expect(try scratch.objects().count == 23)
  }

  @Test func `a clock that jumps back brings no run before another`() throws {
    let scratch = ScratchDirectory()
    scratch.write("a.yaml", "0")
    for (time, text) in [(1_795_225_523, "1"), (1_000_000_000, "2"), (1_795_225_500, "3")] as [(Int64, String)] {
      var environment = RunEnvironment.fixed
      environment.now = { Timestamp(seconds: time) }
      let store = TransactionalDirectory(try OpenDirectory(scratch.path), environment: environment, patience: 10_000)
      _ = try store.commit([FileChange(.replace(Array(text.utf8)), at: "a.yaml")], RunDescription(.apply))
    }
    let store = try scratch.store()
    let runs = try store.ledger().records.map(\.run)
    #expect(runs == runs.sorted() && Set(runs).count == 3)
    #expect(try store.ledger().problems == [])
    for text in ["2", "1", "0"] {
      _ = try store.rollback()
      #expect(scratch.read("a.yaml") == text)
    }
    _ = try store.prune(keeping: 2)
    #expect(try store.backups().map(\.run) == Array(try store.ledger().records.map(\.run).suffix(2)))
  }
}
