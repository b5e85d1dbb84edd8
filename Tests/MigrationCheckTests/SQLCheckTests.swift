import ConfigDocument
import DataMigration
import Testing

@testable import MigrationCheck

@Suite struct SQLCheckTests {
  /// The findings of scripts, one line each: `line:code`.
  static func findings(
    _ scripts: [String], library: FieldLibrary? = nil, header: String = "-- @lock-timeout 500ms"
  ) throws -> [String] {
    var check = SQLCheck(library: library)
    let scripts = try scripts.enumerated().map { index, text in
      try MigrationScript(
        Array("\(header)\n\(text)".utf8), file: "V\(index + 1)__a.sql", path: "sql/V\(index + 1)__a.sql")
    }
    return check.check(scripts).flatMap(\.findings).map { "\($0.place?.line ?? 0):\($0.code)" }
  }

  @Test(arguments: [
    ("ALTER TABLE t ADD COLUMN c int NOT NULL;", "2:column-not-null"),
    ("ALTER TABLE t\n  ALTER c SET NOT NULL;", "2:column-not-null"),
    ("CREATE INDEX i ON t (c);", "2:index-blocks"), ("DROP INDEX i;", "2:index-blocks"),
    ("ALTER TABLE t ALTER c TYPE bigint;", "2:table-rewrite"),
    ("ALTER TABLE t ADD c uuid DEFAULT gen_random_uuid();", "2:table-rewrite"),
    ("ALTER TABLE t ADD c timestamptz DEFAULT clock_timestamp() + interval '1 day';", "2:table-rewrite"),
    ("ALTER TABLE t ADD c bigserial;", "2:table-rewrite"),
    ("ALTER TABLE t ADD c int GENERATED ALWAYS AS (a + 1) STORED;", "2:table-rewrite"),
    ("REINDEX TABLE t;", "2:index-blocks"), ("REINDEX INDEX i;", "2:index-blocks"),
    ("REFRESH MATERIALIZED VIEW v;", "2:table-rewrite"), ("ALTER TABLE t SET TABLESPACE s;", "2:table-rewrite"),
    ("ALTER TABLE t SET LOGGED;", "2:table-rewrite"), ("ALTER TABLE t DETACH PARTITION p;", "2:drop-breaks"),
    ("DROP DATABASE d;", "2:drop-breaks"), ("VACUUM FULL t;", "2:table-rewrite"), ("CLUSTER t;", "2:table-rewrite"),
    ("ALTER TABLE t RENAME COLUMN a TO b;", "2:rename-breaks"), ("ALTER TABLE t RENAME TO u;", "2:rename-breaks"),
    ("ALTER TABLE t DROP COLUMN c;", "2:drop-breaks"), ("SELECT 1;\nDROP TABLE t;", "3:drop-breaks"),
    ("TRUNCATE t;", "2:drop-breaks"), ("UPDATE t SET a = 1;", "2:update-of-all-rows"),
    ("DELETE FROM t;", "2:update-of-all-rows"),
    ("ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES u (id);", "2:constraint-blocks"),
    ("ALTER TABLE t ADD CHECK (a > 0);", "2:constraint-blocks"),
    ("ALTER TABLE t ADD UNIQUE (a);", "2:constraint-blocks"),
    ("CREATE INDEX CONCURRENTLY i ON t (c);", "2:script-transaction"),
    ("DO $$ BEGIN DROP TABLE t; END $$;", "2:migration-unread"), ("CALL p();", "2:migration-unread"),
    ("ALTER TABEL t ADD c int;", "2:script-syntax"),
    ("CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION elsewhere();", "2:migration-unread"),
  ])
  func `what takes sites down is found at its line`(text: String, expected: String) throws {
    #expect(try Self.findings([text]) == [expected])
  }

  @Test(arguments: [
    "ALTER TABLE t ADD COLUMN c int NOT NULL DEFAULT 0;", "ALTER TABLE t ADD COLUMN c timestamptz DEFAULT now();",
    "CREATE TABLE t (a int NOT NULL); CREATE INDEX i ON t (a); UPDATE t SET a = 1; ALTER TABLE t DROP COLUMN a;",
    "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES u (id) NOT VALID;",
    "ALTER TABLE t ADD CONSTRAINT k UNIQUE USING INDEX i;", "UPDATE t SET a = 1 WHERE id BETWEEN 1 AND 1000;",
    "-- @transaction none\nREINDEX INDEX CONCURRENTLY i;", "REFRESH MATERIALIZED VIEW CONCURRENTLY v;",
    "LOCK TABLE t;", "-- @phase contract\nALTER TABLE t DETACH PARTITION p;",
    "-- @phase contract\nALTER TABLE t DROP COLUMN c;", "-- @transaction none\nCREATE INDEX CONCURRENTLY i ON t (a);",
  ])
  func `what harms nobody is left alone`(text: String) throws {
    #expect(try Self.findings([text]) == [])
  }

  @Test func `NOT NULL behind a check that holds reads nothing`() throws {
    let scripts = [
      "ALTER TABLE t ADD CONSTRAINT c_set CHECK (c IS NOT NULL) NOT VALID;",
      "ALTER TABLE t VALIDATE CONSTRAINT c_set;", "ALTER TABLE t ALTER c SET NOT NULL;",
    ]
    #expect(try Self.findings(scripts) == [])
    #expect(try Self.findings([scripts[0], scripts[2]]) == ["2:column-not-null"])
  }

  @Test func `a lock without a limit is told once a script`() throws {
    let text = "ALTER TABLE t ADD a int;\nALTER TABLE t ADD b int;"
    #expect(try Self.findings([text], header: "--") == ["2:lock-timeout-missing"])
    #expect(try Self.findings(["SET lock_timeout = '1s';\n" + text], header: "--") == [])
    #expect(try Self.findings(["SET lock_timeout = 0;\n" + text], header: "--") == ["3:lock-timeout-missing"])
  }

  static let partitionTrigger = """
    CREATE FUNCTION route() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.at < '2026-02-01' THEN INSERT INTO audit_logs_2026_01 VALUES (NEW.*);
      ELSE INSERT INTO audit_logs VALUES (NEW.*);
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER route BEFORE INSERT ON audit_logs FOR EACH ROW EXECUTE FUNCTION route();
    """

  @Test func `a trigger that inserts into its own table is found`() throws {
    #expect(try Self.findings([Self.partitionTrigger]) == ["9:trigger-recursion"])
    // In two scripts, and by an event that does not call it again.
    let parts = Self.partitionTrigger.split(separator: "CREATE TRIGGER").map(String.init)
    #expect(try Self.findings([parts[0], "CREATE TRIGGER" + parts[1]]) == ["2:trigger-recursion"])
    let other = "CREATE TRIGGER route BEFORE DELETE ON audit_logs FOR EACH ROW EXECUTE FUNCTION route();"
    #expect(try Self.findings([parts[0], other]) == [])
  }

  @Test func `a function that makes its statements is not known`() throws {
    let text = """
      CREATE FUNCTION route() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN EXECUTE 'INSERT INTO ' || TG_TABLE_NAME || ' VALUES (1)'; RETURN NULL; END $$;
      """
    #expect(try Self.findings([text]) == ["2:migration-unread"])
  }

  @Test func `a waiver names code, owner and reason, and is used`() throws {
    let waived = "-- @waive drop-breaks owner=anna reason=nobody reads it since 2.0\nDROP TABLE t;"
    #expect(try Self.findings([waived]) == [])
    #expect(try Self.findings([waived + "\nDROP TABLE u;"]) == ["4:drop-breaks"])
    #expect(
      try Self.findings(["-- @waive drop-breaks owner=anna\nDROP TABLE t;"]) == [
        "2:waiver-incomplete", "3:drop-breaks",
      ])
    #expect(try Self.findings(["-- @waive drop-breaks owner=a reason=b\nSELECT 1;"]) == ["2:waiver-unused"])
  }

  static let library = """
    name,description,discouraged
    phone_number,"The number, with country code",phone;telephone
    last_login,When the user was last seen,last_seen
    """

  @Test func `names are those of the field library`() throws {
    let library = try FieldLibrary(csv: Array(Self.library.utf8), named: "fields.csv")
    #expect(
      try Self.findings(
        [
          "ALTER TABLE t ADD phone_number text, ADD Phone text,\n  ADD last_logn text;\nCREATE TABLE u (last_seen int);"
        ], library: library)
        == ["2:name-discouraged", "3:name-unknown", "4:name-discouraged"])
  }

  @Test(arguments: [
    ("name,description\na,b", 1), ("name,description,discouraged\na,b", 2),
    ("name,description,discouraged\na,\"b,c", 2), ("name,description,discouraged\na,b,\n\na,b,", 4),
  ])
  func `a field library that cannot be read is told at its line`(text: String, line: Int) throws {
    let error = try #require(throws: Diagnostic.self) { try FieldLibrary(csv: Array(text.utf8), named: "fields.csv") }
    #expect(error.code == .fieldLibrary)
    #expect(error.place?.line == line)
  }
}
