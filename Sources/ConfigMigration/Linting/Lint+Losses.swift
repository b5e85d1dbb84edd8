import ConfigDocument

extension TransformerLint {
  /// `loss-unsaid`: from the result alone the way back cannot be made, as after a `discard`, and no `lossy:` says why that
  /// is all right. (The way back of an applied run is whole all the same: its record has what the result has not.)
  func losses() -> [Diagnostic] {
    flow.steps.compactMap { step in
      guard let loss = step.footprint.loss, step.operation.modifiers.lossy == nil,
        step.operation.modifiers.reverse == nil
      else { return nil }
      return Diagnostic(
        .lossUnsaid, "without a record of the run there is no way back from `\(step.operation.name)`: \(loss)",
        severity: .warning, at: step.operation.place,
        hint:
          "say why that is all right with `lossy: …`\(step.operation.name == "remove" ? ", or give what to put back with `restore: …`" : "")"
      )
    }
  }
}
