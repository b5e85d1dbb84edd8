import ConfigDocument
import ConfigStore
import TestSupport
import UpgradeContracts
import UpgradeDrivers
import UpgradePipeline

/// A spec with real drivers, in a directory of its own.
struct DriverScenario {
  let scratch = Scratch()
  let secrets = SecretReader()

  /// - Parameter parts: what comes behind the name and the versions.
  func spec(_ parts: String) throws(Diagnostic) -> UpgradeSpec {
    let head = "upgrade: shop\nproduct: job-platform\nfrom: 2.1.0\nto: 2.2.0\n"
    return try UpgradeSpec.read(
      Array((head + parts).utf8), named: scratch.absolute("upgrade.yaml"), catalog: .standard)
  }

  func step(_ declaration: String) throws(Diagnostic) -> any UpgradeStep {
    try spec("steps:\n  - {id: it, \(declaration)}\n").steps[0].step
  }

  private static let anyStep = "steps: [{id: any, run: {apply: [\"true\"], way-back: stays}}]\n"

  func gate(_ declaration: String) throws(Diagnostic) -> any Gate {
    try spec(Self.anyStep + "watch:\n  - {id: it, \(declaration)}\n").watches[0].gate
  }

  func check(_ declaration: String) throws(Diagnostic) -> any PreflightCheck {
    try spec(Self.anyStep + "preflight:\n  - {id: it, \(declaration)}\n").checks[0].check
  }

  func channel(_ declaration: String) throws(Diagnostic) -> any NotificationChannel {
    try spec(Self.anyStep + "notify:\n  - {\(declaration)}\n").channels[0].channel
  }

  func context() throws(Diagnostic) -> StepContext {
    var identity = UpgradeIdentity(name: "shop", product: "job-platform", from: "2.1.0", to: "2.2.0")
    identity.run = "20261120T100000000Z-000001"
    return StepContext(
      upgrade: identity, id: "it", directory: scratch.path,
      store: StepStore(in: try OpenDirectory(scratch.path), [FileName(known: "store")]),
      environment: .current(tool: "test", command: "test"), programs: LocalCommandRunner(), secrets: secrets)
  }

  /// Copies one of the repository's samples.
  func copy(_ sample: String, to name: String) throws {
    let command = Command(["cp", "-r", "\(Repository.root)/\(sample)", scratch.absolute(name)])
    let result = try LocalCommandRunner().run(command)
    precondition(result.succeeded, "cannot copy \(sample)")
  }

  /// All files below a directory, with their bytes, but for what keeps the history.
  func contents(of name: String) throws -> String {
    let command = Command(
      ["sh", "-c", "find . -path ./.cfgmigrate -prune -o -type f -print0 | sort -z | xargs -0 sha256sum"],
      in: scratch.absolute(name))
    return try LocalCommandRunner().run(command).text
  }
}
