// swift-tools-version: 6.3
import PackageDescription

// Coverage-guided fuzzing by libFuzzer with AddressSanitizer. A package of its own: `scripts/fuzz.sh` builds and runs it.
let package = Package(
  name: "Fuzzing",
  dependencies: [.package(name: "cfgmigrate", path: "..")],
  targets: [
    .executableTarget(
      name: "DocumentFuzzer", dependencies: [.product(name: "ConfigDocument", package: "cfgmigrate")],
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]),
    .executableTarget(
      name: "SchemaFuzzer",
      dependencies: [
        .product(name: "ConfigDocument", package: "cfgmigrate"), .product(name: "ConfigSchema", package: "cfgmigrate"),
      ],
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]),
  ],
  swiftLanguageModes: [.v6]
)
