internal import ConfigDocument
internal import ConfigStore

extension DeclaredStep {
  /// The context with the time limit of one attempt, which begins now.
  func limited(_ context: StepContext) -> StepContext {
    var limited = context
    let (now, begin, limit, id) = (context.environment.now, context.environment.now(), timeLimit, id)
    limited.stop = StopSignal(parent: context.stop) {
      guard now().milliseconds(since: begin) > limit else { return nil }
      return Diagnostic(
        .stepTimeout, "the step `\(id)` did not end within \(limit / 1_000) s",
        hint: "Give it more time with `timeout`, or look why it takes so long")
    }
    return limited
  }

  /// The pause before the attempt that the context speaks of, in milliseconds.
  func pause(before context: StepContext) -> Int {
    retry.pause(before: context.attempt, chance: context.environment.random())
  }
}
