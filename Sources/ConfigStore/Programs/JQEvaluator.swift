internal import ConfigDocument
internal import ConfigMigration
private import Synchronization

/// Evaluates expressions by jq: one process for each expression, which lives as long as the evaluator.
///
/// jq is given no environment, no files and no time without end. What it computes depends on its input alone.
final class JQEvaluator: ExpressionEvaluator {
  private let processes = Mutex<[JQProgram: JQProcess]>([:])
  /// The directories to look for jq in, as `PATH` has them; nil for `PATH` itself.
  private let path: String?
  private let limits: ProgramLimits

  init(path: String? = nil, limits: ProgramLimits = .jq) {
    self.path = path
    self.limits = limits
  }

  func prepare(_ uses: [ExpressionUse]) throws(Diagnostic) {
    // All are started before the first is waited for.
    var started: [(use: ExpressionUse, process: JQProcess)] = []
    for use in uses {
      started.append((use, try process(for: use.expression, captures: use.captures)))
    }
    for (use, process) in started { try process.confirm(use) }
  }

  func evaluate(_ expression: Expression, on input: ExpressionInput) throws(Diagnostic) -> ExpressionResult {
    let captures = input.captures.map(\.name)
    let process = try process(for: expression, captures: captures)
    do throws(Diagnostic) {
      return try process.evaluate(input, of: ExpressionUse(expression, captures: captures))
    } catch {
      // What is left of it answers no one.
      processes.withLock { $0[process.program] = nil }
      throw error
    }
  }

  private func process(for expression: Expression, captures: [String]) throws(Diagnostic) -> JQProcess {
    let program = JQProgram(expression, captures: captures)
    if let running = processes.withLock({ $0[program] }) { return running }
    guard let executable = ExecutableSearch.find("jq", on: path) else {
      throw Diagnostic(
        .jqMissing, "the expression is evaluated by jq, and there is no `jq` on PATH", at: expression.place,
        hint: "Install jq 1.6 or newer: `apt-get install jq`, `dnf install jq`, `brew install jq`")
    }
    let process: JQProcess
    do throws(SpawnError) {
      process = try JQProcess(program, executable: executable, limits: limits)
    } catch {
      throw Diagnostic(
        .programFailed, "`\(executable)` cannot be started: \(error.description)", at: expression.place,
        hint: "Install jq 1.6 or newer")
    }
    // Another thread may have started one too; the first stays.
    return processes.withLock { processes in
      if let running = processes[program] { return running }
      processes[program] = process
      return process
    }
  }
}

/// A running jq with its program.
private final class JQProcess: Sendable {
  let program: JQProgram
  private let limits: ProgramLimits
  private let state: Mutex<State>

  private struct State: ~Copyable {
    var child: ChildProcess
    /// Whether the program compiled; its first answer says so.
    var isConfirmed = false
  }

  init(_ program: JQProgram, executable: String, limits: ProgramLimits) throws(SpawnError) {
    self.program = program
    self.limits = limits
    let child = try ChildProcess(
      executable, arguments: ["jq", "-c", "-M", "--unbuffered", program.text],
      // Without a home directory, jq reads no `~/.jq`.
      environment: ["HOME=/dev/null", "LC_ALL=C", "TZ=UTC"], directory: "/", limits: limits)
    state = Mutex(State(child: child))
  }

  func confirm(_ use: ExpressionUse) throws(Diagnostic) {
    let failure = state.withLock { confirm(use, &$0) }
    if let failure { throw failure }
  }

  func evaluate(_ input: ExpressionInput, of use: ExpressionUse) throws(Diagnostic) -> ExpressionResult {
    guard let line = program.line(for: input) else {
      return .failed("jq has no infinite numbers, and none that are not a number")
    }
    return try state.withLock { state -> Result<ExpressionResult, Diagnostic> in
      if let failure = confirm(use, &state) { return .failure(failure) }
      let (answer, ending) = state.child.converse(sending: line, until: .line, limits: limits)
      if ending == .answered, let result = JQProgram.result(of: answer) { return .success(result) }
      return .failure(failure(ending, &state.child, of: use.expression))
    }.get()
  }

  private func confirm(_ use: ExpressionUse, _ state: inout State) -> Diagnostic? {
    if state.isConfirmed { return nil }
    let (_, ending) = state.child.converse(sending: JQProgram.question, until: .line, limits: limits)
    switch ending {
    case .answered:
      state.isConfirmed = true
      return nil
    case .ended:
      guard case .exited(3) = state.child.finish(limits: limits) else {
        return failure(ending, &state.child, of: use.expression)
      }
      return JQProgram.compileError(state.child.complaint, in: use)
    case .timedOut, .tooMuchOutput, .stopped: return failure(ending, &state.child, of: use.expression)
    }
  }

  private func failure(
    _ ending: ChildProcess.Ending, _ child: inout ChildProcess, of expression: Expression
  ) -> Diagnostic {
    switch ending {
    case .timedOut, .stopped:
      return Diagnostic(
        .programTimeout, "the expression did not end within \(limits.milliseconds / 1_000) s", at: expression.place,
        hint: "Look for a `recurse`, `repeat`, `until` or `range` without an end")
    case .tooMuchOutput:
      return Diagnostic(
        .programFailed, "the expression gave more than \(limits.output >> 20) MiB", at: expression.place,
        hint: "Look for a list or text that grows with each step")
    case .ended, .answered:
      // What jq says of an input may hold a secret; this holds none.
      let ranOut = String(decoding: child.complaint, as: UTF8.self).contains("cannot allocate memory")
      let memory = (limits.memory ?? 0) >> 20
      return Diagnostic(
        .programFailed,
        ranOut ? "the expression needs more than \(memory) MiB of memory" : "jq ended without an answer",
        at: expression.place,
        hint: "It may use \(memory) MiB of memory and \(limits.processorSeconds ?? 0) s of processor time")
    }
  }
}

extension Diagnostic.Code {
  /// A transformer has an expression, and jq is not installed.
  public static let jqMissing: Self = "jq-missing"
}
