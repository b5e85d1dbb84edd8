internal import ArgumentParser
internal import CfgmigrateCommands
internal import ConfigDocument
internal import ConfigStore
internal import UpgradeDrivers
internal import UpgradePipeline

/// Which upgrade: the spec, and where its runs are kept.
struct SpecOptions: ParsableArguments {
  @Argument(help: "The upgrade's spec.") var spec: String = "upgrade.yaml"

  @Option(
    help: ArgumentHelp("Where the runs are kept; the spec's directory, where none is given.", valueName: "dir"))
  var state: String?

  func read() throws(Diagnostic) -> UpgradeSpec { try UpgradeSpec.read(spec, catalog: .standard) }

  /// The spec as a run has kept it, in place of the file; nil where it was not kept.
  func keptSpec(of history: RunHistory, in state: UpgradeState) throws(Diagnostic) -> UpgradeSpec? {
    guard let bytes = try state.keptSpec(of: history.run) else { return nil }
    return try UpgradeSpec.read(bytes, named: spec, catalog: .standard)
  }

  /// The runs of before; empty where there are none.
  func state(of spec: UpgradeSpec) throws(Diagnostic) -> UpgradeState? {
    let directory = try OpenDirectory(state ?? spec.directory)
    return try UpgradeState(readingIn: directory, upgrade: spec.identity.name)
  }

  /// - Throws: `no-run` where the upgrade was never run.
  func requireState(of spec: UpgradeSpec) throws(Diagnostic) -> (state: UpgradeState, history: RunHistory) {
    if let state = try state(of: spec), let newest = try state.newest() { return (state, newest) }
    throw Diagnostic(.noRun, "`\(spec.identity.name)` was not run yet", hint: "`cfgmigrate upgrade run` begins it")
  }

  func surroundings(for command: String) -> UpgradeEngine.Surroundings {
    var environment = CommandEnvironment.run("upgrade \(command)")
    // An upgrade hears signals by itself, and holds none back.
    environment.sleep = RunEnvironment.current(tool: environment.tool, command: environment.command).sleep
    var surroundings = UpgradeEngine.Surroundings(environment: environment)
    surroundings.stateDirectory = state
    return surroundings
  }

  /// The runs that came to their end, for their times.
  func earlierRuns(of spec: UpgradeSpec) throws(Diagnostic) -> [RunHistory] {
    guard let state = try state(of: spec) else { return [] }
    var out: [RunHistory] = []
    for run in try state.allRuns() {
      let history = try state.history(of: run)
      if history.isEnded { out.append(history) }
    }
    return out
  }
}
