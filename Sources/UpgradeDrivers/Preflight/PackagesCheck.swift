internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore
internal import UpgradePipeline

/// What Python packages are installed, against a requirements.txt.
///
/// ```yaml
/// - {id: packages, packages: {required: requirements.txt, python: venv/bin/python}}
/// ```
struct PackagesCheck: PreflightCheck {
  let required: String
  let installed: CommandDeclaration

  init(_ declaration: Declaration) throws(Diagnostic) {
    var fields = try declaration.fields()
    required = try fields.text("required")
    let timeLimit = try fields.optionalDuration("timeout") ?? 60_000
    let python = try fields.optionalText("python")
    let command = try fields.optionalCommand("installed")
    installed = CommandDeclaration(command ?? [python ?? "python3", "-c", Self.listing], timeLimit: timeLimit)
    try fields.finish()
    guard python == nil || command == nil else {
      throw Diagnostic(
        .badValue, "`packages` asks either a `python` or a command (`installed`)", at: declaration.place,
        hint: "Write the one that knows what is installed")
    }
  }

  /// pip need not be installed where packages are.
  private static let listing =
    "import importlib.metadata as m\nfor d in m.distributions(): print(d.metadata['Name'] + '==' + d.version)"

  func run(_ context: StepContext) -> PreflightResult {
    do throws(Diagnostic) {
      let wanted = try PackageList(reading: context.path(required))
      let result = try installed.run(in: context)
      guard result.succeeded else { return .error(installed.failure(result, at: nil)) }
      let there = PackageList(requirements: result.text)
      let faults = wanted.faults(in: there)
      // A line that nobody understood is not a requirement that is met.
      let open = wanted.unread + wanted.unmet(in: there).map { "\($0.name), if \($0.marker ?? "")" }
      let unread = open.isEmpty ? "" : "; not decided: \(open.joined(separator: ", "))"
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
    /// When it is wanted at all: `python_version < "3.9"`. It is not evaluated.
    var marker: String?
  }

  var entries: [Entry] = []
  /// Lines that say something else than a name with bounds: options, URLs, editable packages.
  var unread: [String] = []

  init(requirements text: String) { add(text, from: nil, depth: 0) }

  /// Reads a file, and those that it includes (`-r FILE`).
  init(reading path: String) throws(Diagnostic) {
    add(String(decoding: try StandaloneFile(path).read(), as: UTF8.self), from: path, depth: 0)
  }

  private mutating func add(_ text: String, from path: String?, depth: Int) {
    // A line that ends with a backslash goes on.
    let whole = text.split(separator: "\\\n", omittingEmptySubsequences: false).joined(separator: " ")
    for line in whole.split(whereSeparator: \.isNewline) {
      let words = Self.withoutComment(line).split(whereSeparator: \.isWhitespace)
      if words.isEmpty { continue }
      if words.count == 2, words[0] == "-r" || words[0] == "--requirement", let path, depth < 20 {
        let included = path.split(separator: "/", omittingEmptySubsequences: false).dropLast() + [words[1]]
        if let bytes = try? StandaloneFile(included.joined(separator: "/")).read() {
          add(String(decoding: bytes, as: UTF8.self), from: included.joined(separator: "/"), depth: depth + 1)
          continue
        }
      }
      // What comes behind a requirement: hashes.
      let requirement = words.prefix { !$0.hasPrefix("--hash") }.joined(separator: " ")
      let parts = requirement.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)
      if var entry = Self.entry(String(parts[0].filter { $0 != " " })) {
        if parts.count == 2 { entry.marker = parts[1].split(separator: " ").joined(separator: " ") }
        entries.append(entry)
      } else {
        unread.append(requirement)
      }
    }
  }

  /// A comment begins the line, or comes behind a blank: an address may have a `#`.
  private static func withoutComment(_ line: Substring) -> Substring {
    var before: Character = " "
    for index in line.indices {
      if line[index] == "#", before == " " || before == "\t" { return line[..<index] }
      before = line[index]
    }
    return line
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
      guard let version = installed.version(of: entry.name) else {
        if entry.marker == nil { out.append("\(entry.name) is not installed") }
        continue
      }
      for bound in entry.bounds where !Self.holds(version, bound.sign, bound.version) {
        out.append("\(entry.name) is \(version), wanted \(bound.sign)\(bound.version)")
      }
    }
    return out
  }

  private func version(of name: String) -> String? {
    entries.first { $0.name == name }?.bounds.first?.version
  }

  /// What is not installed, and may not be wanted here.
  func unmet(in installed: PackageList) -> [Entry] {
    entries.filter { $0.marker != nil && installed.version(of: $0.name) == nil }
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
