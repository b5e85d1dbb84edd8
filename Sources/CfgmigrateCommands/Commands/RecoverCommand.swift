internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct RecoverCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "recover", abstract: "Finish or undo a run that was cut off.",
    discussion: "Every command that writes does so first. Without a flag: finish where that is possible, else undo.")

  @Argument(help: "The configuration directory.") var directory: String
  @Flag(help: "Finish it, or fail.") var finish = false
  @Flag(help: "Undo it.") var undo = false
  @Flag(help: "Undo it, and put the old bytes even over files that someone edited since.") var force = false
  @OptionGroup var wait: WaitOptions
  @OptionGroup var form: OutputOptions

  func validate() throws {
    if finish, undo || force { throw ValidationError("'--finish' goes with neither '--undo' nor '--force'.") }
  }

  private var direction: RecoveryDirection {
    force ? .undoForced : undo ? .undo : finish ? .finish : .automatic
  }

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let history = try DirectoryHistory(
      directory, environment: CommandEnvironment.run(Self.path), patience: wait.milliseconds)
    HeldSignals.hold()
    let runs = try history.recover(direction)
    return Outcome(
      result: {
        [
          "runs": .array(
            runs.map { ["run": .string($0.run.text), "outcome": .string($0.outcome.rawValue)] })
        ]
      },
      show: { terminal in
        if runs.isEmpty { terminal.print("Nothing to do: no run was cut off in \(directory).") }
        for run in runs {
          terminal.print(run.sentence)
        }
      })
  }
}

extension RecoveredRun {
  var sentence: String {
    switch outcome {
    case .finished: "Finished \(run), which was cut off: the directory is as that run wanted it."
    case .undone: "Undid \(run), which was cut off: the directory is as it was before."
    }
  }
}
