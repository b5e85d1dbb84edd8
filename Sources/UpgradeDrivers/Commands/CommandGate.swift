internal import ConfigDocument
internal import ConfigStore
internal import UpgradePipeline

/// `run: [program, …]`: 0 is good, 1 is bad, everything else tells nothing.
struct CommandGate: Gate {
  let command: CommandDeclaration

  init(_ declaration: Declaration) throws(Diagnostic) {
    command = try CommandDeclaration(declaration, timeLimit: 10_000)
  }

  func sample(_ context: StepContext) -> GateSample {
    do throws(Diagnostic) {
      let result = try command.run(in: context)
      let said = result.lastWords(lines: 1)
      switch result.ending {
      case .exited(0): return GateSample(.pass, said.isEmpty ? "status 0" : said)
      case .exited(1): return GateSample(.fail, said.isEmpty ? "status 1" : said)
      default: return GateSample(.inconclusive, command.failure(result, at: nil).message)
      }
    } catch {
      return GateSample(.inconclusive, error.message)
    }
  }
}

/// `run: [program, …]` as a check: 0 passes, 1 fails, 2 warns, 3 does not apply, everything else is an error.
struct CommandCheck: PreflightCheck {
  let command: CommandDeclaration

  init(_ declaration: Declaration) throws(Diagnostic) {
    command = try CommandDeclaration(declaration, timeLimit: 60_000)
  }

  func run(_ context: StepContext) -> PreflightResult {
    do throws(Diagnostic) {
      let result = try command.run(in: context)
      let verdicts: [CommandResult.Ending: PreflightResult.Verdict] = [
        .exited(0): .pass, .exited(1): .fail, .exited(2): .warn, .exited(3): .skip,
      ]
      guard let verdict = verdicts[result.ending] else { return .error(command.failure(result, at: nil)) }
      let said = result.lastWords(lines: 1)
      return PreflightResult(
        verdict, found: said.isEmpty ? "`\(Command(command.words).line)` \(result.ending)" : said,
        hint: verdict == .fail || verdict == .warn ? "Run `\(Command(command.words).line)` by hand" : nil)
    } catch {
      return .error(error)
    }
  }
}

extension PreflightResult {
  /// The look itself failed.
  static func error(_ error: Diagnostic) -> PreflightResult {
    PreflightResult(.error, found: error.message, hint: error.hint ?? "Repair what is looked with, then look again")
  }
}
