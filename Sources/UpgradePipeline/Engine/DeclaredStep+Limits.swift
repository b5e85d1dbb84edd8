internal import ConfigDocument
internal import ConfigStore

extension DeclaredStep {
  /// The context with the time limit of one attempt, which begins now.
  func limited(_ context: StepContext) -> StepContext { limited(context, to: timeLimit, field: "timeout") }

  /// The context with the time limit of one attempt to take the step back, which begins now.
  func limitedForUndo(_ context: StepContext) -> StepContext {
    limited(context, to: undoTimeLimit, field: "undo-timeout")
  }

  private func limited(_ context: StepContext, to limit: Int, field: String) -> StepContext {
    var limited = context
    let (now, begin, id) = (context.environment.now, context.environment.now(), id)
    limited.stop = StopSignal(parent: context.stop) {
      guard now().milliseconds(since: begin) > limit else { return nil }
      return Diagnostic(
        .stepTimeout, "the step `\(id)` did not end within \(DurationText.of(limit))",
        hint: "Give it more time with `\(field)`, or look why it takes so long")
    }
    return limited
  }

  /// The pause before the attempt that the context speaks of, in milliseconds.
  func pause(before context: StepContext) -> Int {
    retry.pause(before: context.attempt, chance: context.environment.random())
  }
}
