public import ArgumentParser
internal import CfgmigrateCommands

/// The command line of cfgmigrate-upgrade, which `cfgmigrate upgrade` runs.
public struct UpgradeCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "cfgmigrate upgrade", abstract: "Take a platform from one version to the next, step by durable step.",
    discussion: """
      Exit status: 0 done, 1 failed, 2 paused or waiting, 4 the plan has changed since it was reviewed or the run \
      began, 5 a warning or the window was not accepted, 6 locked, 7 a run is not over, 9 it failed and was taken back, \
      64 usage, 130 interrupted: `resume` goes on.
      """,
    version: CommandEnvironment.version,
    groupedSubcommands: [
      CommandGroup(
        name: "Review:",
        subcommands: [UpgradePlanCommand.self, UpgradeCheckCommand.self, RehearseCommand.self, LintSQLCommand.self]),
      CommandGroup(
        name: "Run:",
        subcommands: [
          UpgradeRunCommand.self, ResumeCommand.self, UpgradeRollbackCommand.self, ApproveCommand.self,
          PauseCommand.self, AbortCommand.self, EmergencyCommand.self,
        ]),
      CommandGroup(
        name: "Look:", subcommands: [UpgradeStatusCommand.self, UpgradeReportCommand.self, DataCommand.self]),
    ])

  public init() {}

  /// Reads the process's arguments, does what they say, and ends the process with a status of docs/upgrade.md.
  public static func start() -> Never {
    main()
    exit()
  }
}
