internal import ArgumentParser
internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore

struct TransformerNewCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Draft a transformer from two schemas, or from a set before and after.",
    discussion: """
      Without directories, the schemas of the two versions are compared. The draft is printed; it is a proposal, in which \
      each TODO wants an answer, and 'lint', 'test' and 'verify' say what is missing.
      """)
  static let path = "transformer new"

  @Option(help: ArgumentHelp("The versions to start from; 2.1 is any 2.1.x.", valueName: "version")) var from: String
  @Option(help: ArgumentHelp("The version to lead to.", valueName: "version")) var to: String
  @Option(help: ArgumentHelp("A set as it is before.", valueName: "dir")) var before: String?
  @Option(help: ArgumentHelp("The same set as it is to be after.", valueName: "dir")) var after: String?
  @OptionGroup var products: ProductOptions
  @OptionGroup var secrets: SecretOptions
  @OptionGroup var form: OutputOptions

  func validate() throws {
    guard (before == nil) == (after == nil) else { throw ValidationError("'--before' and '--after' go together.") }
  }

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let found = try products.chosen()
    guard let product = found.first, found.count == 1 else {
      throw Diagnostic(
        .productUnnamed, "a draft is of one product, and \(found.isEmpty ? "none" : "several") were found",
        hint: "name it with --product")
    }
    let scheme = product.product.versions.scheme
    guard let start = VersionRange(from, scheme: scheme), let goal = Version(to, scheme: scheme) else {
      let label = VersionRange(from, scheme: scheme) == nil ? from : to
      throw Diagnostic(.versionUnknown, "`\(label)` is no version of the scheme `\(scheme.name)`")
    }
    let draft =
      if let before, let after {
        try product.draft(before: before, after: after, showingSecrets: secrets.showSecrets)
      } else {
        try product.draft(from: start, to: goal)
      }
    let text = draft.text(product: product.product.name, from: start, to: goal)
    return Outcome(
      result: { ["transformer": .string(text)] }, show: { terminal in terminal.print(bytes: Array(text.utf8)) })
  }
}
