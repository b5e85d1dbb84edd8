internal import ArgumentParser
internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore

struct TransformerListCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the transformers of the products, and what is wrong with their graph.")
  static let path = "transformer list"

  @OptionGroup var products: ProductOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let found = try products.chosen()
    let findings = found.flatMap { $0.registry.findings() }
    return Outcome(
      status: findings.contains { $0.severity == .error } ? .failed : .done, diagnostics: findings,
      result: { ["products": .array(found.map(Self.json))] },
      show: { terminal in
        if found.isEmpty { terminal.print("No product was found.") }
        for (index, product) in found.enumerated() {
          if index > 0 { terminal.print() }
          Self.show(product, &terminal)
        }
        for finding in findings {
          terminal.print()
          terminal.print(finding)
        }
      })
  }

  private static func show(_ product: InstalledProduct, _ terminal: inout Terminal) {
    let title = product.product.title.map { " (\($0))" } ?? ""
    terminal.print(terminal.outPalette.paint(SafeText.of(product.product.name + title), .heading))
    var columns = Columns()
    for transformer in product.registry.transformers {
      columns.add(
        transformer.id, transformer.summary, transformer.operations.map { Counted.of($0.count, "operation") } ?? "Swift"
      )
    }
    for line in columns.lines() { terminal.print(line) }
  }

  private static func json(_ product: InstalledProduct) -> Value {
    [
      "product": .string(product.product.name), "directory": .string(product.directory),
      "versions": .array(product.registry.versions.map { .string($0.label) }),
      "newest": product.registry.newest.map { .string($0.label) } ?? .null,
      "transformers": .array(
        product.registry.transformers.map {
          [
            "id": .string($0.id), "from": .string($0.from.label), "to": .string($0.to.label),
            "summary": .string($0.summary), "file": $0.file.map(Value.string) ?? .null,
            "operations": $0.operations.map { .number(Number($0.count)) } ?? .null,
          ]
        }),
    ]
  }
}
