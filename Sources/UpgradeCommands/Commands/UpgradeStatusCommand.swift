internal import ArgumentParser
internal import CfgmigrateCommands
internal import ConfigDocument
internal import ConfigStore
internal import UpgradePipeline

struct UpgradeStatusCommand: UpgradeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show where an upgrade stands: steps, percent, time left; from any terminal.")

  @OptionGroup var options: SpecOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let spec = try options.read()
    let (state, history) = try options.requireState(of: spec)
    let surroundings = options.surroundings(for: Self.path)
    let now = surroundings.environment.now()
    // The plan may not be possible any more, for the steps are done.
    let plan = try? UpgradePlan(spec, surroundings, at: now, earlier: try options.earlierRuns(of: spec))
    let times = Dictionary((plan?.items ?? []).map { ($0.id, $0.time) }) { first, _ in first }
    let status = UpgradeStatus(
      history, of: spec, times: times, progress: StepProgressRecord(in: state, of: history.run), now: now)
    let isAlive = try DirectoryLock.isHeld(in: state.root)
    let isCutOff = history.phase == .running && !isAlive
    let needsHelp = status.lines.contains { $0.status == .undoFailed }
    return Outcome(
      status: isCutOff ? .interruptedRun : history.phase == .paused ? .pending : .done,
      result: {
        guard case .object(var object) = status.json else { return status.json }
        object["alive"] = .bool(isAlive)
        return .object(object)
      },
      show: { terminal in
        let standing = isCutOff ? needsHelp ? "needs help on its way back" : "cut off" : status.phaseName
        terminal.print("\(spec.title): \(standing), \(status.percent)%")
        terminal.print(
          "run \(status.run)\(status.remaining.map { isAlive ? ", about \(DurationText.of($0)) left" : "" } ?? "")")
        if let reason = status.reason { terminal.print("reason: \(SafeText.of(reason))") }
        if let note = status.note { terminal.print("now: \(SafeText.of(note))") }
        var columns = Columns()
        for line in status.lines {
          columns.add(
            line.status.rawValue, line.id, line.milliseconds.map { "took \(DurationText.of($0))" } ?? "",
            line.failure ?? "")
        }
        for line in columns.lines() { terminal.print(line) }
        if isCutOff { terminal.print("`cfgmigrate upgrade resume` goes on; what is done is not done again.") }
      })
  }
}
