internal import ArgumentParser

/// The form of what is printed: `--format`, `--color`.
struct OutputOptions: ParsableArguments {
  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  @Option(help: ArgumentHelp("The form of standard output.", valueName: "text|json"))
  var format = Format.text

  @Option(help: ArgumentHelp("When to colour; auto: on a terminal, without NO_COLOR.", valueName: "auto|always|never"))
  var color = ColorChoice.auto
}
