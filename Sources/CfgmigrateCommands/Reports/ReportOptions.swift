internal import ArgumentParser

/// The form of what `validate` finds: `--format`, `--color`.
struct ReportOptions: ParsableArguments, CommandForm {
  @Option(
    help: ArgumentHelp(
      "The form of standard output: text, short, json, sarif, github, junit; or flag, basic, detailed, verbose, the output of the JSON Schema specification.",
      valueName: "name"))
  var format = ReportFormat.text

  @Option(help: ArgumentHelp("When to colour; auto: on a terminal, without NO_COLOR.", valueName: "auto|always|never"))
  var color = ColorChoice.auto

  @Flag(name: .shortAndLong, help: "Print nothing where nothing is wrong.")
  var quiet = false

  var isJSON: Bool { format == .json }
}

enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  /// For people, with the source lines.
  case text
  /// One line a finding, as compilers print them.
  case short
  case json
  /// SARIF 2.1.0, for code scanning.
  case sarif
  /// Workflow commands of GitHub Actions, which become annotations of a change.
  case github
  /// JUnit's XML, one test case a file.
  case junit
  case flag, basic, detailed, verbose
}
