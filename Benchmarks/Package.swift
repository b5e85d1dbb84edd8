// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that nothing here is built by those who use or test the library.
let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "cfgmigrate", path: "..")],
  targets: [
    .target(name: "Baseline", linkerSettings: [.linkedLibrary("yaml"), .linkedLibrary("jansson")]),
    .executableTarget(
      name: "DocumentBenchmark",
      dependencies: ["Baseline", .product(name: "ConfigDocument", package: "cfgmigrate")]),
    // One edit of one file, as a process: what the comparison with other tools runs.
    .executableTarget(
      name: "EditFile", dependencies: ["Baseline", .product(name: "ConfigDocument", package: "cfgmigrate")]),
    .executableTarget(
      name: "SchemaBenchmark",
      dependencies: [
        "Baseline", .product(name: "ConfigDocument", package: "cfgmigrate"),
        .product(name: "ConfigSchema", package: "cfgmigrate"),
      ]),
    // What is said of published schemas, held against what others say.
    .executableTarget(
      name: "SchemaSurvey",
      dependencies: [
        .product(name: "ConfigDocument", package: "cfgmigrate"), .product(name: "ConfigSchema", package: "cfgmigrate"),
      ]),
    .target(name: "StoreBaseline"),
    .executableTarget(
      name: "StoreBenchmark",
      dependencies: ["StoreBaseline", .product(name: "ConfigStore", package: "cfgmigrate")]),
    .executableTarget(
      name: "PlanBenchmark",
      dependencies: [
        "Baseline", .product(name: "ConfigDocument", package: "cfgmigrate"),
        .product(name: "ConfigMigration", package: "cfgmigrate"), .product(name: "ConfigSchema", package: "cfgmigrate"),
        .product(name: "ConfigStore", package: "cfgmigrate"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
