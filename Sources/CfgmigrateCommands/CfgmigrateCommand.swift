public import ArgumentParser

/// The command line of cfgmigrate. A team with transformers of its own in Swift links this and calls ``start()``.
public struct CfgmigrateCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "cfgmigrate",
    abstract: "Upgrade a directory of YAML and JSON configuration as a database is upgraded.",
    version: "0.1.0")

  public init() {}

  /// Reads the process's arguments, does what they say, and ends the process with a status of ``ExitStatus``.
  public static func start() -> Never {
    main()
    exit()
  }
}
