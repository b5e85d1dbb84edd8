internal import ArgumentParser
internal import CfgmigrateCommands
internal import ConfigDocument
internal import ConfigStore
internal import UpgradePipeline

struct UpgradeReportCommand: UpgradeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write what happened in a run: timeline, evidence, gates, what was undone, what is left.")

  @OptionGroup var options: SpecOptions
  @Option(help: ArgumentHelp("The run; the newest one, where none is given.", valueName: "run")) var run: String?
  @Option(help: ArgumentHelp("Write it as one HTML page into this file.", valueName: "file")) var html: String?
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let spec = try options.read()
    var (state, history) = try options.requireState(of: spec)
    if let run {
      let runs = try state.allRuns()
      guard let known = runs.first(where: { $0.text == run }) else {
        throw Diagnostic(
          .noRun, "there is no run \(run) of `\(spec.identity.name)`",
          hint: "There are \(runs.map(\.text).joined(separator: ", "))")
      }
      history = try state.history(of: known)
    }
    let report = UpgradeReport(history, spec: spec)
    if let html { try StandaloneFile(html).write(Array(report.html.utf8)) }
    return Outcome(
      result: { report.json },
      show: { terminal in
        if let html {
          terminal.print("wrote \(html)")
        } else {
          terminal.print(bytes: Array(SafeText.of(report.markdown).utf8))
        }
      })
  }
}
