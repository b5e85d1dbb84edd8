import ConfigDocument
import Glibc
import Synchronization
import SystemPackage
import Testing

@testable import ConfigStore

/// Nothing outside the directory is ever read into it or written, whoever plants links or edits the store's files.
@Suite struct HostileTests {
  /// A directory whose `environments` becomes a link to the outside at some moment of a run.
  @Test(
    arguments: [
      "staging": { if case .open(let name, .creating) = $0 { RunID(ofStagedFile: name) != nil } else { false } },
      "replacing": { $0 == .rename(to: FileName(known: "production.yaml")) },
    ] as [String: @Sendable (InterferingFileSystem.Call) -> Bool])
  func `a link planted between check and use leads nothing out`(
    moment: (key: String, value: @Sendable (InterferingFileSystem.Call) -> Bool)
  ) throws {
    let (scratch, outside) = (ScratchDirectory(), ScratchDirectory())
    outside.write("production.yaml", "theirs\n")
    outside.write("new.yaml", "theirs\n")
    scratch.write("environments/production.yaml", "pool: 5\n")
    let theirs = outside.snapshot()
    let planting = InterferingFileSystem(before: moment.value) { () throws(Errno) in
      rename(scratch.absolute("environments"), scratch.absolute("moved"))
      scratch.link("environments", to: outside.path)
    }
    let changes = [
      FileChange(.replace(Array("pool: 6\n".utf8)), at: "environments/production.yaml"),
      FileChange(.create(Array("new\n".utf8)), at: "environments/other.yaml"),
    ]
    #expect(throws: Diagnostic.self) {
      try scratch.store(through: planting).commit(changes, RunDescription(.apply))
    }
    #expect(planting.hasHappened)
    #expect(outside.snapshot() == theirs)
    // When the link is gone again, the directory is made wholly old or wholly new.
    unlink(scratch.absolute("environments"))
    rename(scratch.absolute("moved"), scratch.absolute("environments"))
    _ = try scratch.store().recover()
    let isNew = try !scratch.store().ledger().records.isEmpty
    #expect(scratch.read("environments/production.yaml") == (isNew ? "pool: 6\n" : "pool: 5\n"))
    #expect(scratch.names(in: "environments") == (isNew ? ["other.yaml"] : []) + ["production.yaml"])
    #expect(outside.snapshot() == theirs)
  }

  @Test func `a file that becomes a link after it was checked is not written through`() throws {
    let (scratch, outside) = (ScratchDirectory(), ScratchDirectory())
    outside.write("theirs.yaml", "theirs\n")
    scratch.write("a.yaml", "1\n")
    let theirs = outside.snapshot()
    let staging: @Sendable (InterferingFileSystem.Call) -> Bool = {
      if case .open(let name, .creating) = $0 { RunID(ofStagedFile: name) != nil } else { false }
    }
    let planting = InterferingFileSystem(before: staging) { () throws(Errno) in
      unlink(scratch.absolute("a.yaml"))
      scratch.link("a.yaml", to: outside.absolute("theirs.yaml"))
    }
    let changes = [FileChange(.replace(Array("2\n".utf8)), at: "a.yaml")]
    #expect(throws: Diagnostic.self) {
      try scratch.store(through: planting).commit(changes, RunDescription(.apply))
    }
    #expect(outside.snapshot() == theirs)
    #expect(scratch.snapshot()["a.yaml"] == "link")
  }

  /// What an attacker writes into a list of a backup, in place of a file's path.
  @Test(arguments: ["../outside.yaml", "/etc/passwd", "a/../../b", ".cfgmigrate/ledger.jsonl", ".git/config", ""])
  func `a backup that speaks of other files is refused as a whole`(path: String) throws {
    let scratch = ScratchDirectory()
    scratch.write("a.yaml", "1\n")
    let store = try scratch.store()
    let run = try #require(
      try store.commit([FileChange(.replace(Array("2\n".utf8)), at: "a.yaml")], RunDescription(.apply))
    ).run
    let list = ".cfgmigrate/backups/\(run).json"
    let text = try #require(scratch.read(list))
    scratch.write(list, text.replacing("\"a.yaml\"", with: "\"\(path)\""), mode: 0o600)
    let before = scratch.snapshot()
    let refusals: Set<Diagnostic.Code?> = [.outsideDirectory, .backupDamaged]
    #expect(refusals.contains(code { _ = try store.rollback(run) }))
    #expect(refusals.contains(code { _ = try store.backup(of: run) }))
    #expect(refusals.contains(code { _ = try store.export(run, to: scratch.absolute("x.tar")) }))
    #expect(scratch.snapshot() == before)
    #expect(try !store.verifyHistory().damage.isEmpty)
  }

  @Test(arguments: ObjectPackTests.Holder.allCases)
  func `every flipped bit of a backup is found and named, and nothing of it is restored`(
    in kind: ObjectPackTests.Holder
  ) throws {
    let scratch = ScratchDirectory()
    scratch.write("a.yaml", "one: 1\n")
    let store = try scratch.store()
    var changes = [FileChange(.replace(Array("one: 2\n".utf8)), at: "a.yaml")]
    if kind == .pack { changes.append(FileChange(.create([]), at: "made/b.yaml")) }
    _ = try store.commit(changes, RunDescription(.apply))
    let backup = try #require(try store.backups().first)
    let holder = try OpenDirectory(scratch.absolute(".cfgmigrate/\(kind == .pack ? "objects" : "backups")"))
    let pack = kind == .pack ? FileName.pack(of: backup.run) : .of(backup.run)
    // The bytes, and the list of what is where.
    let bytes = try #require(try holder.readIfPresent(pack)).bytes
    let start = kind == .pack ? 0 : ListText.line(of: bytes).count
    // What stands between two words of the list means nothing.
    let textLength = "one: 1\n".utf8.count
    let gaps = [64, 81, 98].map { start + textLength + $0 }
    for bit in start * 8..<bytes.count * 8 where !gaps.contains(bit / 8) {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << (bit % 8)
      try holder.replace(pack, with: flipped, durably: false)
      let found = try store.verify(backup)
      #expect(found.map(\.code) == [.backupDamaged], "bit \(bit)")
      #expect(found.first?.message.hasPrefix("a.yaml: ") == true, "bit \(bit)")
      #expect(code { _ = try store.rollback() } == .backupDamaged, "bit \(bit)")
      #expect(scratch.read("a.yaml") == "one: 2\n", "bit \(bit)")
    }
    // So is what was cut off.
    for end in start..<bytes.count {
      try holder.replace(pack, with: Array(bytes[..<end]), durably: false)
      #expect(try store.verify(backup).map(\.code) == [.backupDamaged], "cut off at \(end)")
    }
    try holder.replace(pack, with: bytes, durably: false)
    #expect(try store.verify(backup) == [])
    // So is one in the list.
    let list = ".cfgmigrate/backups/\(backup.run).json"
    let text = try #require(scratch.read(list))
    let place = try OpenDirectory(scratch.absolute(".cfgmigrate/backups"))
    for index in stride(from: 0, to: kind == .pack ? text.utf8.count : start, by: 7) {
      var flipped = Array(text.utf8)
      flipped[index] ^= 1
      try place.replace(.of(backup.run), with: flipped, durably: false)
      let found = try store.verifyHistory().damage.map(\.code)
      #expect(found.contains(.backupDamaged) || found.contains(.outsideDirectory), "byte \(index)")
    }
  }

  /// Flips a bit of a file on the disk, as a bad one does on its way there.
  private static func flip(_ path: String, at offset: Int = 0) {
    let file = open(path, O_RDWR)
    var byte: UInt8 = 0
    pread(file, &byte, 1, offset)
    byte ^= 1
    pwrite(file, &byte, 1, offset)
    close(file)
  }

  /// What a bad disk hits.
  enum Hit: CaseIterable {
    case file, pack, list
  }

  @Test(arguments: Hit.allCases)
  func `what does not read back as it was written undoes the run`(hit: Hit) throws {
    let scratch = ScratchDirectory()
    scratch.write("a.yaml", "one: 1\n")
    let before = scratch.snapshot()
    let file = FileName(known: "a.yaml")
    let isReplaced = Mutex(false)
    let interfering = InterferingFileSystem(
      before: { call in
        if call == .rename(to: file) { isReplaced.withLock { $0 = true } }
        guard case .open(let name, .reading) = call else { return false }
        return switch hit {
        case .file: name == file && isReplaced.withLock { $0 }
        case .pack: name.bytes.suffix(9).elementsEqual(".pack.new".utf8)
        case .list: name.bytes.suffix(16).elementsEqual(".committing.json".utf8)
        }
      },
      { () throws(Errno) in
        switch hit {
        case .file: Self.flip(scratch.absolute("a.yaml"))
        case .pack:
          let pack = scratch.names(in: ".cfgmigrate/objects").first { $0.hasSuffix(".pack.new") } ?? ""
          Self.flip(scratch.absolute(".cfgmigrate/objects/\(pack)"))
        case .list:
          let journal = scratch.names(in: ".cfgmigrate/journal").first ?? ""
          let path = ".cfgmigrate/journal/\(journal)"
          let line = ListText.line(of: Array((scratch.read(path) ?? "").utf8))
          Self.flip(scratch.absolute(path), at: line.count)
        }
      })
    var changes = [FileChange(.replace(Array("one: 2\n".utf8)), at: "a.yaml")]
    if hit == .pack { changes.append(FileChange(.create([]), at: "made/b.yaml")) }
    let failure = #expect(throws: Diagnostic.self) {
      try scratch.store(through: interfering).commit(changes, RunDescription(.apply))
    }
    #expect(interfering.hasHappened)
    #expect(failure?.code == .ioError)
    #expect(failure?.message.hasSuffix("read as what was written") == true, "\(failure?.message ?? "")")
    if hit != .file {
      #expect(scratch.snapshot() == before)
      for name in ["objects", "backups", "journal"] {
        #expect(scratch.names(in: ".cfgmigrate/\(name)") == [], "\(name)")
      }
    } else {
      // Someone else's text, as far as anyone can tell: it is left alone.
      #expect(scratch.read("a.yaml") == "nne: 2\n")
    }
  }
}
