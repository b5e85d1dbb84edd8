public import ArgumentParser

/// The command line of cfgmigrate-upgrade, which `cfgmigrate upgrade` runs.
public struct UpgradeCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "cfgmigrate upgrade", abstract: "Take a platform from one version to the next, step by durable step.")

  public init() {}

  /// Reads the process's arguments, does what they say, and ends the process with a status of docs/commands.md.
  public static func start() -> Never {
    main()
    exit()
  }
}
