internal import CfgmigrateCommands
internal import ConfigDocument
internal import UpgradePipeline

extension RunEnding {
  /// The last word on a run, and what to do next.
  func show(of spec: UpgradeSpec, _ terminal: inout Terminal) {
    let path = spec.file == "upgrade.yaml" ? "" : " \(spec.file)"
    switch self {
    case .completed:
      terminal.print("\(spec.title): done.")
      for line in spec.validations { terminal.print("  to look at: \(line)") }
    case .rolledBack(let cause):
      terminal.print("\(spec.title): taken back; everything is as it was, but for what stays by design.")
      if let cause { terminal.say(cause) }
    case .rollbackIncomplete(let unfinished):
      terminal.print("\(spec.title): the way back is not complete.")
      for step in unfinished {
        terminal.print("  \(step.step): \(step.failure.message)")
        for line in step.manualSteps { terminal.print("    to do: \(line)") }
      }
      terminal.print("When it is repaired, `cfgmigrate upgrade resume\(path)` goes on with the way back.")
    case .paused(let reason):
      terminal.print("\(spec.title): paused, \(reason).")
      terminal.print("`cfgmigrate upgrade resume\(path)` goes on; `cfgmigrate upgrade rollback\(path)` takes it back.")
    case .awaitingApproval(let id):
      terminal.print("\(spec.title): the step `\(id)` waits to be approved.")
      terminal.print("`cfgmigrate upgrade approve \(id)\(path)`, then `cfgmigrate upgrade resume\(path)`.")
    case .unclear(let id, let state):
      terminal.print("\(spec.title): the step `\(id)` was cut off, and its state is not clear: \(state).")
      terminal.print(
        "Look at it, then `cfgmigrate upgrade resume\(path) --assume \(id)=applied` or `--assume \(id)=not-applied`.")
    case .failed(let error):
      terminal.say(error)
      terminal.print("\(spec.title): stopped; what was done is still there.")
      terminal.print("Repair the cause, then `cfgmigrate upgrade resume\(path)`.")
    }
  }

  var json: Value {
    var object = Object()
    switch self {
    case .completed: object["ending"] = "completed"
    case .rolledBack(let cause):
      object["ending"] = "rolled-back"
      object["reason"] = cause.map { .string($0.message) }
    case .rollbackIncomplete(let unfinished):
      object["ending"] = "rollback-incomplete"
      object["steps"] = .array(
        unfinished.map {
          [
            "id": .string($0.step), "message": .string($0.failure.message),
            "manual": .array($0.manualSteps.map { .string($0) }),
          ]
        })
    case .paused(let reason):
      object["ending"] = "paused"
      object["reason"] = .string(reason)
    case .awaitingApproval(let id):
      object["ending"] = "awaiting-approval"
      object["step"] = .string(id)
    case .unclear(let id, let state):
      object["ending"] = "unclear"
      object["step"] = .string(id)
      object["state"] = .string("\(state)")
    case .failed(let error):
      object["ending"] = "failed"
      object["reason"] = .string(error.message)
    }
    return .object(object)
  }

  var diagnostics: [Diagnostic] {
    switch self {
    case .failed(let error): [error]
    case .rolledBack(let cause): cause.map { [$0] } ?? []
    case .rollbackIncomplete(let unfinished): unfinished.map(\.failure)
    case .completed, .paused, .awaitingApproval, .unclear: []
    }
  }
}
