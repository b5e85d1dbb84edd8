internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

struct TransformerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transformer", abstract: "What can be upgraded: products, versions, and the ways between them.",
    subcommands: [TransformerListCommand.self, TransformerGraphCommand.self])
}

extension ProductOptions {
  /// The product that `--product` names, or all that are found.
  func chosen() throws(Diagnostic) -> [InstalledProduct] {
    if let product { return [try InstalledProduct.find(product, on: path)] }
    return try InstalledProduct.all(on: path)
  }
}
