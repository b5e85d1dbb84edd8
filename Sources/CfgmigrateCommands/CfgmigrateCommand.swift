public import ArgumentParser
import SystemPackage
import ConfigStore

/// The command line of cfgmigrate.
public struct CfgmigrateCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(commandName: "cfgmigrate")
  public init() {}
  public func run() throws { print(spike3()) }
  public static func start() { main() }
}
