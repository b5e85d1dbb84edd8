import ConfigDocument
import Glibc
import StoreTestSupport
import SystemPackage
import Testing

@testable import ConfigStore

/// One change of every kind, on files whose modes and times would show if they were lost.
struct Scenario {
  let scratch = ScratchDirectory()
  let before: [String: String]
  /// Without new directories a run makes its journal durable with everything else.
  let makesDirectories: Bool

  init(makingDirectories makesDirectories: Bool = true) {
    self.makesDirectories = makesDirectories
    scratch.write("platform.yaml", "version: 2.1.0\n", mode: 0o640)
    scratch.write("environments/production.yaml", "pool: 5\n", mode: 0o600)
    scratch.write("obsolete.yaml", "gone: true\n")
    scratch.write("services.json", "{}\n", mode: 0o444)
    scratch.write("untouched.yaml", "a: 1\n")
    scratch.link("current.yaml", to: "environments/production.yaml")
    before = scratch.snapshot()
  }

  static let changes: [FileChange] = [
    FileChange(
      .replace(Array("version: 2.2.0\n".utf8)), at: "platform.yaml", expecting: Digest(of: "version: 2.1.0\n")),
    FileChange(.replace(Array("pool:\n  size: 5\n".utf8)), at: "current.yaml"),
    FileChange(.create(Array("new: 1\n".utf8)), at: "conf.d/deep/new.yaml"),
    FileChange(.remove, at: "obsolete.yaml"),
    FileChange(.rename(to: "conf.d/services.json"), at: "services.json"),
  ]

  private static let changesOfFiles =
    Array(changes[...1]) + [
      FileChange(.create(Array("new: 1\n".utf8)), at: "environments/new.yaml"),
      FileChange(.remove, at: "obsolete.yaml"),
      FileChange(.rename(to: "environments/services.json"), at: "services.json"),
    ]

  func commit(through fileSystem: any FileSystem = LocalFileSystem()) throws -> LedgerRecord? {
    let changes = makesDirectories ? Self.changes : Self.changesOfFiles
    return try scratch.store(through: fileSystem).commit(
      changes, RunDescription(.apply, from: "2.1.0", to: "2.2.0"))
  }

  /// The directory after the changes, times of change left out.
  var after: [String: String] { makesDirectories ? Self.after : Self.afterWithoutDirectories }

  static let after = after(makingDirectories: true)
  private static let afterWithoutDirectories = after(makingDirectories: false)

  private static func after(makingDirectories makesDirectories: Bool) -> [String: String] {
    let scenario = Scenario(makingDirectories: makesDirectories)
    _ = try? scenario.commit()
    return scenario.scratch.snapshot(withTimes: false)
  }
}

extension Digest {
  init(of text: String) { self.init(of: Array(text.utf8)) }
}

@Suite struct TransactionTests {
  @Test func `every kind of change is made, and what is not changed stays`() throws {
    let start = time(nil)
    let scenario = Scenario()
    let record = try #require(try scenario.commit())
    let after = scenario.scratch.snapshot()
    let owner = "\(getuid()):\(getgid())"
    #expect(after["platform.yaml"]?.hasSuffix("\nversion: 2.2.0\n") == true)
    #expect(after["platform.yaml"]?.hasPrefix("640 \(owner) ") == true)
    // Its text is of now, and not of when the old one was: a clock may be read a little before it is set.
    var written = stat()
    #expect(stat(scenario.scratch.absolute("platform.yaml"), &written) == 0)
    #expect((start - 1...time(nil) + 1).contains(written.st_mtim.tv_sec))
    #expect(after["environments/production.yaml"]?.hasPrefix("600 ") == true)
    #expect(after["environments/production.yaml"]?.hasSuffix("\npool:\n  size: 5\n") == true)
    #expect(after["current.yaml"] == "link")
    #expect(after["conf.d/deep/new.yaml"]?.hasPrefix("644 ") == true)
    #expect(after["obsolete.yaml"] == nil)
    #expect(after["services.json"] == nil)
    #expect(after["conf.d/services.json"] == scenario.before["services.json"])
    #expect(after["untouched.yaml"] == scenario.before["untouched.yaml"])
    #expect(
      record.files.map(\.path.description) == [
        "conf.d/deep/new.yaml", "conf.d/services.json", "environments/production.yaml", "platform.yaml",
        "obsolete.yaml", "services.json",
      ])
    #expect(scenario.scratch.names(in: ".cfgmigrate/journal") == [])
    #expect(scenario.scratch.names(in: ".cfgmigrate/backups") == ["\(record.run).json"])
    #expect(try scenario.scratch.store().ledger().records == [record])
  }

  @Test func `changes that change nothing make no run`() throws {
    let scratch = ScratchDirectory()
    scratch.write("a.yaml", "a: 1\n")
    let before = scratch.snapshot()
    let store = try scratch.store()
    #expect(try store.commit([FileChange(.replace(Array("a: 1\n".utf8)), at: "a.yaml")], RunDescription(.apply)) == nil)
    #expect(scratch.snapshot() == before)
    #expect(try store.ledger().records.isEmpty)
  }

  @Test(arguments: [
    (FileChange(.replace([]), at: "a.yaml", expecting: Digest(of: "other")), Diagnostic.Code.drift),
    (FileChange(.replace([]), at: "missing.yaml"), .drift),
    (FileChange(.create([]), at: "a.yaml"), .drift),
    (FileChange(.remove, at: "missing.yaml"), .drift),
    (FileChange(.rename(to: "b.yaml"), at: "a.yaml"), .drift),
    (FileChange(.replace([]), at: "outside.yaml"), .outsideDirectory),
    (FileChange(.create([]), at: "circle/x.yaml"), .outsideDirectory),
    (FileChange(.create([]), at: ".cfgmigrate/x.yaml"), .outsideDirectory),
    (FileChange(.create([]), at: "pipe/x"), .ioError),
    (FileChange(.replace([]), at: "pipe"), .ioError),
  ])
  func `a change that does not fit what is there changes nothing`(
    change: FileChange, expected: Diagnostic.Code
  ) throws {
    let scratch = ScratchDirectory()
    scratch.write("a.yaml", "a: 1\n")
    scratch.write("b.yaml", "b: 1\n")
    scratch.link("outside.yaml", to: "../../etc/passwd")
    scratch.link("circle", to: "circle")
    mkfifo(scratch.absolute("pipe"), 0o600)
    let before = scratch.snapshot()
    let good = FileChange(.create([]), at: "good.yaml")
    #expect(code { _ = try scratch.store().commit([good, change], RunDescription(.apply)) } == expected)
    #expect(scratch.snapshot() == before)
    #expect(scratch.names(in: "").contains(".cfgmigrate") == false)
  }

  @Test func `two changes of one file are refused, also through a link`() throws {
    let scenario = Scenario()
    let changes = [
      FileChange(.replace([]), at: "current.yaml"), FileChange(.remove, at: "environments/production.yaml"),
    ]
    #expect(
      code { _ = try scenario.scratch.store().commit(changes, RunDescription(.apply)) } == .conflictingChanges)
    #expect(scenario.scratch.snapshot() == scenario.before)
  }

  @Test func `what the caller does not approve is undone`() throws {
    let scenario = Scenario()
    #expect(throws: Diagnostic("schema", "no")) {
      try scenario.scratch.store().commit(Scenario.changes, RunDescription(.apply)) { () throws(Diagnostic) in
        throw Diagnostic("schema", "no")
      }
    }
    #expect(scenario.scratch.snapshot() == scenario.before)
    #expect(try scenario.scratch.store().ledger().records.isEmpty)
    #expect(try scenario.scratch.store().interruptedRun() == nil)
    for name in ["objects", "backups"] { #expect(scenario.scratch.names(in: ".cfgmigrate/\(name)") == [], "\(name)") }
  }

  @Test func `an edit that comes in between is kept, and the run undone`() throws {
    let scenario = Scenario()
    #expect(throws: Diagnostic.self) {
      try scenario.scratch.store().commit(Scenario.changes, RunDescription(.apply)) { () throws(Diagnostic) in
        scenario.scratch.write("platform.yaml", "mine\n")
        throw Diagnostic("schema", "no")
      }
    }
    #expect(scenario.scratch.read("platform.yaml") == "mine\n")
    #expect(scenario.scratch.read("environments/production.yaml") == "pool: 5\n")
  }

  @Test(arguments: [
    (Errno.noSpace, Diagnostic.Code.diskFull), (.readOnlyFileSystem, .readOnlyDirectory), (.ioError, .ioError),
    (.permissionDenied, .readOnlyDirectory),
  ])
  func `the system's refusals have codes of their own`(error: Errno, expected: Diagnostic.Code) throws {
    let scenario = Scenario()
    let faulty = FaultyFileSystem(.failing(error, at: 1))
    #expect(code { _ = try scenario.commit(through: faulty) } == expected)
    #expect(scenario.scratch.snapshot() == scenario.before)
  }

  @Test func `names that are not UTF-8 are kept as they are`() throws {
    let scratch = ScratchDirectory()
    let path = try #require(RelativePath([0x66, 0xFF, 0x2E, 0x79]))
    let store = try scratch.store()
    let record = try #require(try store.commit([FileChange(.create([1]), at: path)], RunDescription(.apply)))
    #expect(try store.ledger().records == [record])
    #expect(try store.root.listing().files == [path])
    _ = try store.rollback()
    #expect(try store.root.listing().files == [])
  }

  @Test func `a file with the longest name can be replaced`() throws {
    let scratch = ScratchDirectory()
    let name = String(repeating: "n", count: 255)
    scratch.write(name, "old")
    let changes = [FileChange(.replace(Array("new".utf8)), at: RelativePath(stringLiteral: name))]
    _ = try scratch.store().commit(changes, RunDescription(.apply))
    #expect(scratch.read(name) == "new")
  }
}
