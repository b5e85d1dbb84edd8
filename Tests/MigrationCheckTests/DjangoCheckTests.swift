import ConfigDocument
import ConfigStore
import TestSupport
import Testing

@testable import MigrationCheck

@Suite struct DjangoCheckTests {
  static func findings(_ text: String, library: FieldLibrary? = nil) throws -> [String] {
    let check = DjangoCheck(library: library, reader: DjangoReader(programs: LocalCommandRunner()))
    return try check.check(Array(text.utf8), named: "app/migrations/0002_a.py").findings.map {
      "\($0.place?.line ?? 0):\($0.code)"
    }
  }

  /// A migration whose operations begin in line 3.
  static func migration(_ operations: String, before: String = "", atomic: Bool = true) -> String {
    """
    class Migration(migrations.Migration):\(before)
        atomic = \(atomic ? "True" : "False"); operations = [
    \(operations)
        ]
    """
  }

  @Test(arguments: [
    ("migrations.AddField('user', 'phone', models.CharField(max_length=20)),", ["3:column-not-null"]),
    ("migrations.AddField('user', 'phone', models.CharField(max_length=20, null=True)),", []),
    ("migrations.AddField('user', 'logins', models.IntegerField(db_default=0)),", []),
    (
      "migrations.AddField(model_name='user', name='team', field=models.ForeignKey('t', null=True)),",
      ["3:index-blocks"]
    ),
    ("migrations.AddField('user', 'team', models.ForeignKey('t', null=True, db_index=False)),", []),
    ("migrations.AlterField('user', 'a', models.TextField()),", ["3:table-rewrite"]),
    ("migrations.RenameField('user', 'a', 'b'),", ["3:rename-breaks"]),
    ("migrations.RenameModel('user', 'person'),", ["3:rename-breaks"]),
    ("\nmigrations.RemoveField('user', 'a'),", ["4:drop-breaks"]),
    ("migrations.DeleteModel('user'),", ["3:drop-breaks"]),
    ("migrations.AddIndex('user', models.Index(fields=['a'])),", ["3:index-blocks"]),
    ("AddIndexConcurrently('user', models.Index(fields=['a'])),", ["3:script-transaction"]),
    ("migrations.AddConstraint('user', models.CheckConstraint()),", ["3:constraint-blocks"]),
    ("migrations.RunPython(forwards),", ["3:migration-unread"]), ("Surprise(),", ["3:migration-unread"]),
    ("migrations.RunSQL('CREATE INDEX i ON t (a)'),", ["3:index-blocks", "3:lock-timeout-missing"]),
    ("migrations.RunSQL(SQL),", ["3:migration-unread"]), ("*others,", ["2:migration-unread"]),
    (
      "migrations.CreateModel('Log', [('a', models.TextField())]), migrations.AddField('log', 'b', models.TextField()),",
      []
    ),
    ("migrations.SeparateDatabaseAndState(database_operations=[migrations.DeleteModel('user')]),", ["3:drop-breaks"]),
  ])
  func `operations are read from the tree`(operation: String, expected: [String]) throws {
    #expect(try Self.findings(Self.migration(operation)).sorted() == expected)
  }

  @Test func `an index may be built concurrently outside a transaction`() throws {
    let text = Self.migration("AddIndexConcurrently('user', models.Index(fields=['a'])),", atomic: false)
    #expect(try Self.findings(text) == [])
  }

  @Test func `operations that are added later are read too`() throws {
    let text = Self.migration("") + "\n    operations += [migrations.DeleteModel('user')]\n"
    #expect(try Self.findings(text) == ["5:drop-breaks"])
  }

  @Test(arguments: [
    "\nMigration.operations.append(migrations.DeleteModel('user'))\n",
    "\n    operations.append(migrations.DeleteModel('user'))\n",
    "\n    for model in MODELS:\n        operations += [migrations.DeleteModel(model)]\n",
    "\n    operations = operations + dropped()\n",
  ])
  func `operations cannot be added behind the reader's back`(text: String) throws {
    #expect(try !Self.findings(Self.migration("") + text).isEmpty)
  }

  @Test func `a name that is made elsewhere is not taken for a good one`() throws {
    let library = try FieldLibrary(csv: Array(SQLCheckTests.library.utf8), named: "fields.csv")
    let texts = [
      "migrations.AddField('user', NAME, models.TextField(null=True)),", "migrations.RenameField('user', 'a', NAME),",
      "migrations.CreateModel('Log', [(NAME, models.TextField())]),", "migrations.AddField(*arguments),",
    ]
    for text in texts {
      #expect(try Self.findings(Self.migration(text), library: library).contains { $0.hasSuffix("migration-unread") })
    }
  }

  /// The job platform's own migrations, as its developers write them.
  @Test func `the samples are read whole`() throws {
    let library = try FieldLibrary(
      csv: StandaloneFile(Repository.root + "/samples/job-platform/sql/fields.csv").read(), named: "fields.csv")
    let files = MigrationFiles(library: library, programs: LocalCommandRunner())
    let good = try files.check([Repository.root + "/samples/job-platform/django/2.2"])
    #expect(good.map(\.findings) == [[], [], []])
    #expect(good.flatMap(\.waived).map(\.owner) == ["ada"])
    let faulty = try files.check([Repository.root + "/samples/job-platform/django/faulty"])
    #expect(
      faulty.flatMap(\.findings).map { "\($0.place?.line ?? 0):\($0.code)" } == [
        "10:name-discouraged", "10:column-not-null", "15:name-discouraged", "15:rename-breaks", "20:drop-breaks",
        "22:index-blocks", "26:table-rewrite", "31:migration-unread",
        "32:lock-timeout-missing", "32:table-rewrite",
      ])
  }

  @Test func `the file is never run`() throws {
    let text = "import os\nos.remove('/nonexistent')\nraise SystemExit(3)\n" + Self.migration("")
    #expect(try Self.findings(text) == [])
  }

  @Test(arguments: [("class Migration(:\n", "1:migration-unread"), ("x = 1\n", "1:migration-unread")])
  func `what is no migration is no clean one`(text: String, expected: String) throws {
    #expect(try Self.findings(text) == [expected])
  }

  @Test func `waivers and phases are comments`() throws {
    let waived =
      "# @waive drop-breaks owner=anna reason=gone since 2.0\nmigrations.DeleteModel('user'),\nmigrations.DeleteModel('b'),"
    #expect(try Self.findings(Self.migration(waived)) == ["5:drop-breaks"])
    #expect(try Self.findings("# @phase contract\n" + Self.migration("migrations.DeleteModel('user'),")) == [])
  }

  @Test func `fields have the names of the library`() throws {
    let library = try FieldLibrary(csv: Array(SQLCheckTests.library.utf8), named: "fields.csv")
    let text = Self.migration(
      "migrations.CreateModel('User', [('telephone', models.TextField())]),\nmigrations.RenameField('user', 'telephone', 'phone'),"
    )
    #expect(try Self.findings(text, library: library) == ["3:name-discouraged", "4:name-discouraged"])
  }
}
