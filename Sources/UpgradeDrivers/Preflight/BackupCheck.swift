internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore
internal import UpgradePipeline

/// How old the newest backup is, and whether it is whole.
///
/// ```yaml
/// - {id: backup, backup: {path: /var/backups/orders, newer-than: 24h, verify: [./verify-backup.sh]}}
/// - {id: config, backup: {set: config, newer-than: 90d}}    # those that cfgmigrate itself made, read byte by byte
/// ```
struct BackupCheck: PreflightCheck {
  private let place: Place
  let newerThan: Int
  let verify: CommandDeclaration?

  init(_ declaration: Declaration) throws(Diagnostic) {
    var fields = try declaration.fields()
    let (path, set) = (try fields.optionalText("path"), try fields.optionalText("set"))
    newerThan = try fields.optionalDuration("newer-than") ?? 86_400_000
    let timeLimit = try fields.optionalDuration("timeout") ?? 600_000
    verify = try fields.optionalCommand("verify").map { CommandDeclaration($0, timeLimit: timeLimit) }
    try fields.finish()
    switch (path, set) {
    case (let path?, nil): place = .path(path)
    case (nil, let set?): place = .set(set)
    default:
      throw Diagnostic(
        .badValue, "`backup` looks at either a `path` or a configuration `set`", at: declaration.place,
        hint: "Write the one that holds the backups")
    }
  }

  private enum Place {
    case path(String)
    case set(String)
  }

  func run(_ context: StepContext) -> PreflightResult {
    switch place {
    case .path(let path): look(at: path, context)
    case .set(let set): look(atSet: set, context)
    }
  }

  private func result(_ verdict: PreflightResult.Verdict, _ found: String, _ hint: String?) -> PreflightResult {
    PreflightResult(verdict, found: found, wanted: "newer than \(DurationText.of(newerThan))", hint: hint)
  }

  private func look(atSet directory: String, _ context: StepContext) -> PreflightResult {
    do throws(Diagnostic) {
      let history = try DirectoryHistory(context.path(directory), environment: context.environment)
      guard let newest = try history.backups().max(by: { $0.run < $1.run }) else {
        return result(.fail, "there is no backup of \(directory)", "Make one first")
      }
      let age = context.environment.now().milliseconds(since: newest.time)
      let found = "\(newest.run), \(DurationText.of(age)) old, \(newest.files.count) files"
      if let damage = try history.verify(newest).first {
        return result(
          .fail, "\(found); \(damage.message)", "`cfgmigrate backup verify \(directory)` says what is damaged")
      }
      return age > newerThan
        ? result(.fail, found, "Make a newer one first") : result(.pass, found + ", verified", nil)
    } catch {
      return .error(error)
    }
  }

  private func look(at path: String, _ context: StepContext) -> PreflightResult {
    guard let newest = MachineReading.newestFile(at: context.path(path)) else {
      return result(.fail, "there is no backup at \(path)", "Make one first")
    }
    let age = context.environment.now().milliseconds(since: newest.modified)
    let found = "\(newest.name), \(DurationText.of(age)) old, \(ByteText.of(newest.size))"
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
