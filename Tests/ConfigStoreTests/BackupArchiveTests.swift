import ConfigDocument
import Glibc
import StoreTestSupport
import Testing

@testable import ConfigStore

@Suite struct BackupArchiveTests {
  /// A directory with two runs and its scratch place for archives.
  private func scenario() throws -> (Scenario, ScratchDirectory, RunID) {
    let scenario = Scenario()
    _ = try scenario.scratch.store().commit(
      Scenario.changes, RunDescription(.apply),
      backingUp: BackupScope(
        files: ["untouched.yaml", "platform.yaml", "gone.yaml"], links: ["current.yaml"],
        attachments: [("residue.json", .held(Array("{}".utf8)))]))
    return (scenario, ScratchDirectory(), try #require(try scenario.scratch.store().ledger().records.first?.run))
  }

  @Test func `a backup has the rest of the set, links and what travels with it`() throws {
    let (scenario, _, run) = try scenario()
    let store = try scenario.scratch.store()
    let backup = try store.backup(of: run)
    #expect(backup.files.filter { !$0.isChanged }.map(\.path) == ["untouched.yaml"])
    #expect(backup.links == [.init(path: "current.yaml", target: Array("environments/production.yaml".utf8))])
    #expect(try backup.attachments.map { try store.bytes(of: $0) } == [Array("{}".utf8)])
    // A file that the run did not change can be restored too, and alone.
    scenario.scratch.write("untouched.yaml", "mine\n")
    scenario.scratch.write("platform.yaml", "mine too\n")
    _ = try store.restore(backup, only: ["untouched.yaml"])
    #expect(scenario.scratch.read("untouched.yaml") == "a: 1\n")
    #expect(scenario.scratch.read("platform.yaml") == "mine too\n")
    #expect(code { _ = try store.restore(backup, only: ["nothing.yaml"]) } == .unknownFile)
  }

  @Test func `an exported backup is taken in elsewhere and restores the same`() throws {
    let (scenario, place, run) = try scenario()
    let store = try scenario.scratch.store()
    try store.export(run, to: place.absolute("backup.tar"))
    var status = stat()
    lstat(place.absolute("backup.tar"), &status)
    #expect(status.st_mode & 0o777 == 0o600)
    let other = ScratchDirectory()
    let elsewhere = try other.store()
    let backup = try elsewhere.importBackup(from: place.absolute("backup.tar"))
    #expect(try backup == store.backup(of: run))
    #expect(try elsewhere.verify(backup) == [])
    _ = try elsewhere.restore(backup)
    var old = scenario.before
    old["current.yaml"] = nil
    #expect(other.snapshot() == old)
    // Once more changes nothing.
    #expect(try elsewhere.importBackup(from: place.absolute("backup.tar")) == backup)
    // The lists of both are the same text.
    #expect(other.names(in: ".cfgmigrate/backups").contains("\(run).json"))
  }

  @Test(arguments: [true, false]) func `the list goes along byte for byte`(_ makesDirectories: Bool) throws {
    let (scenario, place, other) = (
      Scenario(makingDirectories: makesDirectories), ScratchDirectory(), ScratchDirectory()
    )
    let record = try #require(try scenario.commit())
    try scenario.scratch.store().export(record.run, to: place.absolute("backup.tar"))
    _ = try other.store().importBackup(from: place.absolute("backup.tar"))
    let list = try #require(other.read(".cfgmigrate/backups/\(record.run).json"))
    let own = try #require(scenario.scratch.read(".cfgmigrate/backups/\(record.run).json"))
    // Without what stands behind it.
    #expect(Array(list.utf8) == ListText.line(of: Array(own.utf8)))
    #expect(Digest(of: Array(list.utf8)) == record.backup)
  }

  @Test func `an archive that is damaged, cut off or hostile is refused, and nothing is taken in`() throws {
    let (scenario, place, run) = try scenario()
    try scenario.scratch.store().export(run, to: place.absolute("backup.tar"))
    let whole = try OpenDirectory(place.path).readIfPresent(FileName(known: "backup.tar"))!.bytes
    func importing(_ bytes: [UInt8]) throws -> Diagnostic.Code? {
      let directory = try OpenDirectory(place.path)
      try directory.removeFile(FileName(known: "bad.tar"))
      try directory.create(FileName(known: "bad.tar"), bytes, durably: false)
      let other = ScratchDirectory()
      let found = code { _ = try other.store().importBackup(from: place.absolute("bad.tar")) }
      #expect(try other.store().backups() == [])
      #expect(other.names(in: ".cfgmigrate/objects") == [])
      return found
    }
    #expect(try importing(Array("no tar".utf8)) == .badArchive)
    var points = 0
    for cut in stride(from: 0, to: whole.count - 1_024, by: 512) {
      let found = try importing(Array(whole[..<cut]))
      #expect(found == .badArchive || found == .backupDamaged, "cut at \(cut)")
      points += 1
    }
    // One bit in the bytes of a file.
    let text = Array("version: 2.1.0".utf8)
    let place2 = try #require(whole.indices.last { whole[$0...].starts(with: text) })
    var flipped = whole
    flipped[place2] ^= 1
    #expect(try importing(flipped) == .backupDamaged)
    // A list that speaks of other places.
    for hostile in ["../outside", "/etc/passwd", ".git/config", ".cfgmigrate/lock"] {
      let list = String(
        decoding: try #require(whole.split(separator: 0).first { $0.starts(with: Array("{".utf8)) }), as: UTF8.self
      )
      .split(separator: "untouched.yaml").joined(separator: hostile)
      let header = TarEntry(
        path: Array("backup.json".utf8), kind: .file(size: list.utf8.count),
        attributes: FileAttributes(mode: 0o600, owner: 0, group: 0, modified: Timestamp(seconds: 0))
      ).header
      let padding = [UInt8](repeating: 0, count: TarEntry.padding(after: list.utf8.count) + 1_024)
      let found = try importing(header + Array(list.utf8) + padding)
      #expect(found == .backupDamaged || found == .outsideDirectory, "\(hostile)")
    }
    // An entry whose own name leads out.
    let entry = TarEntry(
      path: Array("../x".utf8), kind: .file(size: 0),
      attributes: FileAttributes(mode: 0o600, owner: 0, group: 0, modified: Timestamp(seconds: 0))
    ).header
    #expect(try importing(entry + [UInt8](repeating: 0, count: 1_024)) == .outsideDirectory)
    print("Archives cut off: \(points) points")
  }

  @Test(arguments: AnomalyTests.Kind.main)
  func `an import that fails leaves a whole backup or none`(kind: AnomalyTests.Kind) throws {
    let (scenario, place, run) = try scenario()
    try scenario.scratch.store().export(run, to: place.absolute("backup.tar"))
    var points = 0
    for n in 1... {
      let other = ScratchDirectory()
      let faulty = FaultyFileSystem(kind.fault(at: n))
      let isDone = (try? other.store(through: faulty).importBackup(from: place.absolute("backup.tar"))) != nil
      let store = try other.store()
      let backups = try store.backups()
      for backup in backups { #expect(try store.verify(backup) == []) }
      if isDone { #expect(backups.count == 1) }
      #expect(try store.importBackup(from: place.absolute("backup.tar")).run == run)
      points += 1
      if !faulty.hasStruck { break }
    }
    print("Imports, \(kind): \(points) points")
  }

  @Test(arguments: AnomalyTests.Kind.main)
  func `an export that fails leaves the archive that was there`(kind: AnomalyTests.Kind) throws {
    let (scenario, _, run) = try scenario()
    var points = 0
    for n in 1... {
      let place = ScratchDirectory()
      place.write("backup.tar", "of before", mode: 0o600)
      let faulty = FaultyFileSystem(kind.fault(at: n))
      let isDone = (try? scenario.scratch.store(through: faulty).export(run, to: place.absolute("backup.tar"))) != nil
      if place.read("backup.tar") == "of before" {
        #expect(!isDone, "\(kind) at call \(n)")
      } else {
        let other = ScratchDirectory()
        let backup = try other.store().importBackup(from: place.absolute("backup.tar"))
        #expect(try other.store().verify(backup) == [], "\(kind) at call \(n)")
      }
      try scenario.scratch.store().export(run, to: place.absolute("backup.tar"))
      #expect(place.names(in: "") == ["backup.tar"], "\(kind) at call \(n)")
      points += 1
      if !faulty.hasStruck { break }
    }
    print("Exports, \(kind): \(points) points")
  }

  @Test(arguments: AnomalyTests.Kind.main)
  func `a pruning that fails loses no backup that is listed`(kind: AnomalyTests.Kind) throws {
    var points = 0
    for n in 1... {
      let scratch = ScratchDirectory()
      scratch.write("a.yaml", "0")
      for text in ["1", "2", "1", "3"] {
        _ = try scratch.store().commit([FileChange(.replace(Array(text.utf8)), at: "a.yaml")], RunDescription(.apply))
      }
      let faulty = FaultyFileSystem(kind.fault(at: n))
      let pruned = try? scratch.store(through: faulty).prune(keeping: 2)
      let store = try scratch.store()
      for backup in try store.backups() { #expect(try store.verify(backup) == []) }
      #expect(try store.backups().count >= 2)
      _ = try store.prune(keeping: 2)
      #expect(try store.backups().count == 2)
      #expect(try scratch.objects() == [Digest(of: "1"), Digest(of: "2")].sorted())
      if let pruned {
        #expect(pruned == PrunedBackups(runs: pruned.runs, objects: 1, bytes: 1) && pruned.runs.count == 2)
      }
      _ = try store.rollback()
      #expect(scratch.read("a.yaml") == "1")
      points += 1
      if !faulty.hasStruck { break }
    }
    print("Prunings, \(kind): \(points) points")
  }
}
