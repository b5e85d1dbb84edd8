import ConfigDocument
import Glibc
import StoreTestSupport
import TestSupport
import Testing

@testable import ConfigStore

/// What the backups of a run keep is in one file: its pack, or where it is little, the list of its backup.
@Suite struct ObjectPackTests {
  /// Where a run of a few small files keeps them.
  enum Holder: CaseIterable {
    /// In a pack, as every run that makes directories does.
    case pack
    case list
  }

  private func commit(
    _ texts: [String: String], in scratch: ScratchDirectory, keptIn holder: Holder = .list
  ) throws -> RunID {
    var changes = texts.sorted { $0.key < $1.key }.map {
      FileChange(.replace(Array($0.value.utf8)), at: RelativePath(stringLiteral: $0.key))
    }
    if holder == .pack {
      let count = scratch.names(in: "").count
      changes.append(FileChange(.create([]), at: RelativePath(stringLiteral: "made-\(count)/empty.yaml")))
    }
    return try #require(try scratch.store().commit(changes, RunDescription(.apply))).run
  }

  private func pack(of run: RunID) -> String { ".cfgmigrate/objects/\(run).pack" }

  private func list(of run: RunID) -> String { ".cfgmigrate/backups/\(run).json" }

  /// What is left in `objects/` of what a run kept, when its backup was pruned.
  private func formerHolder(_ holder: Holder, of run: RunID) -> String {
    holder == .pack ? pack(of: run) : ".cfgmigrate/objects/\(run).list.pack"
  }

  private func expectIntact(_ scratch: ScratchDirectory) throws {
    let store = try scratch.store()
    for backup in try store.backups() { #expect(try store.verify(backup) == []) }
    #expect(try store.verifyHistory().damage == [])
  }

  @Test func `a run has one pack, which says in words what is where`() throws {
    let scratch = ScratchDirectory()
    for (name, text) in [("a.yaml", "one"), ("b.yaml", ""), ("c.yaml", "one")] { scratch.write(name, text) }
    let run = try commit(["a.yaml": "1", "b.yaml": "2", "c.yaml": "3"], in: scratch, keptIn: .pack)
    #expect(scratch.names(in: ".cfgmigrate/objects") == ["\(run).pack"])
    #expect(
      scratch.read(pack(of: run)) == """
        one\(Digest(of: "one").hexadecimal) 0000000000000000 0000000000000003
        \(Digest(of: "").hexadecimal) 0000000000000003 0000000000000000
        cfgmigrate pack 1 0000000000000002

        """)
    var status = stat()
    lstat(scratch.absolute(pack(of: run)), &status)
    #expect(status.st_mode & 0o777 == 0o600)
    try expectIntact(scratch)
    // What is kept already makes no pack.
    _ = try scratch.store().rollback()
    _ = try commit(["a.yaml": "1", "b.yaml": "2", "c.yaml": "3"], in: scratch, keptIn: .pack)
    #expect(scratch.names(in: ".cfgmigrate/objects") == ["\(run).pack"])
    try expectIntact(scratch)
  }

  @Test func `where it is little it stands behind the list, in the same form`() throws {
    let scratch = ScratchDirectory()
    for (name, text) in [("a.yaml", "one"), ("b.yaml", ""), ("c.yaml", "one")] { scratch.write(name, text) }
    let before = scratch.snapshot()
    let run = try commit(["a.yaml": "1", "b.yaml": "2", "c.yaml": "3"], in: scratch)
    #expect(scratch.names(in: ".cfgmigrate/objects") == [])
    let lines = try #require(scratch.read(list(of: run))).split(separator: "\n", omittingEmptySubsequences: false)
    let start = lines[0].utf8.count + 1
    func number(_ value: Int) -> String { String(repeating: "0", count: 16 - "\(value)".count) + "\(value)" }
    #expect(
      lines.dropFirst() == [
        "one\(Digest(of: "one").hexadecimal) \(number(start)) \(number(3))",
        "\(Digest(of: "").hexadecimal) \(number(start + 3)) \(number(0))", "cfgmigrate pack 1 0000000000000002", "",
      ])
    let digest = try scratch.store().ledger().records.first?.backup
    #expect(digest == Digest(of: Array("\(lines[0])\n".utf8)))
    try expectIntact(scratch)
    // What is kept already is not kept again: then the list is alone.
    _ = try scratch.store().rollback()
    #expect(scratch.snapshot() == before)
    let again = try commit(["a.yaml": "1", "b.yaml": "2", "c.yaml": "3"], in: scratch)
    #expect(scratch.read(list(of: again))?.hasSuffix("}\n") == true)
    try expectIntact(scratch)
  }

  @Test func `taking in a backup repairs what stands behind its list, and loses nothing that does`() throws {
    let scratch = ScratchDirectory()
    for name in ["a", "b"] { scratch.write("\(name).yaml", "text of \(name)") }
    let run = try commit(["a.yaml": "1", "b.yaml": "1"], in: scratch)
    try scratch.store().export(run, to: scratch.absolute("backup.tar"))
    try scratch.damageObject("text of a")
    #expect(try scratch.store().verifyHistory().damage.count == 1)
    _ = try scratch.store().importBackup(from: scratch.absolute("backup.tar"))
    try expectIntact(scratch)
    // So where the end is cut off.
    let bytes = Array(try #require(scratch.read(list(of: run))).utf8.dropLast(40))
    scratch.write(list(of: run), String(decoding: bytes, as: UTF8.self), mode: 0o600)
    #expect(try scratch.store().verifyHistory().damage.count == 1)
    _ = try scratch.store().importBackup(from: scratch.absolute("backup.tar"))
    try expectIntact(scratch)
    _ = try scratch.store().rollback()
    #expect(scratch.read("a.yaml") == "text of a" && scratch.read("b.yaml") == "text of b")
  }

  @Test func `many files are packed by several threads, each text once`() throws {
    let scratch = ScratchDirectory()
    // Some larger than what is collected before it is written.
    func text(_ index: Int) -> String { String(repeating: "\(index % 300) ", count: index % 100 == 7 ? 300_000 : 50) }
    let names = (0..<500).map { "f\($0).yaml" }
    for (index, name) in names.enumerated() { scratch.write(name, text(index)) }
    let before = scratch.snapshot()
    let run = try commit(Dictionary(uniqueKeysWithValues: names.map { ($0, "new \($0)") }), in: scratch)
    #expect(scratch.names(in: ".cfgmigrate/objects") == ["\(run).pack"])
    #expect(try scratch.objects() == Set((0..<500).map { Digest(of: text($0)) }).sorted())
    try expectIntact(scratch)
    _ = try scratch.store().rollback()
    #expect(scratch.snapshot() == before)
  }

  @Test func `objects in files of their own, as they were kept before, are as good`() throws {
    let scratch = ScratchDirectory()
    scratch.write("a.yaml", "0")
    scratch.write("b.yaml", "zero")
    let before = scratch.snapshot()
    let first = try commit(["a.yaml": "1", "b.yaml": "one"], in: scratch)
    let list = ListText.line(of: Array(try #require(scratch.read(list(of: first))).utf8))
    scratch.write(self.list(of: first), String(decoding: list, as: UTF8.self), mode: 0o600)
    #expect(try scratch.store().verifyHistory().damage.count == 2)
    for text in ["0", "zero"] { scratch.write(".cfgmigrate/objects/\(Digest(of: text).hexadecimal)", text) }
    try expectIntact(scratch)
    _ = try scratch.store().rollback()
    #expect(scratch.snapshot() == before)
    // They are not kept twice, are exported, and pruned when nobody needs them.
    let second = try commit(["a.yaml": "2", "b.yaml": "zero"], in: scratch)
    #expect(scratch.read(self.list(of: second))?.hasSuffix("}\n") == true)
    try scratch.store().export(second, to: scratch.absolute("backup.tar"))
    let other = ScratchDirectory()
    #expect(try other.store().verify(other.store().importBackup(from: scratch.absolute("backup.tar"))) == [])
    let pruned = try scratch.store().prune(keeping: 1)
    #expect(pruned.objects == 3 && pruned.bytes == 8)
    #expect(try scratch.objects() == [Digest(of: "0")])
    try expectIntact(scratch)
    // One that is damaged is not built upon.
    try scratch.damageObject("0")
    scratch.write("a.yaml", "0")
    _ = try commit(["a.yaml": "3"], in: scratch)
    try expectIntact(scratch)
  }

  @Test(arguments: Holder.allCases) func `pruning leaves no byte that no backup needs`(holder: Holder) throws {
    let scratch = ScratchDirectory()
    for name in ["a", "b"] { scratch.write("\(name).yaml", "secret of \(name)") }
    let first = try commit(["a.yaml": "1", "b.yaml": "1"], in: scratch, keptIn: holder)
    scratch.write("a.yaml", "secret of a")
    _ = try commit(["a.yaml": "2"], in: scratch)
    let pruned = try scratch.store().prune(keeping: 1)
    #expect(pruned.objects == 1 && pruned.bytes == "secret of b".utf8.count)
    #expect(
      scratch.read(formerHolder(holder, of: first))?.hasPrefix("secret of a\(Digest(of: "secret of a").hexadecimal)")
        == true)
    #expect(scratch.names(in: ".cfgmigrate/objects").count == 1)
    try expectIntact(scratch)
    _ = try scratch.store().rollback()
    #expect(scratch.read("a.yaml") == "secret of a")
  }

  @Test func `of a list that was pruned only the objects stay, even where all are needed`() throws {
    let scratch = ScratchDirectory()
    scratch.write("a.yaml", "text of a")
    let first = try commit(["a.yaml": "1"], in: scratch)
    scratch.write("a.yaml", "text of a")
    _ = try commit(["a.yaml": "2"], in: scratch)
    #expect(try scratch.store().prune(keeping: 1) == PrunedBackups(runs: [first], objects: 0, bytes: 0))
    #expect(
      scratch.read(formerHolder(.list, of: first))?.hasPrefix("text of a\(Digest(of: "text of a").hexadecimal)") == true
    )
    try expectIntact(scratch)
  }

  @Test func `a list that was pruned, brought back and pruned again loses nothing that is needed since`() throws {
    let scratch = ScratchDirectory()
    for name in ["a", "b"] { scratch.write("\(name).yaml", "text of \(name)") }
    let first = try commit(["a.yaml": "1", "b.yaml": "1"], in: scratch)
    let copy = try #require(scratch.read(list(of: first)))
    scratch.write("a.yaml", "text of a")
    _ = try commit(["a.yaml": "2"], in: scratch)
    _ = try scratch.store().prune(keeping: 1)
    #expect(try scratch.objects() == [Digest(of: "text of a")])
    scratch.write(list(of: first), copy, mode: 0o600)
    scratch.write("b.yaml", "text of b")
    _ = try commit(["b.yaml": "2"], in: scratch)
    _ = try scratch.store().prune(keeping: 1)
    try expectIntact(scratch)
    _ = try scratch.store().rollback()
    #expect(scratch.read("b.yaml") == "text of b")
  }

  @Test(arguments: Holder.allCases)
  func `who reads a backup while somebody prunes finds what stays`(holder: Holder) throws {
    let scratch = ScratchDirectory()
    for name in ["a", "b"] { scratch.write("\(name).yaml", "text of \(name)") }
    _ = try commit(["a.yaml": "1", "b.yaml": "1"], in: scratch, keptIn: holder)
    scratch.write("b.yaml", "text of b")
    _ = try commit(["b.yaml": "2"], in: scratch)
    let objects = try #require(try StateDirectory(readingIn: OpenDirectory(scratch.path))).objects
    #expect(try !objects.list().locations(of: Digest(of: "text of a")).isEmpty)
    _ = try scratch.store().prune(keeping: 1)
    #expect(try objects.bytes(of: Digest(of: "text of b")) == Array("text of b".utf8))
    #expect(code { _ = try objects.bytes(of: Digest(of: "text of a")) } == .backupDamaged)
  }

  @Test(arguments: Holder.allCases)
  func `a damaged pack is neither written anew nor removed while it may be missed`(holder: Holder) throws {
    let scratch = ScratchDirectory()
    for name in ["a", "b"] { scratch.write("\(name).yaml", "text of \(name)") }
    let first = try commit(["a.yaml": "1", "b.yaml": "1"], in: scratch, keptIn: holder)
    scratch.write("a.yaml", "text of a")
    _ = try commit(["a.yaml": "2"], in: scratch)
    try scratch.damageObject("text of a")
    let damaged = scratch.read(holder == .pack ? pack(of: first) : list(of: first))
    _ = try scratch.store().prune(keeping: 1)
    let kept = formerHolder(holder, of: first)
    #expect(scratch.read(kept) == damaged)
    #expect(try scratch.store().verifyHistory().damage.map(\.code) == [.backupDamaged])
    // Nor where its list is gone; but when no backup misses anything, it goes.
    scratch.write(kept, "text of a, and no list", mode: 0o600)
    _ = try scratch.store().prune(keeping: 1)
    #expect(scratch.read(kept) == "text of a, and no list")
    _ = try commit(["a.yaml": "3"], in: scratch)
    _ = try scratch.store().prune(keeping: 1)
    #expect(scratch.names(in: ".cfgmigrate/objects") == [])
    try expectIntact(scratch)
  }

  @Test func `a list whose end is damaged is kept when it is pruned, while something behind it may be missed`() throws {
    let scratch = ScratchDirectory()
    scratch.write("a.yaml", "text of a")
    let first = try commit(["a.yaml": "1"], in: scratch)
    scratch.write("a.yaml", "text of a")
    _ = try commit(["a.yaml": "2"], in: scratch)
    let cut = String(decoding: Array(try #require(scratch.read(list(of: first))).utf8.dropLast()), as: UTF8.self)
    scratch.write(list(of: first), cut, mode: 0o600)
    let damage = try scratch.store().verifyHistory().damage
    #expect(damage.count == 2 && damage.allSatisfy { $0.message.contains("\(first).json is cut off or damaged") })
    _ = try scratch.store().prune(keeping: 1)
    #expect(scratch.read(formerHolder(.list, of: first)) == cut)
    // With its last byte it is whole again.
    scratch.write(formerHolder(.list, of: first), cut + "\n", mode: 0o600)
    try expectIntact(scratch)
  }

  @Test(arguments: Holder.allCases)
  func `taking in a backup completes its pack, and repairs it`(holder: Holder) throws {
    let scratch = ScratchDirectory()
    for name in ["a", "b"] { scratch.write("\(name).yaml", "text of \(name)") }
    let first = try commit(["a.yaml": "1", "b.yaml": "1"], in: scratch, keptIn: holder)
    try scratch.store().export(first, to: scratch.absolute("backup.tar"))
    scratch.write("a.yaml", "text of a")
    _ = try commit(["a.yaml": "2"], in: scratch)
    _ = try scratch.store().prune(keeping: 1)
    #expect(try scratch.objects() == [Digest(of: "text of a")])
    _ = try scratch.store().importBackup(from: scratch.absolute("backup.tar"))
    #expect(try scratch.objects() == [Digest(of: "text of a"), Digest(of: "text of b")].sorted())
    try expectIntact(scratch)

    try scratch.damageObject("text of a")
    #expect(try scratch.store().verifyHistory().damage.count == 2)
    _ = try scratch.store().importBackup(from: scratch.absolute("backup.tar"))
    try expectIntact(scratch)
    // A pack whose list is gone is put aside, for whoever can still read it.
    scratch.write(pack(of: first), "text of a, and no list", mode: 0o600)
    _ = try scratch.store().importBackup(from: scratch.absolute("backup.tar"))
    try expectIntact(scratch)
    #expect(scratch.read(pack(of: first) + ".damaged") == "text of a, and no list")
  }

  @Test(arguments: AnomalyTests.Kind.main, Holder.allCases)
  func `a pruning that fails while it writes packs anew loses nothing`(
    kind: AnomalyTests.Kind, holder: Holder
  ) throws {
    var points = 0
    for n in 1... {
      let scratch = ScratchDirectory()
      let names = ["a", "b", "c"].map { "\($0).yaml" }
      for name in names { scratch.write(name, "0 \(name)") }
      for run in 1...3 {
        let texts = Dictionary(uniqueKeysWithValues: names.map { ($0, "\(run) \($0)") })
        _ = try commit(texts, in: scratch, keptIn: holder)
        // Each later run needs some of what the ones before it keep.
        scratch.write(names[run - 1], "0 \(names[run - 1])")
      }
      let last = try commit(["a.yaml": "4", "b.yaml": "4", "c.yaml": "4"], in: scratch)
      let faulty = FaultyFileSystem(kind.fault(at: n))
      _ = try? scratch.store(through: faulty).prune(keeping: 1)
      try expectIntact(scratch)
      _ = try scratch.store().prune(keeping: 1)
      #expect(try scratch.objects().count == 3, "\(kind) at call \(n)")
      #expect(!scratch.names(in: ".cfgmigrate/objects").contains { $0.hasPrefix(".") }, "\(kind) at call \(n)")
      try expectIntact(scratch)
      _ = try scratch.store().rollback(last)
      #expect(scratch.read("c.yaml") == "0 c.yaml")
      points += 1
      if !faulty.hasStruck { break }
    }
    print("Prunings that write packs anew, kept in a \(holder), \(kind): \(points) points")
  }
}
