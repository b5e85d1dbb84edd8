import ConfigDocument
import StoreTestSupport
import Testing

@testable import ConfigStore

@Suite struct RollbackTests {
  @Test func `a rollback brings bytes, modes and times back, and can be rolled back itself`() throws {
    let scenario = Scenario()
    let store = try scenario.scratch.store()
    let applied = try #require(try scenario.commit())
    let new = scenario.scratch.snapshot()

    let back = try #require(try store.rollback())
    #expect(scenario.scratch.snapshot() == scenario.before)
    #expect(back.description == RunDescription(.rollback, from: "2.2.0", to: "2.1.0", reverts: applied.run))
    #expect(back.run > applied.run)

    _ = try #require(try store.rollback(back.run))
    #expect(scenario.scratch.snapshot() == new)
    #expect(try store.ledger().lastEffective?.run == applied.run)

    _ = try #require(try store.rollback())
    #expect(scenario.scratch.snapshot() == scenario.before)
    #expect(try store.ledger().lastEffective == nil)
    #expect(code { _ = try store.rollback() } == .unknownRun)
    #expect(try store.rollback(applied.run) == nil)
  }

  @Test func `runs are rolled back newest first`() throws {
    let scratch = ScratchDirectory()
    scratch.write("a.yaml", "1")
    let store = try scratch.store()
    let first = try #require(
      try store.commit([FileChange(.replace(Array("2".utf8)), at: "a.yaml")], RunDescription(.apply)))
    let second = try #require(
      try store.commit([FileChange(.replace(Array("3".utf8)), at: "a.yaml")], RunDescription(.apply)))
    let refusal = #expect(throws: Diagnostic.self) { try store.rollback(first.run) }
    #expect(refusal?.code == .drift)
    #expect(refusal?.hint?.contains("Roll back \(second.run) first") == true)
    _ = try store.rollback()
    #expect(scratch.read("a.yaml") == "2")
    _ = try store.rollback()
    #expect(scratch.read("a.yaml") == "1")
  }

  @Test func `edits since the run are kept, unless the rollback is forced`() throws {
    let scenario = Scenario()
    let store = try scenario.scratch.store()
    _ = try scenario.commit()
    scenario.scratch.write("platform.yaml", "mine\n")
    let edited = scenario.scratch.snapshot()
    let refusal = #expect(throws: Diagnostic.self) { try store.rollback() }
    #expect(refusal?.code == .drift)
    #expect(refusal?.message.contains("platform.yaml was edited since") == true)
    #expect(scenario.scratch.snapshot() == edited)

    let forced = try #require(try store.rollback(force: true))
    #expect(scenario.scratch.snapshot() == scenario.before)
    let kept = try store.backup(of: forced.run).files.first { $0.path == "platform.yaml" }
    #expect(try store.bytes(of: #require(kept)) == Array("mine\n".utf8))
  }

  @Test func `an interrupted run that met someone's edit is left to be decided on`() throws {
    let scenario = Scenario()
    let counting = FaultyFileSystem(.killed(at: .max))
    _ = try Scenario().commit(through: counting)
    _ = try? scenario.commit(through: FaultyFileSystem(.killed(at: counting.calls - 3)))
    let store = try scenario.scratch.store()
    let interrupted = try #require(try store.interruptedRun())
    #expect(interrupted.mayHaveChangedFiles)
    #expect(interrupted.files.contains("platform.yaml"))
    scenario.scratch.write("platform.yaml", "mine\n")
    #expect(code { _ = try store.recover() } == .interruptedRun)
    #expect(code { _ = try scenario.commit() } == .interruptedRun)
    #expect(scenario.scratch.read("platform.yaml") == "mine\n")
    #expect(try store.recover(.undoForced).map(\.outcome) == [.undone])
    #expect(scenario.scratch.snapshot() == scenario.before)
  }
}

@Suite struct BackupTests {
  @Test func `a damaged backup is found, and never put back`() throws {
    let scenario = Scenario()
    let store = try scenario.scratch.store()
    _ = try scenario.commit()
    let backup = try #require(try store.backups().first)
    #expect(
      backup.files.map(\.path) == ["environments/production.yaml", "obsolete.yaml", "platform.yaml", "services.json"])
    #expect(backup.created == ["conf.d/deep/new.yaml", "conf.d/services.json"])
    #expect(try store.verify(backup) == [])

    try scenario.scratch.damageObject("version: 2.1.0\n")
    let new = scenario.scratch.snapshot()
    #expect(try store.verify(backup).map(\.code) == [.backupDamaged])
    #expect(code { _ = try store.rollback() } == .backupDamaged)
    #expect(code { _ = try store.restore(backup) } == .backupDamaged)
    #expect(scenario.scratch.snapshot() == new)
  }

  @Test func `a restore puts the files back over anything, and leaves new files alone`() throws {
    let scenario = Scenario()
    let store = try scenario.scratch.store()
    let applied = try #require(try scenario.commit())
    scenario.scratch.write("platform.yaml", "mine\n")
    let record = try #require(try store.restore(try store.backup(of: applied.run)))
    #expect(record.description == RunDescription(.restore, to: "2.1.0", reverts: applied.run))
    #expect(scenario.scratch.read("platform.yaml") == "version: 2.1.0\n")
    #expect(scenario.scratch.read("conf.d/deep/new.yaml") == "new: 1\n")
    _ = try store.rollback(record.run)
    #expect(scenario.scratch.read("platform.yaml") == "mine\n")
  }

  @Test func `nobody but the owner can look into the state directory`() throws {
    let scenario = Scenario()
    _ = try scenario.commit()
    let state = try OpenDirectory(scenario.scratch.path).subdirectory(.stateDirectory)
    for name in try state.entries() where name != .gitignore {
      let mode = try state.status(of: name)?.attributes.mode
      #expect(mode == 0o700 || mode == 0o600, "\(name)")
    }
    #expect(scenario.scratch.read(".cfgmigrate/.gitignore") == "*\n")
  }
}
