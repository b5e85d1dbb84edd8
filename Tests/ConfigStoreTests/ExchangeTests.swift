import ConfigDocument
import Glibc
import StoreTestSupport
import SystemPackage
import TestSupport
import Testing

@testable import ConfigStore

/// A directory in a directory of its own, since a tree is built beside it.
struct ExchangeScenario {
  let above: ScratchDirectory
  let scratch: Scratch

  struct Scratch {
    let above: ScratchDirectory
    func path(_ relative: String) -> String { "config/\(relative)" }
    func write(_ relative: String, _ text: String) { above.write(path(relative), text) }
    func read(_ relative: String) -> String? { above.read(path(relative)) }
    func names(in relative: String) -> [String] { above.names(in: path(relative)) }
    /// The configuration directory's files, without those of the trees beside it.
    func snapshot(withTimes: Bool = true) -> [String: String] {
      var out: [String: String] = [:]
      for (path, text) in above.snapshot(withTimes: withTimes) where path.hasPrefix("config/") {
        out[String(path.dropFirst(7))] = text
      }
      return out
    }
    /// What the commit calls the twin.
    var twins: [String] { above.names(in: "").filter { $0 != "config" } }
  }

  init(in place: String? = nil) {
    above = place.map { ScratchDirectory(in: $0) } ?? ScratchDirectory()
    scratch = Scratch(above: above)
    scratch.write("platform.yaml", "version: 2.1.0\n")
    scratch.write("environments/production.yaml", "pool: 5\n")
    scratch.write("obsolete.yaml", "gone: true\n")
    scratch.write("services.json", "{}\n")
    scratch.write("untouched.yaml", "a: 1\n")
    scratch.write(".git/config", "theirs\n")
    mkdir(above.absolute("config/empty"), 0o750)
    mkfifo(above.absolute("config/pipe"), 0o600)
    above.link("config/current.yaml", to: "environments/production.yaml")
  }

  func store(through fileSystem: any FileSystem = LocalFileSystem()) throws -> TransactionalDirectory {
    TransactionalDirectory(
      try OpenDirectory(above.absolute("config"), in: fileSystem), environment: .fixed, patience: 10_000,
      manner: .exchange)
  }

  func commit(through fileSystem: any FileSystem = LocalFileSystem()) throws -> LedgerRecord? {
    try store(through: fileSystem).commit(Scenario.changes, RunDescription(.apply, from: "2.1.0", to: "2.2.0"))
  }
}

@Suite struct ExchangeTests {
  @Test func `the directory is wholly new, and the old tree is kept for who holds it open`() throws {
    let scenario = ExchangeScenario()
    let (before, scratch) = (scenario.scratch.snapshot(), scenario.scratch)
    let reader = try OpenDirectory(scenario.above.absolute("config"))
    _ = try #require(try scenario.commit())
    #expect(scratch.read("platform.yaml") == "version: 2.2.0\n")
    #expect(scratch.read("conf.d/deep/new.yaml") == "new: 1\n")
    #expect(scratch.names(in: "").contains("obsolete.yaml") == false)
    #expect(scratch.read(".git/config") == "theirs\n")
    let after = scratch.snapshot()
    for path in ["untouched.yaml", "pipe", "current.yaml", "empty", ".git/config"] {
      #expect(after[path] == before[path], "\(path)")
    }
    // Who came before reads the old tree to its end.
    #expect(try reader.contents(at: "platform.yaml")?.bytes == Array("version: 2.1.0\n".utf8))
    #expect(try reader.contents(at: "obsolete.yaml") != nil)
    #expect(scratch.twins.count == 1)
    #expect(scratch.names(in: ".cfgmigrate").contains("ledger.jsonl"))
    // The next run removes it, and brings the old bytes back in a third tree.
    _ = try scenario.store().rollback()
    #expect(scratch.snapshot() == before)
    #expect(scratch.twins.count == 1)
    _ = try TransactionalDirectory(try OpenDirectory(scenario.above.absolute("config")), environment: .fixed).rollback(
      try scenario.store().ledger().records[1].run)
    #expect(scratch.twins == [])
    #expect(scratch.snapshot(withTimes: false) == after.mapValues { Self.withoutTime($0) })
  }

  static func withoutTime(_ entry: String) -> String {
    guard let line = entry.firstIndex(of: "\n") else { return entry }
    return entry[..<line].split(separator: " ").prefix(2).joined(separator: " ") + entry[line...]
  }

  @Test func `who waited for the lock in the old tree goes on in the new one`() throws {
    let scenario = ExchangeScenario()
    let early = try scenario.store()
    _ = try scenario.commit()
    let changes = [FileChange(.replace(Array("later\n".utf8)), at: "untouched.yaml")]
    _ = try early.commit(changes, RunDescription(.apply))
    #expect(scenario.scratch.read("untouched.yaml") == "later\n")
    #expect(scenario.scratch.read("platform.yaml") == "version: 2.2.0\n")
    #expect(try early.ledger().records.count == 2)
  }

  @Test func `a tree that was put aside is named as such`() throws {
    let scenario = ExchangeScenario()
    _ = try scenario.commit()
    let twin = try #require(scenario.scratch.twins.first)
    let aside = TransactionalDirectory(
      try OpenDirectory(scenario.above.absolute(twin)), environment: .fixed)
    #expect(code { _ = try aside.rollback() } == .oldTreeNamed)
    // Its history is that of the directory.
    #expect(try aside.ledger().records.count == 1)
  }

  @Test func `what others change meanwhile goes along, or stops the run`() throws {
    let scenario = ExchangeScenario()
    let interfering = InterferingFileSystem { () throws(Errno) in
      // Right before the exchange.
      scenario.scratch.write("untouched.yaml.new", "mine\n")
      rename(scenario.above.absolute("config/untouched.yaml.new"), scenario.above.absolute("config/untouched.yaml"))
      scenario.scratch.write("added.yaml", "mine\n")
    }
    _ = try scenario.commit(through: interfering)
    #expect(scenario.scratch.read("untouched.yaml") == "mine\n")
    #expect(scenario.scratch.read("added.yaml") == "mine\n")
    #expect(scenario.scratch.read("platform.yaml") == "version: 2.2.0\n")

    let second = ExchangeScenario()
    let editing = InterferingFileSystem { () throws(Errno) in second.scratch.write("platform.yaml", "mine\n") }
    #expect(code { _ = try second.commit(through: editing) } == .drift)
    #expect(second.scratch.read("platform.yaml") == "mine\n")
    #expect(second.scratch.read("environments/production.yaml") == "pool: 5\n")
    #expect(second.scratch.twins == [])
  }

  @Test func `what the caller does not approve is undone, and edits that came in between are kept`() throws {
    let scenario = ExchangeScenario()
    let before = scenario.scratch.snapshot()
    #expect(throws: Diagnostic("schema", "no")) {
      try scenario.store().commit(Scenario.changes, RunDescription(.apply)) { () throws(Diagnostic) in
        throw Diagnostic("schema", "no")
      }
    }
    #expect(scenario.scratch.snapshot() == before)
    #expect(scenario.scratch.twins == [])
    #expect(throws: Diagnostic("schema", "no")) {
      try scenario.store().commit(Scenario.changes, RunDescription(.apply)) { () throws(Diagnostic) in
        scenario.scratch.write("platform.yaml", "mine\n")
        scenario.scratch.write("added.yaml", "mine\n")
        throw Diagnostic("schema", "no")
      }
    }
    #expect(scenario.scratch.read("platform.yaml") == "mine\n")
    #expect(scenario.scratch.read("added.yaml") == "mine\n")
    #expect(scenario.scratch.read("environments/production.yaml") == "pool: 5\n")
  }

  @Test(arguments: [Errno.invalidArgument, .noFunction, .resourceBusy, .notPermitted])
  func `where the file system cannot, it is said, and nothing has changed`(error: Errno) throws {
    let scenario = ExchangeScenario()
    let before = scenario.scratch.snapshot()
    let refusing = InterferingFileSystem { () throws(Errno) in throw error }
    let refusal = #expect(throws: Diagnostic.self) { try scenario.commit(through: refusing) }
    #expect(refusal?.code == .exchangeImpossible)
    #expect(refusal?.message.contains("cannot be exchanged as a whole: ") == true)
    #expect(scenario.scratch.snapshot() == before)
    #expect(scenario.scratch.twins == [])
    #expect(try scenario.store().interruptedRun() == nil)
  }

  @Test(arguments: AnomalyTests.Kind.main)
  func `an exchange is all or nothing`(kind: AnomalyTests.Kind) throws {
    let old = ExchangeScenario().scratch.snapshot(withTimes: false)
    let whole = ExchangeScenario()
    _ = try whole.commit()
    let new = whole.scratch.snapshot(withTimes: false)
    var points = 0
    for n in 1... {
      let scenario = ExchangeScenario()
      let faulty = FaultyFileSystem(kind.fault(at: n))
      let isDone = (try? scenario.commit(through: faulty)) != nil
      points += 1
      // Even before anything is recovered.
      let found = scenario.scratch.snapshot(withTimes: false)
      #expect((found == old) != (found == new), "\(kind) at call \(n): a mixture")
      _ = try scenario.store().recover()
      let after = scenario.scratch.snapshot(withTimes: false)
      #expect((after == old) != (after == new), "\(kind) at call \(n): neither old nor new")
      if isDone { #expect(after == new) }
      let store = try scenario.store()
      #expect(try store.recover().isEmpty)
      #expect(try store.ledger().problems.isEmpty)
      #expect(try store.ledger().records.count == (after == new ? 1 : 0), "\(kind) at call \(n)")
      #expect(try store.backups().count == (after == new ? 1 : 0), "\(kind) at call \(n)")
      if after == new { _ = try store.rollback() } else { _ = try scenario.commit() }
      #expect(scenario.scratch.twins.count == 1, "\(kind) at call \(n): \(scenario.scratch.twins)")
      if !faulty.hasStruck { break }
    }
    print("Exchange, \(kind): \(points) points")
  }

  @Test func `a recovery of an exchange that dies too leaves it to the next one`() throws {
    let old = ExchangeScenario().scratch.snapshot(withTimes: false)
    let whole = ExchangeScenario()
    let counting = FaultyFileSystem(.killed(at: .max))
    _ = try whole.commit(through: counting)
    let new = whole.scratch.snapshot(withTimes: false)
    var points = 0
    for n in stride(from: 3, through: counting.calls, by: Thoroughness.sample(every: 17)) {
      for m in 1... {
        let scenario = ExchangeScenario()
        _ = try? scenario.commit(through: FaultyFileSystem(.killed(at: n)))
        let faulty = FaultyFileSystem(.killed(at: m))
        _ = try? scenario.store(through: faulty).recover(m.isMultiple(of: 2) ? .automatic : .undo)
        _ = try scenario.store().recover()
        points += 1
        let after = scenario.scratch.snapshot(withTimes: false)
        #expect((after == old) != (after == new), "killed at call \(n), recovery at call \(m)")
        #expect(try scenario.store().recover().isEmpty)
        #expect(try scenario.store().ledger().records.count == (after == new ? 1 : 0))
        if !faulty.hasStruck { break }
      }
    }
    print("Recoveries of an exchange: \(points) points")
  }
}
