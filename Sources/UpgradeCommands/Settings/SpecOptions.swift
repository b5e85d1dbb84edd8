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
    var surroundings = UpgradeEngine.Surroundings(environment: CommandEnvironment.run("upgrade \(command)"))
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
