import ConfigDocument
import StoreTestSupport
import Testing

@testable import ConfigStore

/// A run whose journal is torn, or lost, had changed nothing yet, unless something else shows that it had.
@Suite struct TornJournalTests {
  /// A directory in which a process died at one of the calls of a run that makes no directories.
  private func directory(killedAt call: Int) throws -> Scenario {
    let scenario = Scenario(makingDirectories: false)
    _ = try? scenario.commit(through: FaultyFileSystem(.killed(at: call)))
    return scenario
  }

  private func journal(of scenario: Scenario) throws -> String {
    try ".cfgmigrate/journal/" + #require(scenario.scratch.names(in: ".cfgmigrate/journal").first)
  }

  private func isBackupListed(in scenario: Scenario) -> Bool {
    scenario.scratch.names(in: ".cfgmigrate/backups").contains { !$0.hasPrefix(".") }
  }

  /// The call that lists the backup: the first one after the sync that makes all durable that was prepared.
  private func callOfListing() throws -> Int {
    for call in 1..<1_000 where isBackupListed(in: try directory(killedAt: call + 1)) { return call }
    Issue.record("no call lists the backup")
    return 0
  }

  @Test func `a run is undone whose journal is torn before anything took its place`() throws {
    var isEmpty: Set<Bool> = []
    for call in 1...(try callOfListing()) {
      let scenario = try directory(killedAt: call)
      guard !scenario.scratch.names(in: ".cfgmigrate/journal").isEmpty else { continue }
      let path = try journal(of: scenario)
      let text = try #require(scenario.scratch.read(path))
      isEmpty.insert(text.isEmpty)
      scenario.scratch.write(path, String(text.prefix(text.count / 2)))
      let store = try scenario.scratch.store()
      #expect(try store.interruptedRun()?.mayHaveChangedFiles == false)
      #expect(try store.recover().map(\.outcome) == [.undone])
      #expect(scenario.scratch.snapshot() == scenario.before, "call \(call)")
      #expect(try store.backups() == [])
    }
    // A name at first, then the whole text.
    #expect(isEmpty == [true, false])
  }

  @Test func `a journal that was damaged after the sync is named, and nothing is done`() throws {
    let scenario = try directory(killedAt: try callOfListing() + 3)
    let path = try journal(of: scenario)
    let text = try #require(scenario.scratch.read(path))
    scenario.scratch.write(path, text.replacing("platform.yaml", with: "platform.yamk"))
    let before = scenario.scratch.snapshot()
    #expect(code { _ = try scenario.scratch.store().recover() } == .stateDamaged)
    #expect(scenario.scratch.snapshot() == before)
  }

  @Test func `a recovery leaves what a run around its directory has staged, and that run's own removes it`() throws {
    let scenario = try #require(
      try (1..<100).lazy.map { try directory(killedAt: $0) }
        .first { !$0.scratch.names(in: ".cfgmigrate/journal").isEmpty })
    let run = try journal(of: scenario).dropFirst(".cfgmigrate/journal/".count).dropLast(".committing.json".count)
    scenario.scratch.write("inner/a.yaml", "a: 1\n")
    let inner = TransactionalDirectory(
      try OpenDirectory(scenario.scratch.absolute("inner")), environment: .fixed, patience: 10_000)
    _ = try inner.commit([FileChange(.replace([]), at: "a.yaml")], RunDescription(.apply))
    let staged = "inner/.a.yaml.cfgmigrate-\(run)"
    scenario.scratch.write(staged, "new\n")
    scenario.scratch.write("inner/.b.yaml.cfgmigrate-20261121T014523120Z-7f3a9c", "forgotten\n")
    #expect(try inner.recover() == [])
    #expect(scenario.scratch.names(in: "inner") == [".a.yaml.cfgmigrate-\(run)", ".cfgmigrate", "a.yaml"])
    #expect(try scenario.scratch.store().recover().map(\.outcome) == [.undone])
    #expect(scenario.scratch.read(staged) == nil)
  }

  @Test func `what a lost journal spoke of is removed, and nobody else's files are`() throws {
    let scenario = try directory(killedAt: try callOfListing())
    try scenario.scratch.store().root.removeFiles(below: ".cfgmigrate/journal")
    let inner = "inner/.a.yaml.cfgmigrate-20261121T014523120Z-7f3a9c"
    scenario.scratch.write("inner/.cfgmigrate/lock", "")
    scenario.scratch.write(inner, "of a run in a directory of its own")
    _ = try scenario.scratch.store().recover()
    #expect(scenario.scratch.read(inner) != nil)
    let left = scenario.scratch.snapshot().filter { !$0.key.hasPrefix("inner") }
    #expect(left == scenario.before)
    #expect(try scenario.scratch.store().recover().isEmpty)
  }
}

extension OpenDirectory {
  fileprivate func removeFiles(below path: RelativePath) throws {
    let directory = try #require(try directory(at: path))
    for name in try directory.entries() { try directory.removeFile(name) }
  }
}
