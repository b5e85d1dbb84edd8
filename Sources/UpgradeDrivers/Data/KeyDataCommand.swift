internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore
internal import DataMigration
internal import UpgradePipeline

/// Key data that a program prints, a record a line, and another one counts.
///
/// ```yaml
/// dashboards: {run: [./dashboards.sh], count: [./dashboards.sh, --count]}
/// ```
struct KeyDataCommand {
  let name: String
  private let records: CommandDeclaration
  private let count: CommandDeclaration

  /// A program may print as much as fits into memory several times.
  private static let outputLimit = 256 << 20

  private init(_ name: String, _ node: NodeID, of document: Document) throws(Diagnostic) {
    var fields = try FieldReader(node, of: document, subject: "`\(name)` of `commands`")
    let timeLimit = try fields.optionalDuration("timeout") ?? 3_600_000
    self.name = name
    records = CommandDeclaration(try fields.command("run"), timeLimit: timeLimit)
    count = CommandDeclaration(try fields.command("count"), timeLimit: timeLimit)
    try fields.finish()
  }

  /// Those of a field, in their order; none where it is not there.
  static func all(_ field: String, _ fields: inout FieldReader) throws(Diagnostic) -> [KeyDataCommand] {
    guard let node = fields.optional(field) else { return [] }
    let document = fields.document
    var found: [KeyDataCommand] = []
    for (key, value) in document.entries(of: document.resolved(node)) {
      found.append(try KeyDataCommand(document.text(of: key) ?? "", value, of: document))
    }
    return found
  }

  var line: String { Command(records.words).line }

  /// - Throws: `command-failed`, `export-differs`.
  func part(_ context: StepContext) throws(Diagnostic) -> KeyDataExport.Part {
    var records = records
    records.outputLimit = Self.outputLimit
    var bytes = try records.requireSuccess(in: context).output
    if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    let counted = try count.requireSuccess(in: context).text
    return try KeyDataExport.Part(
      name, bytes: bytes, count: bytes.count { $0 == UInt8(ascii: "\n") }, counted: counted,
      by: "`\(Command(count.words).line)`")
  }
}
