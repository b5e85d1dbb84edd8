internal import ArgumentParser
internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore

struct TransformerShowCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what a transformer does, operation by operation.")
  static let path = "transformer show"

  @Argument(help: "The transformer, such as 2.1-to-2.2.0, or its file.") var transformer: String
  @OptionGroup var products: ProductOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let (product, transformer) = try TransformerChoice.transformer(transformer, in: try products.chosen())
    return Outcome(
      result: {
        [
          "product": .string(product.product.name), "id": .string(transformer.id),
          "from": .string(transformer.from.label), "to": .string(transformer.to.label),
          "summary": .string(transformer.summary), "file": transformer.file.map(Value.string) ?? .null,
          "operations": .array((transformer.operations ?? []).map(\.source)),
        ]
      },
      show: { terminal in
        terminal.print(terminal.outPalette.paint(SafeText.of("\(product.product.name) \(transformer)"), .heading))
        terminal.print("  \(SafeText.of(transformer.summary))")
        if let file = transformer.file { terminal.print("  \(SafeText.of(file))") }
        terminal.print()
        guard let operations = transformer.operations else {
          terminal.print("Written in Swift: its code says what it does.")
          return
        }
        var columns = Columns()
        for operation in operations { Self.add(operation, indent: "", to: &columns) }
        for line in columns.lines() { terminal.print(line) }
      })
  }

  private static func add(_ operation: Operation, indent: String, to columns: inout Columns) {
    let line = operation.place.map { "line \($0.line)" } ?? ""
    columns.add(indent + (operation.name == "group" ? "when" : operation.name), operation.sentence, line)
    for inner in operation.inner { add(inner, indent: indent + "  ", to: &columns) }
  }
}
