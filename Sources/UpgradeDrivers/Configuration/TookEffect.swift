internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore
internal import UpgradePipeline

/// Waits until the application says that it works with the new configuration.
struct TookEffect: Sendable {
  private let command: CommandDeclaration?
  private let probe: HTTPProbe?
  private let contains: String?
  /// In milliseconds.
  private let within: Int
  private let interval: Int

  init(_ node: NodeID, of document: Document) throws(Diagnostic) {
    var fields = try FieldReader(node, of: document, subject: "`took-effect`")
    contains = try fields.optionalText("contains")
    within = try fields.optionalDuration("within") ?? 60_000
    interval = try fields.optionalDuration("interval") ?? 1_000
    command = try fields.optionalCommand("run").map { CommandDeclaration($0, timeLimit: 30_000) }
    probe = try fields.optionalText("http").map { HTTPProbe(url: $0) }
    try fields.finish()
    guard (command == nil) != (probe == nil) else {
      throw Diagnostic(
        .badValue, "`took-effect` asks either a command (`run`) or a server (`http`)", at: document.place(of: node),
        hint: "Write the one that knows what configuration the application has")
    }
  }

  /// - Throws: `not-taken-effect` where it did not say so in time.
  func wait(_ context: StepContext) throws(Diagnostic) {
    let begin = context.environment.now()
    while true {
      let (isThere, seen) = try look(context)
      if isThere { return }
      guard context.environment.now().milliseconds(since: begin) < within else {
        throw Diagnostic(
          .notTakenEffect,
          "the configuration was written, and did not take effect within \(DurationText.of(within)): \(seen)",
          hint: "Look whether the application reads it again by itself, or must be told to")
      }
      try context.sleep(milliseconds: interval)
    }
  }

  private func look(_ context: StepContext) throws(Diagnostic) -> (isThere: Bool, seen: String) {
    if let command {
      let result = try command.run(in: context)
      let fits = contains.map { result.text.contains($0) } ?? true
      return (
        result.succeeded && fits,
        result.succeeded ? result.lastWords(lines: 1) : command.failure(result, at: nil).message
      )
    }
    guard var probe else { return (true, "") }
    probe.contains = contains
    do throws(Diagnostic) {
      let (isGood, seen) = probe.judge(try probe.ask(context))
      return (isGood, seen)
    } catch {
      try context.stop.check()
      return (false, error.message)
    }
  }
}
