internal import ArgumentParser
internal import CfgmigrateCommands
internal import ConfigDocument
internal import ConfigStore
internal import UpgradePipeline

struct UpgradeRunCommand: UpgradeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Look, then do the upgrade: each step recorded before and after, and taken back on failure.")

  @OptionGroup var options: SpecOptions
  @OptionGroup var running: RunOptions
  @Option(help: ArgumentHelp("Accept a warning of the checks; may be repeated, 'all' for all.", valueName: "check"))
  var accept: [String] = []
  @Option(help: ArgumentHelp("Begin outside the window; the reason is recorded.", valueName: "reason"))
  var now: String?
  @Option(
    help: ArgumentHelp(
      "Do this plan, as 'plan' names it, or nothing: refuse where the spec, or what it works with, has changed.",
      valueName: "digest"))
  var plan: String?
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let spec = try options.read()
    let surroundings = options.surroundings(for: Self.path)
    if let newest = try options.state(of: spec)?.newest(), !newest.isEnded {
      throw Diagnostic(
        .unfinishedRun, "run \(newest.run) of `\(spec.identity.name)` is not over",
        hint: "Go on with it (`cfgmigrate upgrade resume`), or take it back (`cfgmigrate upgrade rollback`)")
    }
    let planned = try UpgradePlan(
      spec, surroundings, at: surroundings.environment.now(), earlier: try options.earlierRuns(of: spec))
    if let plan, plan != "\(planned.digest)" {
      throw Diagnostic(
        .upgradeChanged, "the plan is \(planned.digest) now, and not the one that was reviewed",
        hint: "Look at it with `cfgmigrate upgrade plan`, then give its digest")
    }
    if let objection = planned.objection, now == nil {
      throw Diagnostic(
        .outsideWindow, "the upgrade may not begin now: \(objection)",
        hint: (planned.nextOpening.map { "It may begin at \($0); " } ?? "")
          + "`--now REASON` begins it all the same, and records why")
    }
    let report = try PreflightRun(spec, surroundings).report()
    let blocking = report.blocking(accepting: Set(accept))
    guard blocking.isEmpty else {
      let warnsOnly = blocking.allSatisfy { $0.result.verdict == .warn }
      let ids = blocking.map(\.id)
      return Outcome(
        status: warnsOnly ? .unacknowledged : .failed,
        diagnostics: [
          Diagnostic(
            .preflightFailed,
            "nothing was begun: \(ids.joined(separator: ", ")) \(ids.count == 1 ? "is" : "are") in the way",
            hint: warnsOnly
              ? "Look at them; `\(ids.map { "--accept \($0)" }.joined(separator: " "))` goes on all the same"
              : "Repair what failed, then run it again")
        ],
        result: { ["preflight": report.json] },
        show: { terminal in
          PreflightText(report: report).show(&terminal)
          terminal.print(
            warnsOnly
              ? "Nothing was begun. To go on all the same: \(ids.map { "--accept \($0)" }.joined(separator: " "))"
              : "Nothing was begun: repair what failed, then run it again.")
        })
    }
    let session = try EngineSession(options, spec, running, command: "run")
    var beginning = UpgradeEngine.Beginning()
    beginning.preflight = report
    beginning.accepted = Set(accept)
    beginning.windowReason = now
    return session.outcome(of: try session.engine.begin(beginning))
  }
}

extension Diagnostic.Code {
  /// An upgrade that is to begin outside its window.
  static let outsideWindow: Self = "outside-window"
  /// Checks before an upgrade that are in its way.
  static let preflightFailed: Self = "preflight-failed"
}
