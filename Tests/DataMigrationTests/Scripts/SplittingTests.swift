import ConfigDocument
import DataMigration
import DatabaseDrivers
import Testing

@Suite struct SplittingTests {
  static func statements(_ text: String, by database: any Database) throws -> [SQLStatement] {
    try database.statements(of: Array(text.utf8), named: "sql/V1__a.sql")
  }

  static let postgreSQL = PostgreSQL(DatabaseServer(.socket("/nowhere")), database: "none")
  static let mariaDB = MariaDB(DatabaseServer(.socket("/nowhere")), database: "none")
  static let sqlite = SQLite(path: "/nowhere/none")

  @Test func `PostgreSQL's own parser knows where a statement ends`() throws {
    let found = try Self.statements(
      """
      -- é ; in a comment
      CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $body$ BEGIN; RETURN 1; END $body$;
      CREATE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO a VALUES (1); INSERT INTO b VALUES (';'));
      SET search_path = a; CREATE INDEX CONCURRENTLY i ON t (c); VACUUM t; CALL p()
      """, by: Self.postgreSQL)
    #expect(
      found.map { $0.text.prefix(14) }.joined(separator: "|")
        == "CREATE FUNCTIO|CREATE RULE r |SET search_pat|CREATE INDEX C|VACUUM t|CALL p()")
    #expect(found.map(\.effect) == [.transactional, .transactional, .session, .standalone, .standalone, .opaque])
    #expect(found.map(\.isPatient) == [false, false, false, true, false, false])
  }

  @Test func `what PostgreSQL rejects is told at its place`() throws {
    let error = try #require(throws: Diagnostic.self) {
      try Self.statements("SELECT 'é';\n  CREAT TABLE t ();", by: Self.postgreSQL)
    }
    #expect(error.code == .scriptSyntax)
    #expect(error.place?.description == "sql/V1__a.sql:2:3")
  }

  @Test func `MariaDB's client cuts at the delimiter`() throws {
    let found = try Self.statements(
      """
      # one; two
      INSERT INTO t VALUES ('a;b', "c\\";d", `e;f`); -- three; four
      DELIMITER //
      CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW BEGIN SET NEW.a = 1; SET NEW.b = 2; END //
      delimiter ;
      /*!50000 ALTER TABLE t ADD c int */; SET @a = 1; CALL p();
      UPDATE t SET a = 1--2;
      """, by: Self.mariaDB)
    #expect(
      found.map { $0.text.prefix(12) }.joined(separator: "|")
        == "INSERT INTO |CREATE TRIGG|/*!50000 ALT|SET @a = 1|CALL p()|UPDATE t SET")
    #expect(found.map(\.effect) == [.transactional, .standalone, .opaque, .session, .opaque, .transactional])
    #expect(found[1].text.hasSuffix("END"))
  }

  @Test func `a quote that does not end is told where it begins`() throws {
    let error = try #require(throws: Diagnostic.self) {
      try Self.statements("SELECT 1;\nSELECT 'a;", by: Self.mariaDB)
    }
    #expect(error.place?.description == "sql/V1__a.sql:2:8")
  }

  @Test func `SQLite's own lexer knows triggers`() throws {
    let found = try Self.statements(
      """
      CREATE TABLE t (a TEXT DEFAULT ';'); -- ;
      CREATE TRIGGER x AFTER INSERT ON t BEGIN UPDATE t SET a = 1; DELETE FROM t; END;
      PRAGMA foreign_keys = ON; VACUUM
      """, by: Self.sqlite)
    #expect(found.map(\.effect) == [.transactional, .transactional, .session, .standalone])
    #expect(found[1].text.hasSuffix("END"))
  }

  @Test(arguments: ["SELECT 'a;", "CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM t;"])
  func `a statement that does not end is no statement for SQLite`(text: String) throws {
    let error = try #require(throws: Diagnostic.self) { try Self.statements(text, by: Self.sqlite) }
    #expect(error.code == .scriptSyntax)
  }
}
