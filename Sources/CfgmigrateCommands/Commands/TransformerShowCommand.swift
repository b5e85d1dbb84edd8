internal import ArgumentParser
internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore

struct TransformerShowCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what a transformer does, operation by operation.")
  static let path = "transformer show"

  @Argument(help: "The transformer, such as 2.1-to-2.2.0, or its file.") var transformer: String
  @Flag(help: "Show the operations of the way back, and what they cannot know without a record.") var down = false
  @OptionGroup var products: ProductOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let (product, transformer) = try TransformerChoice.transformer(transformer, in: try products.chosen())
    if down { return try wayBack(of: transformer, in: product) }
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
        Self.showHead(of: transformer, in: product, &terminal)
        guard let operations = transformer.operations else {
          terminal.print("Written in Swift: its code says what it does.")
          return
        }
        var columns = Columns()
        for operation in operations { Self.add(operation, indent: "", to: &columns) }
        for line in columns.lines() { terminal.print(line) }
      })
  }

  /// The inverse, in the language itself.
  private func wayBack(
    of transformer: Transformer, in product: InstalledProduct
  ) throws(Diagnostic) -> Outcome {
    let inverse = transformer.inverse
    let operations = try inverse.operations(undoing: transformer.operations ?? [])
    return Outcome(
      result: {
        [
          "product": .string(product.product.name), "id": .string(transformer.id),
          "from": .string(transformer.to.label), "to": .string(transformer.downTo ?? transformer.from.label),
          "operations": .array(operations.map(\.source)),
          "unknown": .array(
            inverse.gaps.map { ["operation": .string($0.operation), "message": .string($0.sentence)] }),
        ]
      },
      show: { terminal in
        Self.showHead(of: transformer, in: product, &terminal)
        if transformer.operations == nil { terminal.print("Undone in Swift: its code says how.") }
        var columns = Columns()
        for operation in operations { Self.add(operation, indent: "", to: &columns) }
        for line in columns.lines() { terminal.print(line) }
        guard !inverse.gaps.isEmpty else { return }
        terminal.heading("Known from the record of the run alone")
        for gap in inverse.gaps {
          terminal.print("  \(SafeText.of(gap.sentence))")
          if let place = gap.place { terminal.print("    --> \(SafeText.of(place.description))") }
        }
      })
  }

  private static func showHead(of transformer: Transformer, in product: InstalledProduct, _ terminal: inout Terminal) {
    terminal.print(terminal.outPalette.paint(SafeText.of("\(product.product.name) \(transformer)"), .heading))
    terminal.print("  \(SafeText.of(transformer.summary))")
    if let file = transformer.file { terminal.print("  \(SafeText.of(file))") }
    terminal.print()
  }

  private static func add(_ operation: Operation, indent: String, to columns: inout Columns) {
    let line = operation.place.map { "line \($0.line)" } ?? ""
    columns.add(indent + (operation.name == "group" ? "when" : operation.name), operation.sentence, line)
    for inner in operation.inner { add(inner, indent: indent + "  ", to: &columns) }
  }
}

extension Gap {
  fileprivate var sentence: String {
    let what = subject.isEmpty ? "`\(operation)`" : "`\(operation)` of `\(subject)`"
    return "\(reason), for the \(what)" + (accepted.map { " (\($0))" } ?? "")
  }
}
