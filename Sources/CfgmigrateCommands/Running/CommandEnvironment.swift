package import ConfigMigration
package import ConfigStore

/// What the commands take from the process: its name for the ledger, where products are, a team's own transformers.
package enum CommandEnvironment {
  /// The version that `--version` prints and the ledger records.
  package static let version = "0.1.0"

  /// Transformers written in Swift, by product; what ``CfgmigrateCommand/start(transformers:changes:)`` was given.
  @TaskLocal package static var transformers: [String: [any ConfigTransformer]] = [:]
  @TaskLocal package static var changes: [String: [CustomChange]] = [:]

  /// - Parameter command: the command's words, named to others who wait for the lock.
  package static func run(_ command: String) -> RunEnvironment {
    var environment = RunEnvironment.current(tool: "cfgmigrate \(version)", command: "cfgmigrate \(command)")
    // Who waits for the lock has nothing half done, and may be interrupted.
    environment.sleep = { [sleep = environment.sleep] milliseconds in
      HeldSignals.release()
      sleep(milliseconds)
      HeldSignals.hold()
    }
    return environment
  }

  package static func products(registries: [String]) -> ProductPath {
    ProductPath(
      registries: registries, environment: ColorChoice.variable("CFGMIGRATE_PATH"), installed: ProductPath.installed,
      programs: transformers.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.flatMap {
        product, programs in
        programs.map { (product: product, transformer: $0) }
      },
      changes: changes.flatMap { product, changes in changes.map { (product: product, change: $0) } })
  }
}
