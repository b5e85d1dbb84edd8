internal import ArgumentParser

/// The form of what is printed: `--format`, `--color`.
package struct OutputOptions: ParsableArguments, CommandForm {
  package enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  @Option(help: ArgumentHelp("The form of standard output.", valueName: "text|json"))
  package var format = Format.text

  @Option(help: ArgumentHelp("When to colour; auto: on a terminal, without NO_COLOR.", valueName: "auto|always|never"))
  package var color = ColorChoice.auto

  package init() {}
}

extension OutputOptions {
  package var isJSON: Bool { format == .json }
}

/// What every command knows of the form of its output.
package protocol CommandForm {
  /// Whether standard output is the one JSON object that docs/json-output.md describes.
  var isJSON: Bool { get }
  var color: ColorChoice { get }
}
