internal import ArgumentParser
internal import ConfigDocument
internal import ConfigStore

/// Where products are looked for: `--registry`, `--product`.
struct ProductOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A directory with products, looked in before all others; may be repeated.", valueName: "dir"))
  var registry: [String] = []

  @Option(help: ArgumentHelp("The product, where the directory's cfgmigrate.yaml does not name it.", valueName: "name"))
  var product: String?

  var path: ProductPath { CommandEnvironment.products(registries: registry) }

  /// The directory as a set of its product.
  func directory(
    _ path: String, for command: String, writing: WriteOptions? = nil, secrets: SecretOptions
  ) throws(Diagnostic) -> ConfigurationDirectory {
    try ConfigurationDirectory(
      path, product: product, products: self.path, environment: CommandEnvironment.run(command),
      patience: writing?.wait.milliseconds ?? 0, manner: writing?.manner ?? .inPlace,
      backupDirectory: writing?.backupDir,
      showsSecrets: secrets.showSecrets)
  }
}

/// Whether secrets are printed: `--show-secrets`.
struct SecretOptions: ParsableArguments {
  @Flag(help: "Print secrets as they are; else a tag stands for each, and a diff that has one cannot be applied.")
  var showSecrets = false
}

/// Whose turn it is to write: `--wait`.
struct WaitOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Wait this long while another process writes to the directory.", valueName: "seconds"))
  var wait: Double = 0

  func validate() throws {
    guard wait >= 0, wait <= 86_400 else { throw ValidationError("'--wait' takes seconds, from 0 to 86400.") }
  }

  var milliseconds: Int { Int(wait * 1_000) }
}

/// How files are written: `--wait`, `--exchange`, `--backup-dir`.
struct WriteOptions: ParsableArguments {
  @OptionGroup var wait: WaitOptions

  @Flag(help: "Exchange the whole directory in one instant; who has it open sees the old one.")
  var exchange = false

  @Option(
    help: ArgumentHelp(
      "Keep the backups in another place, from now on; those that there are move along.", valueName: "dir"))
  var backupDir: String?

  var manner: CommitManner { exchange ? .exchange : .inPlace }

  func history(_ path: String, for command: String) throws(Diagnostic) -> DirectoryHistory {
    try DirectoryHistory(
      path, environment: CommandEnvironment.run(command), patience: wait.milliseconds, manner: manner,
      backupDirectory: backupDir)
  }
}

/// Which way a plan goes: `--to`, `--from`, `--validate-each`.
struct TargetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The version to go to; the newest that can be reached, where none is given.", valueName: "version"))
  var to: String?

  @Option(
    help: ArgumentHelp(
      "The version of a set that does not say it; recorded in cfgmigrate.yaml by apply.", valueName: "version"))
  var from: String?

  @Flag(help: "Check the versions between against their schemas too.")
  var validateEach = false

  @OptionGroup var sides: SideOptions

  func plan(_ directory: ConfigurationDirectory) throws(Diagnostic) -> Plan {
    try directory.plan(to: to, from: from, validatingEach: validateEach, preferring: sides.choice)
  }
}

/// On a way back, what becomes of places where an edit and the older form differ: `--ours`, `--theirs`, `--markers`.
struct SideOptions: ParsableArguments {
  @Flag(help: "Going back: where an edit and the older form differ, take the edit.") var ours = false
  @Flag(help: "Going back: where an edit and the older form differ, take the older form.") var theirs = false
  @Flag(help: "As --theirs, with a comment at each such place that says what the edit was.") var markers = false

  func validate() throws {
    if [ours, theirs, markers].count(where: \.self) > 1 {
      throw ValidationError("Of '--ours', '--theirs' and '--markers' one can be taken.")
    }
  }

  var choice: ConflictChoice? { ours ? .ours : theirs ? .theirs : markers ? .markers : nil }
}

/// What the user agrees to: `--acknowledge`, `--accept-loss`.
struct AcknowledgementOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Agree to a note that asks for an action; may be repeated.", valueName: "code"))
  var acknowledge: [String] = []

  @Flag(help: "Agree to a loss that cannot be undone.")
  var acceptLoss = false

  var acknowledgements: Acknowledgements { Acknowledgements(codes: Set(acknowledge), acceptsLoss: acceptLoss) }
}
