extension CodePage {
  /// What a database may answer while scripts run, and what becomes of backups.
  static let databases: [CodePage] = [
    CodePage(
      "assertion-failed", what: "What a script asserts before or after it is not true.",
      why: "The data is not what the script was written for.",
      remedy: "Look at the rows; mend them, or the script.",
      message:
        "error[assertion-failed]: `SELECT count(*) = 0 FROM users WHERE name IS NULL` is not true on PostgreSQL orders: the answer is f"
    ),
    CodePage(
      "baseline-missing", what: "A database has tables and no history.",
      why: "Which scripts it has seen is not known, so none is run.",
      remedy: "Say its version with `baseline: VERSION`.",
      message: "error[baseline-missing]: PostgreSQL orders has tables (users) and no history"),
    CodePage(
      "baseline-refused", what: "A baseline is given to a database that has a history.",
      why: "The history knows better.",
      remedy: "Take the baseline out of the spec.",
      message: "error[baseline-refused]: PostgreSQL orders has a history already: it is at 2.1.0"),
    CodePage(
      "data-loss", what: "A restore loses what was written since the backup.",
      why: "A person must know how much that is before they approve it.",
      remedy: "Approve it, export what was written since, or go forward instead.",
      message: "error[data-loss]: everything written to PostgreSQL orders since 2026-11-21T01:45:23.120Z (3 h) is lost"),
    CodePage(
      "database-busy", what: "A lock was not given in time, after all attempts.",
      why: "Another session holds the table; waiting longer would stop all who come behind.",
      remedy: "Look for long transactions, then run it again.",
      message:
        "error[database-busy]: V2.1.0__a.sql, statement 1 of 1 on PostgreSQL orders: canceling statement due to lock timeout (55P03)"
    ),
    CodePage(
      "database-locked", what: "Another migration of the same database is running.",
      why: "Two at once would run the same scripts.",
      remedy: "Wait for it, or look what it waits for.",
      message:
        "error[database-locked]: another migration of PostgreSQL orders is running, and did not end within 60000 ms"),
    CodePage(
      "database-lost", what: "The connection to a database broke while something was under way.",
      why: "Whether it was done is read from the history and the definitions when it is run again.",
      remedy: "Run it again when the server is back.",
      message:
        "error[database-lost]: V2.1.0__a.sql, statement 2 of 3 on PostgreSQL orders: server closed the connection unexpectedly"
    ),
    CodePage(
      "database-unreachable", what: "A database cannot be reached.",
      why: "Nothing was done.",
      remedy: "Start the server, or correct host, socket, user or file.",
      message:
        "error[database-unreachable]: connecting on PostgreSQL orders: connection to server on socket \"/run/postgresql/.s.PGSQL.5432\" failed: No such file or directory"
    ),
    CodePage(
      "dump-damaged", what: "A dump is not what its manifest says, or does not give back what was dumped.",
      why: "It is no backup.",
      remedy: "Take a new one before anything changes.",
      message:
        "error[dump-damaged]: backups/r1/dump is no backup of PostgreSQL orders: it gives back 2 rows of public.users, and 3 were dumped"
    ),
    CodePage(
      "dump-failed", what: "A server's tool did not write or read a dump.",
      why: "Without a backup there is no way back.",
      remedy: "Look at what the tool said; its version must fit the server's.",
      message: "error[dump-failed]: `pg_dump` ended with status 1: permission denied for table users"),
    CodePage(
      "dump-part-missing", what: "A backup that another one rests on is not there.",
      why: "An increment holds only what changed since the backup before it.",
      remedy: "Bring the part back from where backups are archived, or take a whole backup.",
      message:
        "error[dump-part-missing]: backups/r2 holds only what changed since backups/r1, which is not there"),
    CodePage(
      "export-differs", what: "A query of an export gave another number of rows than the server counts for it.",
      why: "What is kept beside a backup must be whole.",
      remedy: "Look whether the query gives the same rows each time.",
      message: "error[export-differs]: `permissions` gave 3 rows, and PostgreSQL orders counts 4"),
    CodePage(
      "history-damaged", what: "The history table has a row that this program does not write.",
      why: "What ran is not known any more.",
      remedy: "Look who else writes to the table, and bring the row back.",
      message:
        "error[history-damaged]: the table cfgmigrate_history has a row that this program does not write: 1, other"),
    CodePage(
      "log-not-kept", what: "A server drops its log at the next checkpoint.",
      why: "An increment of a backup is the log since the last one; where that is gone, the backup is whole.",
      remedy: "Set wal_keep_size to what is written between two backups.",
      message:
        "warning[log-not-kept]: the server of PostgreSQL orders drops its log at the next checkpoint: increments would find it gone, and be whole"
    ),
    CodePage(
      "nothing-to-settle", what: "No script of the given version stopped half way.",
      why: "There is nothing for a person to decide.",
      remedy: "Look at `upgrade status`.",
      message: "error[nothing-to-settle]: no script of version 2.1.0 stopped half way on MariaDB orders"),
    CodePage(
      "query-broken", what: "A query of the old version fails after the scripts.",
      why: "The old version still runs when the expand phase is over.",
      remedy: "Keep what it reads until the contract phase.",
      message:
        "error[query-broken]: the old version's query `list` fails behind the scripts: column \"name\" does not exist"),
    CodePage(
      "restore-unaccepted", what: "A restore does not say that what is lost is accepted.",
      why: "A database is never put back in passing.",
      remedy: "Write `accept-loss: true` and `approve: true`.",
      message:
        "error[restore-unaccepted]: `restore` replaces postgresql orders by a backup: what was written since is lost"),
    CodePage(
      "script-changed", what: "A script that ran has another text now.",
      why: "The database has what the old text did.",
      remedy: "Bring the text back and write a new script.",
      message:
        "error[script-changed]: V2.1.0__a.sql is not what ran on 2026-11-21T01:45:23.120Z: its text has changed since"),
    CodePage(
      "script-missing", what: "A script that ran is not in the directory.",
      why: "A new database would end with other tables than this one.",
      remedy: "Bring the script back.",
      message: "error[script-missing]: the database has seen V2.1.0__a.sql, and sql does not have it"),
    CodePage(
      "script-out-of-order", what: "A script has a version below one that ran.",
      why: "It was written without knowing of the later one.",
      remedy: "Give it a later version, or allow it with `out-of-order: true`.",
      message: "error[script-out-of-order]: V2.0.1__a.sql comes before 2.1.0, which this database has already"),
    CodePage(
      "script-pending", what: "A script that a step was to run is not in the history.",
      why: "Somebody else has changed the history, or the directory.",
      remedy: "Run the step again.",
      message: "error[script-pending]: V2.1.0__a.sql has not run on postgresql orders"),
    CodePage(
      "statement-failed", what: "The server refused a statement.",
      why: "A script in a transaction left nothing; one without stays where it stopped, and goes on from there.",
      remedy: "Correct the script behind what ran, or the data.",
      message:
        "error[statement-failed]: V2.1.0__a.sql, statement 2 of 3 on PostgreSQL orders: column \"name\" of relation \"users\" contains null values (23502)"
    ),
    CodePage(
      "statement-stopped", what: "A statement was ended because somebody wanted it.",
      why: "The operator has stopped the upgrade.",
      remedy: "Resume, or roll back.",
      message:
        "error[statement-stopped]: V2.1.0__a.sql, statement 2 of 3 on PostgreSQL orders: canceling statement due to user request (57014)"
    ),
    CodePage(
      "statement-undecided", what: "Nobody can say whether a statement was done.",
      why: "It commits by itself, and left no evidence, or was refused half way.",
      remedy: "Look at the database, then settle it as done or absent.",
      message:
        "error[statement-undecided]: nobody can say whether statement 3 of V2.1.0__a.sql was done: it leaves no trace in the definitions"
    ),
    CodePage(
      "undo-differs", what: "The undo scripts do not lead back to the old definitions.",
      why: "A way back that was never tried is none.",
      remedy: "Complete the U scripts.",
      message: "error[undo-differs]: the undo scripts do not lead back: index CREATE INDEX i ON users"),
    CodePage(
      "undo-missing", what: "A version has no script that takes it back.",
      why: "Nothing was taken back.",
      remedy: "Write the U script, or leave the version.",
      message: "error[undo-missing]: sql has no script that takes 2.1.0 back"),
  ]
}
