package import ConfigDocument
package import ConfigMigration
internal import ConfigStore
package import UpgradePipeline

/// What version of a program or server is there, against the one that is wanted.
///
/// ```yaml
/// - {id: python, version: {command: [python3, --version], at-least: "3.8"}}
/// - {id: mysql, version: {command: [mysqld, --version], at-least: "5.7", better: "8.0"}}
/// - {id: search, version: {url: "http://127.0.0.1:9200", at-least: "7.10"}}
/// ```
struct VersionCheck: PreflightCheck {
  let command: CommandDeclaration?
  let url: String?
  let wish: VersionWish
  let timeLimit: Int

  init(_ declaration: Declaration) throws(Diagnostic) {
    var fields = try declaration.fields()
    timeLimit = try fields.optionalDuration("timeout") ?? 10_000
    let (limit, words) = (timeLimit, try fields.optionalCommand("command"))
    command = words.map { CommandDeclaration($0, timeLimit: limit) }
    url = try fields.optionalText("url")
    wish = try VersionWish(&fields)
    try fields.finish()
    guard (command == nil) != (url == nil) else {
      throw Diagnostic(
        .badValue, "`version` asks either a `command` or a `url`", at: declaration.place,
        hint: "Write the one that knows the version")
    }
  }

  func run(_ context: StepContext) -> PreflightResult {
    do throws(Diagnostic) {
      let said: String
      if let command {
        let result = try command.run(in: context)
        guard result.succeeded else { return .error(command.failure(result, at: nil)) }
        // Some programs say their version on standard error.
        said = result.text.isEmpty ? result.lastWords() : result.text
      } else {
        said = try CurlRequest(url: url ?? "", timeLimit: timeLimit).send(context).body
      }
      return wish.judge(said)
    } catch {
      return .error(error)
    }
  }
}

/// What version is wanted, and how it is found in a text. Also for versions that a database says.
package struct VersionWish: Sendable {
  package var atLeast: VersionNumber?
  package var better: VersionNumber?
  package var below: VersionNumber?

  /// Reads `at-least`, `better` and `below`.
  package init(_ fields: inout FieldReader) throws(Diagnostic) {
    atLeast = try Self.number("at-least", &fields)
    better = try Self.number("better", &fields)
    below = try Self.number("below", &fields)
  }

  private static func number(_ field: String, _ fields: inout FieldReader) throws(Diagnostic) -> VersionNumber? {
    guard let node = fields.optional(field) else { return nil }
    let text = try fields.document.requireText(node, field: field)
    if let number = VersionNumber(firstIn: text) { return number }
    throw fields.document.wrongType(node, field: field, wanted: "a version such as `3.8`")
  }

  /// Judges the first version that a text holds.
  package func judge(_ said: String) -> PreflightResult {
    let line = said.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    guard let found = VersionNumber(firstIn: said) else {
      return PreflightResult(
        .error, found: line.isEmpty ? "no answer" : "no version in `\(line.prefix(80))`", wanted: wanted,
        hint: "Ask another command, one that prints the version")
    }
    let judge = { (verdict: PreflightResult.Verdict, hint: String?) in
      PreflightResult(verdict, found: found.text, wanted: wanted, hint: hint)
    }
    if let atLeast, found < atLeast { return judge(.fail, "Upgrade it to \(atLeast.text) or newer first") }
    if let below, !(found < below) { return judge(.fail, "It is newer than what this upgrade was made for") }
    if let better, found < better { return judge(.warn, "It works; \(better.text) or newer is better") }
    return judge(.pass, nil)
  }

  private var wanted: String {
    [
      atLeast.map { "at least \($0.text)" }, better.map { "better \($0.text)" }, below.map { "below \($0.text)" },
    ].compactMap { $0 }.joined(separator: ", ")
  }
}
