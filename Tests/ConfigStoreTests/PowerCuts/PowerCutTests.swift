import ConfigDocument
import SystemPackage
import TestSupport
import Testing

@testable import ConfigStore

/// The power is cut at every call that changes the disk, and what was not synced is lost, torn or reordered. After the
/// machine starts again and recovers, the directory is wholly old or wholly new.
@Suite struct PowerCutTests {
  static let files: [RelativePath: String] = [
    "platform.yaml": "version: 2.1.0\n", "environments/production.yaml": "pool: 5\n", "obsolete.yaml": "gone: true\n",
    "services.json": "{}\n", "untouched.yaml": "a: 1\n",
  ]
  /// What a run is to change, and what there is afterwards.
  struct Work: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var changes: [FileChange]
    var new: [RelativePath: String]
    /// The directories of the set afterwards.
    var directories: Set<RelativePath>
  }

  static let oldDirectories: Set<RelativePath> = ["environments"]

  /// Makes directories, so that its journal is durable before anything else is done.
  static let withDirectories = Work(
    testDescription: "with new directories",
    changes: [
      FileChange(.replace(Array("version: 2.2.0\n".utf8)), at: "platform.yaml"),
      FileChange(.replace(Array("pool:\n  size: 5\n".utf8)), at: "environments/production.yaml"),
      FileChange(.create(Array("new: 1\n".utf8)), at: "conf.d/deep/new.yaml"), FileChange(.remove, at: "obsolete.yaml"),
      FileChange(.rename(to: "conf.d/services.json"), at: "services.json"),
    ],
    new: [
      "platform.yaml": "version: 2.2.0\n", "environments/production.yaml": "pool:\n  size: 5\n",
      "conf.d/deep/new.yaml": "new: 1\n", "conf.d/services.json": "{}\n", "untouched.yaml": "a: 1\n",
    ], directories: ["environments", "conf.d", "conf.d/deep"])

  /// Its journal becomes durable with all that it prepares.
  static let filesAlone = Work(
    testDescription: "files alone",
    changes: [
      FileChange(.replace(Array("version: 2.2.0\n".utf8)), at: "platform.yaml"),
      FileChange(.replace(Array("pool:\n  size: 5\n".utf8)), at: "environments/production.yaml"),
      FileChange(.create(Array("new: 1\n".utf8)), at: "environments/new.yaml"),
      FileChange(.remove, at: "obsolete.yaml"),
    ],
    new: [
      "platform.yaml": "version: 2.2.0\n", "environments/production.yaml": "pool:\n  size: 5\n",
      "environments/new.yaml": "new: 1\n", "services.json": "{}\n", "untouched.yaml": "a: 1\n",
    ], directories: oldDirectories)

  /// A disk with the files, all durable.
  static func disk() throws -> VolatileDisk {
    let fileSystem = VolatileFileSystem()
    let root = try OpenDirectory("/", in: fileSystem)
    let directory = try root.makeSubdirectory(FileName(known: "config"), mode: 0o755)
    for (path, text) in files.sorted(by: { $0.key < $1.key }) {
      var here = directory
      for name in path.names.dropLast() { here = try here.makeSubdirectory(name, mode: 0o755) }
      try here.create(path.name!, Array(text.utf8), as: NewFile(mode: 0o644), durably: true)
    }
    try root.syncFileSystem()
    return fileSystem.disk
  }

  static func store(
    on fileSystem: VolatileFileSystem, _ manner: CommitManner = .inPlace
  ) throws -> TransactionalDirectory {
    TransactionalDirectory(try OpenDirectory("/config", in: fileSystem), environment: .fixed, manner: manner)
  }

  static func contents(on fileSystem: VolatileFileSystem) throws -> [RelativePath: String] {
    let root = try OpenDirectory("/config", in: fileSystem)
    var out: [RelativePath: String] = [:]
    for path in try root.listing().files {
      out[path] = String(decoding: try root.contents(at: path)?.bytes ?? [], as: UTF8.self)
    }
    return out
  }

  /// Every directory of the set, and every file that a run has put beside another one.
  static func surroundings(on fileSystem: VolatileFileSystem) throws -> (
    directories: Set<RelativePath>, staged: [FileName]
  ) {
    let root = try OpenDirectory("/config", in: fileSystem)
    var pending = [RelativePath()]
    var (directories, staged): (Set<RelativePath>, [FileName]) = ([], [])
    while let path = pending.popLast() {
      guard let directory = try root.directory(at: path) else { continue }
      for name in try directory.entries() where name != .stateDirectory {
        if RunID(ofStagedFile: name) != nil {
          staged.append(name)
        } else if try directory.status(of: name)?.kind == .directory {
          pending.append(path.appending(name))
          directories.insert(path.appending(name))
        }
      }
    }
    return (directories, staged)
  }

  static let chances: [Chance] =
    [Chance(.nothing), Chance(.everything)] + (1...(Thoroughness.isFull ? 100 : 4)).map { Chance(.random, seed: $0) }

  @Test(arguments: [CommitManner.inPlace, .exchange], [withDirectories, filesAlone])
  func `a commit whose power is cut is all or nothing`(manner: CommitManner, work: Work) throws {
    let disk = try Self.disk()
    var points = 0
    for n in 1... {
      let fileSystem = VolatileFileSystem(disk, powerCutAt: n)
      let isDone = (try? Self.store(on: fileSystem, manner).commit(work.changes, RunDescription(.apply))) != nil
      for chance in Self.chances {
        points += 1
        var chance = chance
        let isNew = try recover(fileSystem.disk.afterPowerCut(&chance), work, "\(manner) cut at call \(n), \(chance)")
        if isDone { #expect(isNew, "call \(n), \(chance): reported as done, and lost") }
      }
      if fileSystem.calls < n { break }
    }
    print("Power cuts in a commit, \(manner), \(work.testDescription): \(points) points")
  }

  /// What a recovery finds that is cut off itself: a disk after a power cut, or a machine on which only the process died.
  enum Before: CaseIterable {
    case powerCut, kill
  }

  @Test(arguments: [CommitManner.inPlace, .exchange], Before.allCases)
  func `a recovery whose power is cut leaves it to the next one`(manner: CommitManner, before: Before) throws {
    let disk = try Self.disk()
    var points = 0
    for work in [Self.withDirectories, Self.filesAlone] {
      let counting = VolatileFileSystem(disk)
      _ = try Self.store(on: counting, manner).commit(work.changes, RunDescription(.apply))
      for n in stride(from: 1, through: counting.calls, by: Thoroughness.sample(every: 4)) {
        let fileSystem = VolatileFileSystem(disk, powerCutAt: n)
        _ = try? Self.store(on: fileSystem, manner).commit(work.changes, RunDescription(.apply))
        var first = Chance(.random, seed: UInt64(n))
        let found = before == .kill ? fileSystem.disk : fileSystem.disk.afterPowerCut(&first)
        for m in 1... {
          let second = VolatileFileSystem(found, powerCutAt: m)
          _ = try? Self.store(on: second).recover(m.isMultiple(of: 2) ? .automatic : .undo)
          points += 1
          var chance = Chance(.random, seed: UInt64(n * 1_000 + m))
          let comment = "\(manner) cut at call \(n) (\(before)), recovery cut at call \(m)"
          _ = try recover(second.disk.afterPowerCut(&chance), work, comment)
          if second.calls < m { break }
        }
      }
    }
    print("Power cuts in recoveries, \(manner), after a \(before): \(points) points")
  }

  @Test func `a rollback whose power is cut is all or nothing`() throws {
    let before = VolatileFileSystem(try Self.disk())
    _ = try Self.store(on: before).commit(Self.withDirectories.changes, RunDescription(.apply))
    var settled = before.disk
    settled.syncAll()
    var points = 0
    for n in 1... {
      let fileSystem = VolatileFileSystem(settled, powerCutAt: n)
      let isDone = (try? Self.store(on: fileSystem).rollback()) != nil
      for chance in Self.chances {
        points += 1
        var chance = chance
        let isNew = try recover(
          fileSystem.disk.afterPowerCut(&chance), Self.withDirectories, "rollback cut at call \(n), \(chance)", runs: 1)
        if isDone { #expect(!isNew, "call \(n), \(chance): reported as done, and lost") }
      }
      if fileSystem.calls < n { break }
    }
    print("Power cuts in a rollback: \(points) points")
  }

  @Test func `pruning and taking in a backup lose no other one when the power is cut`() throws {
    let archives = ScratchDirectory()
    let before = VolatileFileSystem(try Self.disk())
    let first = try #require(try Self.store(on: before).commit(Self.withDirectories.changes, RunDescription(.apply)))
      .run
    try Self.store(on: before).export(first, to: "/backup.tar")
    let archive = try #require(try OpenDirectory("/", in: before).readIfPresent(FileName(known: "backup.tar"))).bytes
    try OpenDirectory(archives.path).create(FileName(known: "backup.tar"), archive, durably: false)
    // The last one needs some of what the pack of the first holds, so that it is written anew, and later completed, and some of
    // what stands behind the list of the second.
    let production: RelativePath = "environments/production.yaml"
    for changes in [
      [FileChange(.replace(Array("version: 2.1.0\n".utf8)), at: "platform.yaml")],
      [
        FileChange(.replace(Array("version: 2.2.0\n".utf8)), at: "platform.yaml"),
        FileChange(.replace(Array("pool: 5\n".utf8)), at: production),
      ],
      [FileChange(.remove, at: "platform.yaml"), FileChange(.remove, at: production)],
    ] {
      _ = try Self.store(on: before).commit(changes, RunDescription(.apply))
    }
    #expect(try Self.kept(on: before) == ["backups": 2, "objects": 1])
    var settled = before.disk
    settled.syncAll()
    try expectAllBackups(on: settled, named: "a pruning") { store throws(Diagnostic) in
      _ = try store.prune(keeping: 1)
    }
    let pruned = VolatileFileSystem(settled)
    _ = try Self.store(on: pruned).prune(keeping: 1)
    #expect(try Self.kept(on: pruned) == ["backups": 0, "objects": 2])
    var fewer = pruned.disk
    fewer.syncAll()
    try expectAllBackups(on: fewer, named: "an import") { store throws(Diagnostic) in
      _ = try store.importBackup(from: archives.absolute("backup.tar"))
    }
  }

  /// How many files of each directory hold objects.
  private static func kept(on fileSystem: VolatileFileSystem) throws -> [String: Int] {
    let state = try #require(try StateDirectory(readingIn: OpenDirectory("/config", in: fileSystem)))
    let list = try state.objects.list()
    return ["backups": list.lists.count { !$0.entries.isEmpty }, "objects": list.packs.count + list.files.count]
  }

  /// Cuts the power in every call of `work`: whatever is listed afterwards is whole, and the work can be done again.
  private func expectAllBackups(
    on disk: VolatileDisk, named name: String, _ work: (TransactionalDirectory) throws(Diagnostic) -> Void
  ) throws {
    var points = 0
    let last = try #require(try Self.store(on: VolatileFileSystem(disk)).backups().last)
    for n in 1... {
      let fileSystem = VolatileFileSystem(disk, powerCutAt: n)
      _ = try? work(try Self.store(on: fileSystem))
      for chance in Self.chances {
        points += 1
        var chance = chance
        let after = VolatileFileSystem(fileSystem.disk.afterPowerCut(&chance))
        let store = try Self.store(on: after)
        for again in [false, true] {
          if again { try work(store) }
          let backups = try store.backups()
          #expect(backups.contains(last), "\(name), call \(n), \(chance)")
          for backup in backups { #expect(try store.verify(backup) == [], "\(name), call \(n), \(chance)") }
        }
      }
      if fileSystem.calls < n { break }
    }
    print("Power cuts in \(name): \(points) points")
  }

  /// Starts the machine again, recovers, and looks.
  /// - Parameter runs: How many runs there were before.
  /// - Returns: whether the directory is new.
  private func recover(_ disk: VolatileDisk, _ work: Work, _ comment: String, runs: Int = 0) throws -> Bool {
    let fileSystem = VolatileFileSystem(disk)
    let store = try Self.store(on: fileSystem)
    do {
      _ = try store.recover()
    } catch {
      Issue.record("\(comment): recovery fails: \(error)")
      return false
    }
    let contents = try Self.contents(on: fileSystem)
    let (isOld, isNew) = (contents == Self.files, contents == work.new)
    #expect(isOld != isNew, "\(comment): neither old nor new: \(contents)")
    let (directories, staged) = try Self.surroundings(on: fileSystem)
    #expect(directories == (isNew ? work.directories : Self.oldDirectories), "\(comment)")
    #expect(staged == [], "\(comment): left lying")
    #expect(try store.recover().isEmpty, "\(comment): a second recovery has something to do")
    let ledger = try store.ledger()
    #expect(ledger.problems.allSatisfy { $0.code == .ledgerTorn }, "\(comment)")
    #expect(ledger.records.count == (runs == 0 ? (isNew ? 1 : 0) : (isNew ? 1 : 2)), "\(comment)")
    for backup in try store.backups() { #expect(try store.verify(backup) == [], "\(comment)") }
    // The way back works, and so does the next run.
    if isNew, runs == 0 {
      _ = try store.rollback()
      #expect(try Self.contents(on: fileSystem) == Self.files, "\(comment): not rolled back")
    }
    return isNew
  }
}
