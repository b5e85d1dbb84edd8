internal import ArgumentParser
internal import CfgmigrateCommands
internal import ConfigDocument
internal import UpgradePipeline

struct RehearseCommand: UpgradeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "rehearse", abstract: "Try every step that can be tried on a scratch copy, with its way back.")

  @OptionGroup var options: SpecOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let spec = try options.read()
    let results = try Rehearsal(spec, options.surroundings(for: Self.path)).run()
    let failed = results.filter { $0.failure != nil }
    return Outcome(
      status: failed.isEmpty ? .done : .failed, diagnostics: failed.compactMap(\.failure),
      result: { ["steps": .array(results.map(\.json))] },
      show: { terminal in
        var columns = Columns()
        for result in results { columns.add(result.word, result.step, DurationText.of(result.milliseconds)) }
        for line in columns.lines(indent: 0) { terminal.print(line) }
        for result in failed { if let failure = result.failure { terminal.say(failure) } }
        let count = results.count { $0.word == "rehearsed" }
        terminal.print("\(Counted.of(count, "step")) rehearsed, \(failed.count) failed.")
      })
  }
}
