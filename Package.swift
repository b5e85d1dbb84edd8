// swift-tools-version: 6.3
import PackageDescription

// The floors, lowest first. Imports go down only: ArchitectureTests reads the import lines.
//
//   cfgmigrate            the executable: one line that calls the commands
//   cfgmigrate-upgrade    the executable that `cfgmigrate upgrade` runs
//   UpgradeCommands       flags → settings → call → exit status, for upgrades
//   CfgmigrateCommands    flags → settings → call → exit status; terminal rendering
//   UpgradeDrivers        the systems that an upgrade works on: commands, HTTP, configuration, notifications
//   UpgradePipeline       spec, plan, durable steps, gates, preflight, progress; drivers only as protocols
//   DatabaseDrivers       PostgreSQL, MariaDB, SQLite
//   MigrationCheck        what is dangerous in scripts and Django migrations
//   DataMigration         scripts, history, running, backups; databases only as a protocol
//   SQLParsing            PostgreSQL's own parser
//   ConfigStore           a set on disk: load, lock, commit, back up, record, recover
//   ConfigMigration       versions, addresses, operations, registry, chain, plan          (pure)
//   ConfigSchema          JSON Schema                                                     (pure)
//   PatternMatching       PCRE2, kept out of everything above                             (pure)
//   ConfigDocument        lossless YAML and JSON                                          (pure)

let package = Package(
  name: "cfgmigrate",
  products: [
    .executable(name: "cfgmigrate", targets: ["cfgmigrate"]),
    .executable(name: "cfgmigrate-upgrade", targets: ["cfgmigrate-upgrade"]),
    .library(name: "CfgmigrateCommands", targets: ["CfgmigrateCommands"]),
    .library(name: "ConfigStore", targets: ["ConfigStore"]),
    .library(name: "ConfigMigration", targets: ["ConfigMigration"]),
    .library(name: "ConfigSchema", targets: ["ConfigSchema"]),
    .library(name: "ConfigDocument", targets: ["ConfigDocument"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CJansson", pkgConfig: "jansson", providers: [.apt(["libjansson-dev"])]),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CPgQuery", providers: [.apt(["libpg-query-dev"])]),
    .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CMariaDB", pkgConfig: "libmariadb", providers: [.apt(["libmariadb-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "CShim"),
    .target(name: "CSpawn"),

    .target(name: "ConfigDocument", dependencies: ["CLibYAML", "CJansson"]),
    .target(name: "PatternMatching", dependencies: ["CPCRE2"]),
    .target(name: "ConfigSchema", dependencies: ["ConfigDocument", "PatternMatching"]),
    .target(name: "ConfigMigration", dependencies: ["ConfigDocument", "ConfigSchema", "PatternMatching"]),
    .target(
      name: "ConfigStore",
      dependencies: [
        "ConfigMigration", "ConfigSchema", "ConfigDocument", "CShim", "CSpawn",
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(
      name: "CfgmigrateCommands",
      dependencies: [
        "ConfigStore", "ConfigMigration", "ConfigSchema", "ConfigDocument", "CShim",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .executableTarget(name: "cfgmigrate", dependencies: ["CfgmigrateCommands"]),

    .target(name: "SQLParsing", dependencies: ["ConfigDocument", "CPgQuery"]),
    .target(name: "DataMigration", dependencies: ["SQLParsing", "ConfigStore", "ConfigDocument"]),
    .target(
      name: "MigrationCheck", dependencies: ["DataMigration", "SQLParsing", "ConfigStore", "ConfigDocument"]),
    .target(
      name: "DatabaseDrivers",
      dependencies: [
        "DataMigration", "SQLParsing", "ConfigStore", "ConfigDocument", "CPostgreSQL", "CMariaDB", "CSQLite",
      ]),
    // The schema of a spec is a part of the program: it looks for no file.
    .target(
      name: "UpgradePipeline", dependencies: ["ConfigStore", "ConfigMigration", "ConfigSchema", "ConfigDocument"],
      resources: [.embedInCode("Spec/upgrade.schema.json")]),
    .target(
      name: "UpgradeDrivers",
      dependencies: [
        "UpgradePipeline", "DatabaseDrivers", "DataMigration", "ConfigStore", "ConfigMigration", "ConfigSchema",
        "PatternMatching", "ConfigDocument",
      ]),
    .target(
      name: "UpgradeCommands",
      dependencies: [
        "UpgradeDrivers", "MigrationCheck", "DataMigration", "UpgradePipeline", "CfgmigrateCommands", "ConfigStore",
        "ConfigMigration", "ConfigDocument",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "cfgmigrate-upgrade", dependencies: ["UpgradeCommands"]),

    // The programs of the README and docs/commands.md; the tests run them.
    .executableTarget(name: "PlanAndApply", dependencies: ["ConfigStore"], path: "Examples/PlanAndApply"),
    .executableTarget(
      name: "OwnTransformers", dependencies: ["CfgmigrateCommands", "ConfigMigration", "ConfigDocument"],
      path: "Examples/OwnTransformers"),

    .target(
      name: "TestSupport",
      dependencies: ["ConfigDocument", .product(name: "SystemPackage", package: "swift-system")],
      path: "Tests/TestSupport"),
    // The laws of the editor, and texts and edits to hold them to: for the tests, and for runs of millions of cases.
    .target(name: "DocumentLaws", dependencies: ["ConfigDocument"], path: "Tests/DocumentLaws"),
    .executableTarget(name: "laws", dependencies: ["DocumentLaws", "ConfigDocument"], path: "Tests/LawRun"),
    .testTarget(name: "ArchitectureTests", dependencies: ["TestSupport"]),
    .testTarget(
      name: "ConfigDocumentTests", dependencies: ["ConfigDocument", "DocumentLaws", "TestSupport"],
      exclude: ["CaseTests/CaseMatrix.txt"]),
    .testTarget(name: "PatternMatchingTests", dependencies: ["PatternMatching"]),
    .testTarget(
      name: "ConfigSchemaTests", dependencies: ["ConfigDocument", "ConfigSchema", "TestSupport"],
      exclude: ["KnownFailures.txt"]),
    .testTarget(name: "ConfigMigrationTests", dependencies: ["ConfigMigration", "TestSupport"]),
    // Servers for tests, started without rights in scratch directories.
    .target(
      name: "DatabaseServers", dependencies: ["DataMigration", "DatabaseDrivers"], path: "Tests/DatabaseServers"),
    .testTarget(
      name: "DataMigrationTests",
      dependencies: [
        "DataMigration", "DatabaseDrivers", "DatabaseServers", "SQLParsing", "ConfigStore", "ConfigDocument",
        "TestSupport",
      ]),
    .testTarget(
      name: "MigrationCheckTests",
      dependencies: ["MigrationCheck", "DataMigration", "ConfigStore", "ConfigDocument", "TestSupport"],
      exclude: ["SquawkComparison.txt"]),
    // File systems that fail, or whose process dies, for whatever writes through the seam.
    .target(
      name: "StoreTestSupport",
      dependencies: ["ConfigStore", .product(name: "SystemPackage", package: "swift-system")],
      path: "Tests/StoreTestSupport"),
    .testTarget(name: "ConfigStoreTests", dependencies: ["ConfigStore", "StoreTestSupport", "TestSupport"]),
    // What every step, gate, check and channel must pass, and an engine to pass it on.
    .target(
      name: "UpgradeContracts",
      dependencies: [
        "UpgradePipeline", "ConfigStore", "ConfigMigration", "ConfigDocument", "TestSupport",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Tests/UpgradeContracts"),
    .testTarget(
      name: "UpgradePipelineTests",
      dependencies: [
        "UpgradePipeline", "UpgradeContracts", "StoreTestSupport", "ConfigStore", "ConfigMigration", "ConfigDocument",
        "TestSupport",
      ]),
    .testTarget(
      name: "UpgradeDriverTests",
      dependencies: [
        "UpgradeDrivers", "UpgradePipeline", "UpgradeContracts", "DatabaseServers", "DatabaseDrivers", "DataMigration",
        "StoreTestSupport", "ConfigStore", "ConfigDocument", "TestSupport",
      ]),
    .testTarget(
      name: "MigrationSuiteTests", dependencies: ["ConfigStore", "ConfigMigration", "ConfigDocument", "TestSupport"],
      exclude: ["Transformers"]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "CfgmigrateCommands", "ConfigStore", "TestSupport", "cfgmigrate", "cfgmigrate-upgrade", "PlanAndApply",
        "OwnTransformers",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Cases"]),
  ],
  swiftLanguageModes: [.v6]
)

let cTargets: Set = [
  "CShim", "CSpawn", "CLibYAML", "CJansson", "CPCRE2", "CPgQuery", "CPostgreSQL", "CMariaDB", "CSQLite",
]

for target in package.targets where !cTargets.contains(target.name) {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
  ]
}
