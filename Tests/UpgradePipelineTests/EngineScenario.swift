import ConfigDocument
import ConfigStore
import StoreTestSupport
import SystemPackage
import UpgradeContracts
import UpgradePipeline

/// An upgrade of a simulated system, in a directory of its own.
struct EngineScenario {
  let scratch = Scratch()
  let system = SimulatedSystem()
  let clock = SimulatedClock()
  var text: String
  var meanwhile: @Sendable (StepContext) throws(Diagnostic) -> Void = { _ in }
  var meanwhileUndoing: @Sendable (StepContext) throws(Diagnostic) -> Void = { _ in }

  /// Configuration, an additive change, traffic; each with a way back.
  static let threeSteps = """
    upgrade: shop
    from: 1.0.0
    to: 2.0.0
    side-by-side: 1
    steps:
      - {id: config, run: {apply: [config, "2"], effects: [configuration]}}
      - {id: expand, run: {apply: [schema, "2"], effects: [data], way-back: stays}}
      - {id: traffic, run: {apply: [route, green], effects: [traffic]}}
    notify:
      - {on: [started, completed, failed, rolled-back, needs-help, paused], run: [mail]}
    """

  init(_ text: String = EngineScenario.threeSteps) {
    self.text = text
    for name in ["config", "schema"] { system[name] = "1" }
    system["route"] = "blue"
  }

  func spec() throws(Diagnostic) -> UpgradeSpec {
    try UpgradeSpec.read(
      Array(text.utf8), named: scratch.absolute("upgrade.yaml"),
      catalog: .simulated(system, meanwhile: meanwhile, meanwhileUndoing: meanwhileUndoing))
  }

  func engine(
    through fileSystem: any FileSystem = LocalFileSystem(), patience: Int = 1_000_000,
    _ change: (inout UpgradeEngine.Surroundings) -> Void = { _ in }
  ) throws(Diagnostic) -> UpgradeEngine {
    var surroundings = UpgradeEngine.Surroundings(environment: .simulated(clock: clock), fileSystem: fileSystem)
    surroundings.waitsForApproval = false
    change(&surroundings)
    return try UpgradeEngine(try spec(), surroundings, patience: patience)
  }

  func begin() throws(Diagnostic) -> RunEnding { try engine().begin() }
  func resume() throws(Diagnostic) -> RunEnding { try engine().resume() }

  func history() throws(Diagnostic) -> RunHistory? {
    try UpgradeState(readingIn: try OpenDirectory(scratch.path), upgrade: "shop")?.newest()
  }

  /// What somebody asks from another terminal.
  func ask(_ kind: OperatorRequest.Kind, step: String? = nil) throws(Diagnostic) {
    let environment = RunEnvironment.simulated(clock: clock)
    guard let state = try UpgradeState(readingIn: try OpenDirectory(scratch.path), upgrade: "shop") else { return }
    try RequestBox(of: state).put(
      OperatorRequest(kind, step: step, user: "ben", time: clock.now()), environment: environment)
  }

  /// The system without the mail.
  var platform: [String: String] { system.values.filter { $0.key != "mail" } }

  static let old = ["config": "1", "schema": "1", "route": "blue"]
  static let new = ["config": "2", "schema": "2", "route": "green"]
}

extension RunEnding {
  /// The case's name, for comparing.
  var name: String {
    switch self {
    case .completed: "completed"
    case .rolledBack: "rolled back"
    case .rollbackIncomplete: "rollback incomplete"
    case .paused: "paused"
    case .awaitingApproval: "awaiting approval"
    case .unclear: "unclear"
    case .incomplete: "incomplete"
    case .failed: "failed"
    }
  }
}
