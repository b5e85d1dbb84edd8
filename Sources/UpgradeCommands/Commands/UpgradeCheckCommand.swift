internal import ArgumentParser
internal import CfgmigrateCommands
internal import ConfigDocument
internal import UpgradePipeline

struct UpgradeCheckCommand: UpgradeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Look whether the upgrade could begin: versions, backups, space, permissions, every step.")

  @OptionGroup var options: SpecOptions
  @Option(help: ArgumentHelp("Accept a warning; may be repeated, 'all' for all.", valueName: "check"))
  var accept: [String] = []
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let spec = try options.read()
    let report = try PreflightRun(spec, options.surroundings(for: Self.path)).report()
    let blocking = report.blocking(accepting: Set(accept))
    let status: ExitStatus =
      blocking.isEmpty ? .done : blocking.allSatisfy { $0.result.verdict == .warn } ? .unacknowledged : .failed
    return Outcome(
      status: status, result: { ["checks": report.json, "blocking": .array(blocking.map { .string($0.id) })] },
      show: { PreflightText(report: report).show(&$0) })
  }
}
