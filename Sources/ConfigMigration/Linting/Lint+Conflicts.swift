import ConfigDocument

extension TransformerLint {
  /// `operation-conflict`: two operations that always run put something at one place, so that one of them is overwritten,
  /// does nothing, or stops the migration.
  func conflicts() -> [Diagnostic] {
    var found: [Diagnostic] = []
    for (index, step) in flow.steps.enumerated() where !step.isConditional {
      guard let target = step.writtenPlace else { continue }
      for earlier in flow.steps[..<index] where !earlier.isConditional {
        guard let other = earlier.writtenPlace, other.isSame(as: target), other.file == target.file,
          let consequence = Self.consequence(earlier.operation, then: step.operation)
        else { continue }
        found.append(
          Diagnostic(
            .operationConflict, "`\(target)` is written twice: \(consequence)", severity: .warning,
            at: step.operation.place, hint: "keep one of them, or give one a `when`",
            related: earlier.operation.place.map { [Diagnostic.Related("the first time", at: $0)] } ?? []))
        break
      }
    }
    return found
  }

  private static func consequence(_ first: Operation, then second: Operation) -> String? {
    let creates: Set<String> = ["set", "default", "pin_default"]
    switch (first.name, second.name) {
    case ("set", "set"): return "what the first one sets is overwritten"
    case (let name, "default") where creates.contains(name), (let name, "pin_default") where creates.contains(name):
      return "the second one never finds it absent"
    case ("move", "move"), ("move", "copy"), ("copy", "move"), ("copy", "copy"):
      let resolution = second.fields.object?["on_conflict"]?.string ?? "error"
      return resolution == "error" ? "a set that has both sources cannot be migrated" : nil
    default: return nil
    }
  }
}

extension OperationFlow.Step {
  /// The one place that it writes, where it writes one.
  fileprivate var writtenPlace: AddressPattern? {
    guard let place = footprint.makes.first, place.tokens.last != .end else { return nil }
    return ["set", "default", "pin_default", "move", "copy"].contains(operation.name) ? place : nil
  }
}
