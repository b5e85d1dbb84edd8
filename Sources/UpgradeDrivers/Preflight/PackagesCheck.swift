internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore
internal import UpgradePipeline

/// What Python packages are installed, against a requirements.txt.
///
/// ```yaml
/// - {id: packages, packages: {required: requirements.txt, installed: [venv/bin/pip, freeze]}}
/// ```
struct PackagesCheck: PreflightCheck {
  let required: String
  let installed: CommandDeclaration

  init(_ declaration: Declaration) throws(Diagnostic) {
    var fields = try declaration.fields()
    required = try fields.text("required")
    let timeLimit = try fields.optionalDuration("timeout") ?? 60_000
    installed = CommandDeclaration(
      try fields.optionalCommand("installed") ?? ["python3", "-m", "pip", "freeze", "--all"], timeLimit: timeLimit)
    try fields.finish()
  }

  func run(_ context: StepContext) -> PreflightResult {
    do throws(Diagnostic) {
      let wanted = PackageList(
        requirements: String(decoding: try StandaloneFile(context.path(required)).read(), as: UTF8.self))
      let result = try installed.run(in: context)
      guard result.succeeded else { return .error(installed.failure(result, at: nil)) }
      let there = PackageList(requirements: result.text)
      let faults = wanted.faults(in: there)
      // A line that nobody understood is not a requirement that is met.
      let unread = wanted.unread.isEmpty ? "" : "; not understood: \(wanted.unread.joined(separator: ", "))"
      guard faults.isEmpty else {
        return PreflightResult(
          .fail, found: faults.joined(separator: "; ") + unread, wanted: required,
          hint: "Install what \(required) lists, in the environment that `\(Command(installed.words).line)` looks at")
      }
      guard unread.isEmpty else {
        return PreflightResult(
          .warn, found: "\(wanted.entries.count) packages fit\(unread)", wanted: required,
          hint: "Look at these lines by hand")
      }
      return PreflightResult(.pass, found: "\(wanted.entries.count) packages fit", wanted: required)
    } catch {
      return .error(error)
    }
  }
}

/// Names with bounds of their versions, as a requirements.txt and `pip freeze` have them (PEP 508, PEP 440).
struct PackageList {
  struct Entry {
    var name: String
    var bounds: [(sign: String, version: String)]
  }

  var entries: [Entry] = []
  /// Lines that say something else than a name with bounds: options, URLs, editable packages.
  var unread: [String] = []

  init(requirements text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      let bare = line.split(separator: "#", omittingEmptySubsequences: false)[0].split(
        separator: ";", omittingEmptySubsequences: false)[0]
      let trimmed = String(bare.filter { $0 != " " && $0 != "\t" })
      if trimmed.isEmpty { continue }
      if let entry = Self.entry(trimmed) { entries.append(entry) } else { unread.append(trimmed) }
    }
  }

  private static let signs = ["===", "==", ">=", "<=", "!=", "~=", ">", "<"]

  private static func entry(_ text: String) -> Entry? {
    let isNamePart = { (character: Character) in character.isLetter || character.isNumber || "-_.".contains(character) }
    var rest = text[...]
    let name = rest.prefix(while: isNamePart)
    guard !name.isEmpty, name.first != "-" else { return nil }
    rest = rest.dropFirst(name.count)
    if rest.first == "[" {
      guard let end = rest.firstIndex(of: "]") else { return nil }
      rest = rest[rest.index(after: end)...]
    }
    var bounds: [(String, String)] = []
    for part in rest.split(separator: ",") {
      guard let sign = signs.first(where: { part.hasPrefix($0) }) else { return nil }
      bounds.append((sign, String(part.dropFirst(sign.count))))
    }
    return Entry(name: normalized(name), bounds: bounds)
  }

  /// PEP 503: case and the kind of separator do not tell names apart.
  private static func normalized(_ name: Substring) -> String {
    var out = ""
    for character in name.lowercased() {
      let isSeparator = "-_.".contains(character)
      if isSeparator, out.last == "-" { continue }
      out.append(isSeparator ? "-" : character)
    }
    return out
  }

  /// What is missing or has another version, a phrase each.
  func faults(in installed: PackageList) -> [String] {
    var out: [String] = []
    for entry in entries {
      guard let there = installed.entries.first(where: { $0.name == entry.name }),
        let version = there.bounds.first?.version
      else {
        out.append("\(entry.name) is not installed")
        continue
      }
      for bound in entry.bounds where !Self.holds(version, bound.sign, bound.version) {
        out.append("\(entry.name) is \(version), wanted \(bound.sign)\(bound.version)")
      }
    }
    return out
  }

  private static func holds(_ version: String, _ sign: String, _ wanted: String) -> Bool {
    if sign == "===" { return version == wanted }
    if wanted.hasSuffix(".*"), let prefix = VersionNumber(firstIn: String(wanted.dropLast(2))),
      let found = VersionNumber(firstIn: version)
    {
      let isWithin = found.parts.prefix(prefix.parts.count).elementsEqual(prefix.parts)
      return sign == "!=" ? !isWithin : isWithin
    }
    guard let found = VersionNumber(firstIn: version), let bound = VersionNumber(firstIn: wanted) else { return false }
    switch sign {
    case "==": return found == bound
    case "!=": return found != bound
    case ">=": return found >= bound
    case "<=": return found <= bound
    case ">": return found > bound
    case "<": return found < bound
    case "~=":
      return found >= bound && found.parts.prefix(bound.parts.count - 1).elementsEqual(bound.parts.dropLast())
    default: return false
    }
  }
}
