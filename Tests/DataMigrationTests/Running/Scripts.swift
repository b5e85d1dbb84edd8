import ConfigDocument
import ConfigStore
import DataMigration

/// Scripts for tests, written where they are used, and a migrator that waits for nobody.
extension Migrator {
  init(_ database: any Database, _ scripts: KeyValuePairs<String, String>, run: String = "run-1") throws {
    var environment = RunEnvironment.current(tool: "test", command: "test")
    environment.sleep = { _ in }
    environment.user = "tester"
    self.init(
      database: database,
      folder: try ScriptFolder(
        path: "sql",
        scripts: scripts.map { try MigrationScript(Array($0.value.utf8), file: $0.key, path: "sql/\($0.key)") }),
      settings: MigrationSettings(history: HistoryTable(HistoryTable.defaultName)!, run: run),
      environment: environment)
    settings.lockWait = 0
  }
}

extension Database {
  /// The definitions without the history's own table, and the rows of one table.
  func picture(of table: String) throws -> [String] {
    let session = try connect()
    let rows = try session.hasTable(table) ? try session.run("SELECT * FROM \(table) ORDER BY 1") : []
    return try session.catalog(without: HistoryTable.defaultName)
      + rows.map { $0.map { $0 ?? "null" }.joined(separator: ",") }
  }
}
