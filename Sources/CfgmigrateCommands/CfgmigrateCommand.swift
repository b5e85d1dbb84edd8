public import ArgumentParser
public import ConfigMigration

/// The command line of cfgmigrate.
///
/// A team with transformers of its own in Swift links this library and builds its own binary:
///
/// ```swift
/// import CfgmigrateCommands
///
/// CfgmigrateCommand.start(transformers: ["job-platform": [ShortenNames()]])
/// ```
public struct CfgmigrateCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "cfgmigrate",
    abstract: "Upgrade a directory of YAML and JSON configuration as a database is upgraded.",
    discussion: """
      Exit status: 0 done, 1 failed, 2 changes are pending, 3 a document fails its schema, 4 a saved plan is out of \
      date, 5 a loss or an action was not acknowledged, 6 locked, 7 an interrupted run needs recover, 8 version \
      unknown or no path, 64 usage, 130 interrupted.
      """,
    version: CommandEnvironment.version,
    groupedSubcommands: [
      CommandGroup(
        name: "Review:", subcommands: [StatusCommand.self, PlanCommand.self, DiffCommand.self, CheckCommand.self]),
      CommandGroup(
        name: "Change:",
        subcommands: [
          ApplyCommand.self, RollbackCommand.self, RecoverCommand.self, ReconcileCommand.self, UpgradeCommand.self,
        ]),
      CommandGroup(
        name: "Look:",
        subcommands: [
          ValidateCommand.self, ExplainCommand.self, HistoryCommand.self, ShowCommand.self, BlameCommand.self,
          BackupCommand.self,
          TransformerCommand.self, SchemaCommand.self,
        ]),
    ])

  public init() {}

  /// Reads the process's arguments, does what they say, and ends the process with a status of docs/commands.md.
  ///
  /// - Parameters:
  ///   - transformers: transformers that are written in Swift, by the name of their product. They join those of the
  ///     product's files.
  ///   - changes: what transformer files name as `custom: {swift: …}`, by the name of their product.
  public static func start(
    transformers: [String: [any ConfigTransformer]] = [:], changes: [String: [CustomChange]] = [:]
  ) -> Never {
    CommandEnvironment.$transformers.withValue(transformers) {
      CommandEnvironment.$changes.withValue(changes) { main() }
    }
    exit()
  }
}
