internal import ArgumentParser
internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore

struct ApplyCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Upgrade a directory: back up, write, read again, verify, record.",
    usage: """
      cfgmigrate apply <directory> [--to <version>] [<options>]
      cfgmigrate apply <plan.json> [<directory>] [<options>]
      """)

  @Argument(help: "The configuration directory, or a plan that 'plan -o' wrote.") var path: String
  @Argument(help: "With a plan: the directory, where it is not the one that the plan names.") var directory: String?
  @OptionGroup var target: TargetOptions
  @OptionGroup var acknowledgements: AcknowledgementOptions
  @OptionGroup var writing: WriteOptions
  @OptionGroup var products: ProductOptions
  @OptionGroup var secrets: SecretOptions
  @OptionGroup var form: OutputOptions

  func validate() throws {
    if PlanFile.isOne(path) {
      if target.to != nil || target.from != nil || target.validateEach {
        throw ValidationError(
          "A saved plan says itself where it goes: leave out '--to', '--from' and '--validate-each'.")
      }
    } else if directory != nil {
      throw ValidationError("'\(path)' is a directory; a second one goes with a saved plan only.")
    }
  }

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let saved: PlanFile? = PlanFile.isOne(path) ? try PlanFile.read(path) : nil
    let place = directory ?? saved?.directory ?? path
    let set = try products.directory(place, for: Self.path, writing: writing, secrets: secrets)
    HeldSignals.hold()
    try recover(set.history, in: place, &terminal)
    HeldSignals.release()
    let plan = if let saved { try set.plan(saved.plan) } else { try target.plan(set) }
    HeldSignals.hold()
    let record = try apply(plan, to: set, &terminal)
    return Outcome(
      diagnostics: plan.findings,
      result: { ["run": record?.value ?? .null, "plan": plan.json] },
      show: { terminal in
        guard let record else {
          terminal.print("Nothing to do: \(place) is at \(plan.from).")
          return
        }
        PlanText(plan: plan, isApplied: true).showHeading(&terminal)
        PlanText(plan: plan, isApplied: true).showFindings(&terminal)
        terminal.print()
        record.showDone(in: place, &terminal)
      })
  }

  /// A run that was cut off is finished or undone before the directory is read.
  private func recover(
    _ history: DirectoryHistory, in place: String, _ terminal: inout Terminal
  ) throws(Diagnostic) {
    // Without a wait the lock is not taken where nothing was cut off.
    let isCutOff = writing.wait.milliseconds > 0 ? true : try history.interruptedRun() != nil
    guard isCutOff else { return }
    for run in try history.recover() { terminal.say(run.sentence) }
  }

  /// What makes the plan unfit to be applied is shown with all its places.
  private func apply(
    _ plan: Plan, to set: ConfigurationDirectory, _ terminal: inout Terminal
  ) throws(Diagnostic) -> LedgerRecord? {
    do throws(Diagnostic) {
      return try set.apply(plan, acknowledging: acknowledgements.acknowledgements)
    } catch {
      guard error.code == .invalidResult, form.format == .text else { throw error }
      for finding in plan.validation.target + plan.validation.between {
        terminal.say(finding)
        terminal.say()
      }
      throw Diagnostic(error.code, error.message, hint: "The lines are those of the result; `cfgmigrate diff` shows it")
    }
  }
}
