import ConfigDocument
import Testing

@testable import ConfigStore

@Suite struct LedgerTests {
  /// A directory with three runs.
  private func directory() throws -> ScratchDirectory {
    let scratch = ScratchDirectory()
    scratch.write("a.yaml", "0")
    for text in ["1", "2", "3"] {
      let description = RunDescription(
        .apply, from: "2.1.0", to: "2.2.0", chain: [.init(id: "job-platform/2.1-to-2.2", checksum: "sha256:ab")])
      _ = try scratch.store().commit([FileChange(.replace(Array(text.utf8)), at: "a.yaml")], description)
    }
    return scratch
  }

  @Test func `records read back as they were written, oldest first`() throws {
    let scratch = try directory()
    let ledger = try scratch.store().ledger()
    #expect(ledger.problems == [])
    #expect(ledger.records.count == 3)
    #expect(ledger.records.map(\.run) == ledger.records.map(\.run).sorted())
    let record = try #require(ledger.records.last)
    #expect(record.user == "ada")
    #expect(record.tool == "cfgmigrate 0.0.0")
    #expect("\(record.time)" == "2026-11-21T01:45:23.120Z")
    #expect(record.description.chain.first?.id == "job-platform/2.1-to-2.2")
    #expect(record.files == [.init("a.yaml", before: Digest(of: "2"), after: Digest(of: "3"))])
  }

  @Test func `an edited, a removed and a strange line are each named`() throws {
    let scratch = try directory()
    let text = try #require(scratch.read(".cfgmigrate/ledger.jsonl"))
    let lines = text.split(separator: "\n")
    func problems(_ lines: [Substring]) throws -> [String] {
      scratch.write(".cfgmigrate/ledger.jsonl", lines.map { $0 + "\n" }.joined())
      return try scratch.store().ledger().problems.map { "\($0.code) \($0.place?.line ?? 0)" }
    }
    #expect(try problems(lines) == [])
    let edited = lines[1].split(separator: "ada").joined(separator: "eve")
    #expect(try problems([lines[0], edited[...], lines[2]]) == ["ledger-broken 2"])
    let newest = lines[2].split(separator: "ada").joined(separator: "eve")
    #expect(try problems([lines[0], lines[1], newest[...]]) == ["ledger-broken 3"])
    #expect(try problems([lines[0], edited[...], newest[...]]) == ["ledger-broken 2", "ledger-broken 3"])
    // What has no digest of its own is held by the line after it alone.
    let bare = lines[1].replacing(/, "checksum": "sha256:[0-9a-f]+"}$/, with: "}")
    #expect(try problems([lines[0], bare[...], lines[2]]) == ["ledger-broken 3"])
    #expect(try problems([lines[0], lines[2]]) == ["ledger-broken 2"])
    #expect(try problems([lines[0], "{}", lines[2]]) == ["ledger-broken 2", "ledger-broken 2", "ledger-broken 3"])
    #expect(try problems([lines[0], "torn", lines[2]]) == ["ledger-broken 2", "ledger-broken 3"])
  }

  @Test func `a last record that was cut off is reported, and removed by the next run`() throws {
    let scratch = try directory()
    let text = try #require(scratch.read(".cfgmigrate/ledger.jsonl"))
    scratch.write(".cfgmigrate/ledger.jsonl", text + "{\"run\": \"2026")
    let torn = try scratch.store().ledger()
    #expect(torn.problems.map(\.code) == [.ledgerTorn])
    #expect(torn.problems.first?.severity == .warning)
    #expect(torn.records.count == 3)
    _ = try scratch.store().commit([FileChange(.remove, at: "a.yaml")], RunDescription(.apply))
    let ledger = try scratch.store().ledger()
    #expect(ledger.problems == [])
    #expect(ledger.records.count == 4)
  }

  @Test func `an edited last record stays, for who looks into it, and the next run follows it`() throws {
    let scratch = try directory()
    let text = try #require(scratch.read(".cfgmigrate/ledger.jsonl"))
    let last = try #require(text.split(separator: "\n").last)
    let edited = last.split(separator: "ada").joined(separator: "eve")
    scratch.write(".cfgmigrate/ledger.jsonl", text.dropLast(last.count + 1) + edited + "\n")
    _ = try scratch.store().commit([FileChange(.remove, at: "a.yaml")], RunDescription(.apply))
    let ledger = try scratch.store().ledger()
    #expect(ledger.problems.map { "\($0.code) \($0.place?.line ?? 0)" } == ["ledger-broken 3"])
    #expect(ledger.records.map(\.user) == ["ada", "ada", "eve", "ada"])
    #expect(ledger.records.map(\.run) == ledger.records.map(\.run).sorted())
  }

  @Test(arguments: [10, 100, 1_000])
  func `the next record follows the last one, however long that is`(files: Int) throws {
    let scratch = ScratchDirectory()
    let paths = (0..<files).map { RelativePath(stringLiteral: "a-file-with-a-name-\($0).yaml") }
    for (text, tail) in [("0", ""), ("1", ""), ("2", "{\"run\": \"2026"), ("3", "{\"run\": \0\0\n"), ("4", "")] {
      let changes = paths.map { path in
        FileChange(text == "0" ? .create(Array(text.utf8)) : .replace(Array(text.utf8)), at: path)
      }
      _ = try scratch.store().commit(changes, RunDescription(.apply))
      let ledger = try #require(scratch.read(".cfgmigrate/ledger.jsonl"))
      scratch.write(".cfgmigrate/ledger.jsonl", ledger + tail)
    }
    let ledger = try scratch.store().ledger()
    #expect(ledger.problems == [])
    #expect(ledger.records.count == 5)
    #expect(ledger.records.map(\.run) == ledger.records.map(\.run).sorted())
  }
}
