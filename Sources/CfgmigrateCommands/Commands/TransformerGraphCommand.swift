internal import ArgumentParser
internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore

struct TransformerGraphCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "graph", abstract: "Draw the versions of the products and the ways between them.")
  static let path = "transformer graph"

  enum Drawing: String, CaseIterable, ExpressibleByArgument { case text, mermaid, dot }

  @Option(name: .customLong("as"), help: ArgumentHelp("What is drawn.", valueName: "text|mermaid|dot"))
  var drawing = Drawing.text
  @OptionGroup var products: ProductOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let found = try products.chosen()
    let format: GraphFormat =
      switch drawing {
      case .text: .text
      case .mermaid: .mermaid
      case .dot: .dot
      }
    let findings = found.flatMap { $0.registry.findings() }
    return Outcome(
      status: findings.contains { $0.severity == .error } ? .failed : .done, diagnostics: findings,
      result: {
        [
          "graphs": .array(
            found.map {
              ["product": .string($0.product.name), "drawing": .string($0.registry.drawing(format))]
            })
        ]
      },
      show: { terminal in
        for product in found { terminal.print(bytes: Array(product.registry.drawing(format).utf8)) }
        // Beside the drawing, which another program reads.
        for finding in findings { terminal.say(finding) }
      })
  }
}
