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
  @OptionGroup var wait: WaitOptions
  @OptionGroup var products: ProductOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if PlanFile.isOne(path) {
      if target.to != nil || target.from != nil || target.validateEach {
        throw ValidationError("A saved plan says itself where it goes: leave out '--to', '--from' and '--validate-each'.")
      }
    } else if directory != nil {
      throw ValidationError("'\(path)' is a directory; a second one goes with a saved plan only.")
    }
  }

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let (place, plan, directory) = try chosen()
    HeldSignals.hold()
    let record = try directory.apply(plan, acknowledging: acknowledgements.acknowledgements)
    return Outcome(
      diagnostics: plan.findings,
      result: { ["run": record?.value ?? .null, "plan": plan.json] },
      show: { terminal in
        PlanText(plan: plan).showFindings(&terminal)
        guard let record else {
          terminal.print("Nothing to do: \(place) is at \(plan.from).")
          return
        }
        record.showDone(in: place, &terminal)
      })
  }

  private func chosen() throws(Diagnostic) -> (place: String, plan: Plan, directory: ConfigurationDirectory) {
    guard PlanFile.isOne(path) else {
      let directory = try products.directory(path, for: Self.path, wait: wait)
      return (path, try target.plan(directory), directory)
    }
    let saved = try PlanFile.read(path)
    let place = directory ?? saved.directory
    let set = try products.directory(place, for: Self.path, wait: wait)
    return (place, try set.plan(saved.plan), set)
  }
}
