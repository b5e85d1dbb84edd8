extension CodePage {
  /// What `upgrade lint-sql` finds, and what is wrong with scripts before anything runs.
  static let databaseScripts: [CodePage] = [
    CodePage(
      "column-not-null", what: "A column that may not be null is added to a table with rows, or made of one that may.",
      why: "Rows without a value make the script fail, and the old version cannot insert any more.",
      remedy: "Give it a constant DEFAULT; or fill it, add a check NOT VALID, validate that, and then SET NOT NULL.",
      steps: checked("ALTER TABLE users ADD COLUMN phone_number text NOT NULL;")),
    CodePage(
      "index-blocks", what: "An index is built or dropped while nobody may write.",
      why: "On a large table that takes minutes.",
      remedy: "Use CONCURRENTLY, in a script with `-- @transaction none`.",
      steps: checked("CREATE INDEX users_name ON users (name);")),
    CodePage(
      "constraint-blocks", what: "A constraint is checked for all rows while nobody may write.",
      why: "On a large table that takes minutes.",
      remedy: "Add it NOT VALID and validate it in a later script; build a unique index CONCURRENTLY and use it.",
      steps: checked("ALTER TABLE users ADD CHECK (id > 0);")),
    CodePage(
      "table-rewrite", what: "Every row of a table is written anew while nobody may read or write.",
      why: "The time grows with the table, and so does the space that is needed.",
      remedy: "Add a column beside the old one, fill it in pieces, and change over in the contract phase.",
      steps: checked("ALTER TABLE users ALTER COLUMN id TYPE numeric;")),
    CodePage(
      "rename-breaks", what: "Something is renamed while the old version still calls it by its old name.",
      why: "Between the script and the last old process its queries fail.",
      remedy: "Add the new one beside it, and drop the old one in the contract phase.",
      steps: checked("ALTER TABLE users RENAME COLUMN name TO title;")),
    CodePage(
      "drop-breaks", what: "Something is removed while the old version may still read it.",
      why: "Between the script and the last old process its queries fail, and what is gone cannot be taken back.",
      remedy: "Remove it in a script with `-- @phase contract`.",
      steps: checked("DROP TABLE users;")),
    CodePage(
      "lock-timeout-missing", what: "A script waits for locks, and does not say for how long.",
      why: "While it waits behind one long query, all later queries of the table wait behind it.",
      remedy: "Write `-- @lock-timeout 500ms` in the header; the script is tried again by itself.",
      steps: checked("ALTER TABLE users ADD COLUMN note text;")),
    CodePage(
      "update-of-all-rows", what: "One statement changes or deletes all rows of a table.",
      why: "All of them stay locked until the script ends.",
      remedy: "Work in pieces, each a statement of a script with `-- @transaction none`.",
      steps: checked("UPDATE users SET name = '';")),
    CodePage(
      "migration-unread", what: "A part of a migration cannot be read without running it.",
      why: "What it does is not known, and what is not known is not called good.",
      remedy: "Write it out as statements or literal operations, or waive it with an owner and a reason.",
      steps: checked("DO $$ BEGIN NULL; END $$;")),
    CodePage(
      "waiver-incomplete", what: "A waiver lacks its owner or its reason.",
      why: "Whoever meets the consequences must know whom to ask.",
      remedy: "Write `-- @waive CODE owner=NAME reason=WHY`.",
      steps: checked("-- @waive drop-breaks\nDROP TABLE users;")),
    CodePage(
      "waiver-unused", what: "A waiver waives nothing.",
      why: "It would hide the next fault of its kind.",
      remedy: "Take it out, or move it to its statement.",
      steps: checked("-- @waive drop-breaks owner=ada reason=gone\nSELECT 1;")),
    CodePage(
      "script-header", what: "A directive in the header of a script cannot be meant.",
      why: "A slip such as `@fase` would otherwise be read as prose, and the script would run in the wrong phase.",
      remedy: "Correct it: there are `@phase`, `@transaction`, `@lock-timeout`, `@before`, `@after` and `@waive`.",
      steps: checked("-- @fase contract\nSELECT 1;")),
    CodePage(
      "script-syntax", what: "The server's own parser, or its client's rules, do not read a script.",
      why: "It would stop half way.",
      remedy: "Correct it at the place that is shown.",
      steps: checked("CREAT TABLE users ();")),
    CodePage(
      "script-transaction", what: "A script begins or ends a transaction, or holds what cannot stand in one.",
      why: "The runner makes a script one transaction together with its entry in the history.",
      remedy:
        "Take BEGIN and COMMIT out; write `-- @transaction none` for statements such as CREATE INDEX CONCURRENTLY.",
      steps: checked("CREATE INDEX CONCURRENTLY i ON users (name);")),
    CodePage(
      "name-discouraged", what: "A column or field has another name in the field library.",
      why: "Programs of other teams look for the agreed one.",
      remedy: "Use the name of the library.",
      steps:
        "=== file fields.csv\nname,description,discouraged\nphone_number,The number,phone\n=== file sql/V1__a.sql\nCREATE TABLE users (phone text);\n=== run cfgmigrate upgrade lint-sql --fields fields.csv sql"
    ),
    CodePage(
      "name-unknown", what: "A column or field is not in the field library.",
      why: "Nobody has agreed what it means.",
      remedy: "Use a name that is there, or have it added.",
      steps:
        "=== file fields.csv\nname,description,discouraged\nphone_number,The number,phone\n=== file sql/V1__a.sql\nCREATE TABLE users (phon_numbr text);\n=== run cfgmigrate upgrade lint-sql --fields fields.csv sql"
    ),
    CodePage(
      "field-library", what: "The field library cannot be read.",
      why: "Names that were not compared are not called good.",
      remedy: "Correct the line: name, description, discouraged names parted by `;`.",
      steps:
        "=== file fields.csv\nname;description\n=== file sql/V1__a.sql\nSELECT 1;\n=== run cfgmigrate upgrade lint-sql --fields fields.csv sql"
    ),
    CodePage(
      "trigger-recursion", what: "A trigger writes to its own table, and so calls itself.",
      why: "Each row leads to the next, until the server's stack ends.",
      remedy: "Change NEW and return it, use declarative partitions, or let rows go to another table.",
      steps: checked(
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO t VALUES (NEW.*); RETURN NULL; END $$;\nCREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();"
      )),
    CodePage(
      "script-name", what: "A file that ends in `.sql` is not named as a script.",
      why: "A script that is passed over in silence is missed too late.",
      remedy: "Name it V<version>__<name>.sql, R__<name>.sql or U<version>__<name>.sql.",
      steps: "=== file sql/add-column.sql\nSELECT 1;\n=== run cfgmigrate upgrade lint-sql sql"),
    CodePage(
      "script-version-twice", what: "Two scripts have one version.",
      why: "Which one comes first is not known, and one would never run.",
      remedy: "Give one of them the next version.",
      steps:
        "=== file sql/V1__a.sql\nSELECT 1;\n=== file sql/V1.0__b.sql\nSELECT 1;\n=== run cfgmigrate upgrade lint-sql sql"
    ),
    CodePage(
      "scripts-missing", what: "There is no script where scripts should be.",
      why: "A wrong path would otherwise look like a clean result.",
      remedy: "Name the directory that holds them.",
      steps: "=== file sql/README.md\nNothing here.\n=== run cfgmigrate upgrade lint-sql sql"),
  ]

  /// A script of a directory, and the command that reads it.
  private static func checked(_ script: String) -> String {
    "=== file sql/V1__a.sql\n\(script)\n=== run cfgmigrate upgrade lint-sql sql"
  }
}
