internal import ArgumentParser
internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore

struct TransformerDocsCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "docs", abstract: "Write the upgrade guide of a product from its transformers, in Markdown.")
  static let path = "transformer docs"

  @OptionGroup var choice: TransformerChoice
  @OptionGroup var products: ProductOptions
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let guides = try choice.transformers(of: products).map { product, transformers in
      (product: product.product.name, text: UpgradeGuide(product.product, transformers: transformers).markdown)
    }
    return Outcome(
      result: {
        ["guides": .array(guides.map { ["product": .string($0.product), "markdown": .string($0.text)] })]
      },
      show: { terminal in for guide in guides { terminal.print(bytes: Array(guide.text.utf8)) } })
  }
}
