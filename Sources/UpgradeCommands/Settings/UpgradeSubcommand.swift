internal import ArgumentParser
internal import CfgmigrateCommands
internal import ConfigDocument
internal import UpgradePipeline

/// A command of `cfgmigrate upgrade`.
protocol UpgradeSubcommand: CfgmigrateSubcommand {}

extension UpgradeSubcommand {
  static var path: String { "upgrade \(configuration.commandName ?? "")" }
}

extension ExitStatus {
  /// The status of an upgrade that came to this end.
  init(_ ending: RunEnding) {
    switch ending {
    case .completed: self = .done
    case .paused, .awaitingApproval, .unclear: self = .pending
    case .rolledBack: self = .verifyFailed
    case .failed, .rollbackIncomplete: self = .failed
    }
  }
}
