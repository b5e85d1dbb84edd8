import ConfigDocument
import DataMigration
import Testing

@Suite struct ScriptTests {
  @Test(arguments: [
    ("V2.1.0__Add_new_user_fields.sql", "2.1.0", "Add new user fields"), ("V2_10__Ten.sql", "2.10", "Ten"),
    ("V20261121__Day.sql", "20261121", "Day"),
  ])
  func `a versioned script is named by version and description`(file: String, version: String, text: String) throws {
    let name = try ScriptName(file)
    #expect(name.kind == .versioned(try #require(ScriptVersion(version))))
    #expect(name.description == text)
  }

  @Test func `repeatable and undo scripts`() throws {
    #expect(try ScriptName("R__Views.sql").kind == .repeatable)
    #expect(try ScriptName("U2.1__Back.sql").kind == .undo(try #require(ScriptVersion("2.1.0"))))
  }

  @Test(arguments: ["V2.1.sql", "V__a.sql", "R1__a.sql", "V2.x__a.sql", "v2__a.sql", "V2__.sql", "notes.sql", "__.sql"])
  func `any other name is refused and not passed over`(file: String) {
    #expect(throws: Diagnostic.self) { try ScriptName(file) }
  }

  @Test func `versions count, they are not spelled`() throws {
    let versions = ["2.10", "2.9", "10", "2.1.0", "2.1.1"].compactMap { ScriptVersion($0) }.sorted()
    #expect(versions.map(\.text) == ["2.1.0", "2.1.1", "2.9", "2.10", "10"])
    #expect(ScriptVersion("2.1") == ScriptVersion("2.1.0"))
  }

  static func script(_ text: String, file: String = "V1__a.sql") throws -> MigrationScript {
    try MigrationScript(Array(text.utf8), file: file, path: "sql/\(file)")
  }

  @Test func `a header is the comments before the first statement`() throws {
    let header = try Self.script(
      """
      -- Adds a column; prose is prose.
      /* @phase contract
       * @transaction none */
      -- @lock-timeout 2s
      -- @before SELECT true
      -- @after SELECT count(*) = 0 FROM t;
      ALTER TABLE t ADD c int;
      -- @phase expand
      """
    ).header
    #expect(header.phase == .contract)
    #expect(header.transaction == .none)
    #expect(header.lockTimeout == 2_000)
    #expect(header.before.map(\.query) == ["SELECT true"])
    #expect(header.after.map(\.query) == ["SELECT count(*) = 0 FROM t"])
  }

  @Test(arguments: [
    ("-- ok\n-- @fase expand\nSELECT 1", "2:4", "there is no directive `@fase`"),
    ("-- @phase later\nSELECT 1", "1:4", "`@phase` cannot be `later`"),
    ("-- @lock-timeout 5 minutes\nSELECT 1", "1:4", "which is no time"), ("-- @after\nSELECT 1", "1:4", "asks nothing"),
  ])
  func `a directive that cannot be meant is refused at its place`(text: String, place: String, message: String) throws {
    let error = try #require(throws: Diagnostic.self) { try Self.script(text) }
    #expect(error.code == .scriptHeader)
    #expect(error.place?.description == "sql/V1__a.sql:\(place)")
    #expect(error.message.contains(message))
  }

  @Test func `line ends and a byte order mark are not the script`() throws {
    let plain = try Self.script("SELECT 1;\nSELECT 2;\n").checksum
    #expect(try Self.script("\u{FEFF}SELECT 1;\r\nSELECT 2;\r\n").checksum == plain)
    #expect(try Self.script("SELECT 1;\nSELECT 3;\n").checksum != plain)
  }

  @Test func `two scripts of one version are refused`() throws {
    let scripts = [try Self.script("SELECT 1", file: "V1__a.sql"), try Self.script("SELECT 1", file: "V1.0__b.sql")]
    let error = try #require(throws: Diagnostic.self) { try ScriptFolder(path: "sql", scripts: scripts) }
    #expect(error.code == .scriptVersionTwice)
  }
}
