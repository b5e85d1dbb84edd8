/// Which module may import what. The same table, in words, is in docs/design.md.
enum Floors {
  struct Floor {
    var module: String
    /// What it may import beside the floors below it.
    var outside: Set<String> = []
    /// The floors that it may import; nil for all below.
    var below: Set<String>?
  }

  /// Highest first.
  static let table: [Floor] = [
    Floor(module: "cfgmigrate", below: ["CfgmigrateCommands"]),
    Floor(module: "cfgmigrate-upgrade", below: ["UpgradeCommands"]),
    Floor(module: "UpgradeCommands", outside: ["ArgumentParser", "Glibc", "Synchronization"]),
    Floor(
      module: "CfgmigrateCommands", outside: ["ArgumentParser", "SystemPackage", "Glibc", "CShim", "Synchronization"],
      below: ["ConfigStore", "ConfigMigration", "ConfigSchema", "PatternMatching", "ConfigDocument"]),
    Floor(module: "UpgradeDrivers", outside: ["Glibc", "Synchronization"]),
    Floor(module: "UpgradePipeline", outside: ["Glibc", "Synchronization"]),
    Floor(
      module: "DatabaseDrivers", outside: ["CPostgreSQL", "CMariaDB", "CSQLite", "Glibc"],
      below: ["DataMigration", "SQLParsing", "ConfigStore", "ConfigDocument"]),
    Floor(module: "MigrationCheck", below: ["DataMigration", "SQLParsing", "ConfigStore", "ConfigDocument"]),
    Floor(module: "DataMigration", below: ["SQLParsing", "ConfigStore", "ConfigDocument"]),
    Floor(module: "SQLParsing", outside: ["CPgQuery"], below: ["ConfigDocument"]),
    Floor(module: "ConfigStore", outside: ["SystemPackage", "Crypto", "Glibc", "CShim", "CSpawn", "Synchronization"]),
    Floor(module: "ConfigMigration", below: ["ConfigSchema", "ConfigDocument", "PatternMatching"]),
    Floor(module: "ConfigSchema", below: ["ConfigDocument", "PatternMatching"]),
    Floor(module: "PatternMatching", outside: ["CPCRE2"], below: []),
    Floor(module: "ConfigDocument", outside: ["CLibYAML", "CJansson"], below: []),
  ]

  /// The modules of C code, which have no Swift files.
  static let cModules: Set = [
    "CLibYAML", "CJansson", "CPCRE2", "CShim", "CSpawn", "CPgQuery", "CPostgreSQL", "CMariaDB", "CSQLite",
  ]

  static func allowed(for module: String) -> Set<String>? {
    guard let index = table.firstIndex(where: { $0.module == module }) else { return nil }
    let below = table[index].below ?? Set(table[(index + 1)...].map(\.module))
    return below.union(table[index].outside)
  }
}
