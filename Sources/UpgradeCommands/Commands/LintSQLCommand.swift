internal import ArgumentParser
internal import CfgmigrateCommands
internal import ConfigDocument
internal import ConfigStore
internal import MigrationCheck

struct LintSQLCommand: UpgradeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "lint-sql",
    abstract:
      "Find in SQL scripts and Django migrations what takes sites down, and names that are not in the field library.")

  @Argument(
    help: ArgumentHelp("Scripts for PostgreSQL (.sql), Django migrations (.py), or directories.", valueName: "path"))
  var paths: [String]

  @Option(help: ArgumentHelp("The field library: a CSV file with name, description, discouraged.", valueName: "file"))
  var fields: String?

  @Flag(help: "Fail on warnings too.") var strict = false
  @OptionGroup var form: FindingsForm

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    var library: FieldLibrary?
    if let fields { library = try FieldLibrary(csv: StandaloneFile(fields).read(), named: fields) }
    let checked = try MigrationFiles(library: library, programs: LocalCommandRunner()).check(paths)
    let findings = checked.flatMap(\.findings)
    let errors = findings.count { $0.severity == .error }
    let waived = checked.flatMap(\.waived)
    let isGood = strict ? findings.isEmpty : errors == 0
    let format = form.format
    return Outcome(
      status: isGood ? .done : .invalid, diagnostics: findings,
      result: { ["files": .array(checked.map { .string($0.path) }), "waived": .array(waived.map(Self.json))] },
      show: { terminal in
        FindingsReport(checked.map { ($0.path, $0.findings) }).print(as: format, to: &terminal)
        guard format == .text else { return }
        for waiver in waived { terminal.print(Self.line(waiver)) }
        terminal.print(
          "\(Counted.of(checked.count, "migration")): \(Counted.of(errors, "error")), \(Counted.of(findings.count - errors, "warning")), \(waived.count) waived."
        )
      })
  }

  private static func line(_ waiver: WaivedFinding) -> String {
    let place = waiver.finding.place.map { "\($0): " } ?? ""
    return SafeText.of("\(place)waived by \(waiver.owner): \(waiver.reason) [\(waiver.finding.code)]")
  }

  private static func json(_ waiver: WaivedFinding) -> Value {
    [
      "code": .string(waiver.finding.code.rawValue), "place": waiver.finding.place.map { .string("\($0)") } ?? .null,
      "owner": .string(waiver.owner), "reason": .string(waiver.reason),
    ]
  }
}

/// The form of a report of findings: `--format`, `--color`.
struct FindingsForm: ParsableArguments, CommandForm {
  @Option(help: ArgumentHelp("The form of standard output.", valueName: "text|short|json|sarif|github"))
  var format = FindingsReport.Format.text

  @Option(help: ArgumentHelp("When to colour; auto: on a terminal, without NO_COLOR.", valueName: "auto|always|never"))
  var color = ColorChoice.auto

  var isJSON: Bool { format == .json }
}
