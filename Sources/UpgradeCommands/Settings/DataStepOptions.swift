internal import ArgumentParser
internal import CfgmigrateCommands
internal import ConfigDocument
internal import ConfigStore
internal import DataMigration
internal import UpgradeDrivers
internal import UpgradePipeline

/// Which step's scripts: the spec, and the step where it has several.
struct DataStepOptions: ParsableArguments {
  @Argument(help: "The upgrade's spec.") var spec: String = "upgrade.yaml"

  @Option(help: ArgumentHelp("The step whose scripts are meant, where there are several.", valueName: "id"))
  var step: String?

  /// - Throws: `unknown-reference` where the spec has no such step, or several and none is named.
  func migrator(for command: String) throws(Diagnostic) -> Migrator {
    let spec = try UpgradeSpec.read(spec, catalog: .standard)
    let steps = spec.steps.compactMap { declared in (declared.step as? DataMigrationStep).map { (declared.id, $0) } }
    let chosen = steps.filter { id, _ in step == nil || id == step }
    guard chosen.count == 1 else {
      let names = steps.map { "`\($0.0)`" }.joined(separator: ", ")
      throw Diagnostic(
        .unknownReference,
        step.map { "`\($0)` is no step that runs scripts" } ?? "\(steps.count) steps run scripts, and one is meant",
        hint: steps.isEmpty ? "Name the spec that runs scripts on the database" : "Name it with --step: \(names)")
    }
    let environment = CommandEnvironment.run(command)
    return try chosen[0].1.migrator(
      StepContext(
        upgrade: spec.identity, id: chosen[0].0, directory: spec.directory,
        store: StepStore(in: try OpenDirectory(spec.directory), []), environment: environment,
        programs: LocalCommandRunner(),
        secrets: SecretReader()))
  }
}
