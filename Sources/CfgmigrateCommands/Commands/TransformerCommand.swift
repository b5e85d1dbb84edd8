internal import ArgumentParser
internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore

struct TransformerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transformer", abstract: "What can be upgraded: products, versions, and the ways between them.",
    subcommands: [
      TransformerListCommand.self, TransformerGraphCommand.self, TransformerShowCommand.self,
      TransformerDocsCommand.self, TransformerNewCommand.self, TransformerLintCommand.self,
      TransformerTestCommand.self, TransformerVerifyCommand.self,
    ])
}

/// Which transformers a command is about: `[TRANSFORMER]`.
struct TransformerChoice: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The transformer, such as 2.1-to-2.2.0, or its file; all, where none is named.", valueName: "transformer"))
  var name: String?

  /// The transformers that are meant, with their products.
  /// - Throws: `unknown-transformer` where no product has it.
  func transformers(
    of products: ProductOptions
  ) throws(Diagnostic) -> [(product: InstalledProduct, transformers: [Transformer])] {
    let found = try products.chosen()
    guard let name else { return found.map { ($0, $0.registry.transformers) } }
    return [try Self.transformer(name, in: found)].map { ($0.product, [$0.transformer]) }
  }

  static func transformer(
    _ name: String, in products: [InstalledProduct]
  ) throws(Diagnostic) -> (product: InstalledProduct, transformer: Transformer) {
    var refusal: Diagnostic?
    for product in products {
      do throws(Diagnostic) { return (product, try product.transformer(named: name)) } catch {
        refusal = refusal ?? error
      }
    }
    throw refusal ?? Diagnostic(.unknownTransformer, "no product was found, and so no transformer `\(name)`")
  }
}

extension ProductOptions {
  /// The product that `--product` names, or all that are found.
  func chosen() throws(Diagnostic) -> [InstalledProduct] {
    if let product { return [try InstalledProduct.find(product, on: path)] }
    return try InstalledProduct.all(on: path)
  }
}
