internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore
internal import UpgradePipeline

/// How old the newest backup is, and whether it is whole.
///
/// ```yaml
/// - {id: backup, backup: {path: /var/backups/orders, newer-than: 24h, verify: [./verify-backup.sh]}}
/// ```
struct BackupCheck: PreflightCheck {
  let path: String
  let newerThan: Int
  let verify: CommandDeclaration?

  init(_ declaration: Declaration) throws(Diagnostic) {
    var fields = try declaration.fields()
    path = try fields.text("path")
    newerThan = try fields.optionalDuration("newer-than") ?? 86_400_000
    let timeLimit = try fields.optionalDuration("timeout") ?? 600_000
    verify = try fields.optionalCommand("verify").map { CommandDeclaration($0, timeLimit: timeLimit) }
    try fields.finish()
  }

  func run(_ context: StepContext) -> PreflightResult {
    guard let newest = MachineReading.newestFile(at: context.path(path)) else {
      return PreflightResult(
        .fail, found: "there is no backup at \(path)", wanted: "newer than \(DurationText.of(newerThan))",
        hint: "Make one first")
    }
    let age = context.environment.now().milliseconds(since: newest.modified)
    let found = "\(newest.name), \(DurationText.of(age)) old, \(ByteText.of(newest.size))"
    let result = { (verdict: PreflightResult.Verdict, found: String, hint: String?) in
      PreflightResult(verdict, found: found, wanted: "newer than \(DurationText.of(newerThan))", hint: hint)
    }
    if newest.size == 0 { return result(.fail, found, "The newest backup is empty: make one, and look why") }
    if age > newerThan { return result(.fail, found, "Make a newer one first") }
    guard let verify else { return result(.pass, found, nil) }
    do throws(Diagnostic) {
      let said = try verify.run(in: context, variables: ["CFGMIGRATE_BACKUP": newest.path])
      switch said.ending {
      case .exited(0): return result(.pass, found + ", verified", nil)
      case .exited:
        return result(.fail, "\(found); \(verify.failure(said, at: nil).message)", "Make a new one, and verify it")
      default: return .error(verify.failure(said, at: nil))
      }
    } catch {
      return .error(error)
    }
  }
}
