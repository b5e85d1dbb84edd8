import ConfigDocument
import Foundation
import TestSupport
import Testing

@testable import CfgmigrateCommands

/// What `explain` says: a page for every code, and examples that really give it.
@Suite struct CodePageTests {
  /// The codes that the sources declare.
  static func declaredCodes() throws -> Set<String> {
    var codes: Set<String> = []
    let sources = Repository.root + "/Sources"
    let files = FileManager.default.enumerator(atPath: sources)
    while let file = files?.nextObject() as? String {
      guard file.hasSuffix(".swift") else { continue }
      let text = String(decoding: try FileBytes.read("\(sources)/\(file)"), as: UTF8.self)
      codes.formUnion(text.matches(of: /static let \w+: Self = "([a-z0-9-]+)"/).map { String($0.1) })
      codes.formUnion(text.matches(of: /Diagnostic\(\s*"([a-z0-9-]+)"/).map { String($0.1) })
    }
    return codes
  }

  @Test func `every code has one page, and every page is of a code`() throws {
    let pages = CodePage.all.map(\.code)
    let declared = try Self.declaredCodes()
    #expect(declared.subtracting(pages) == [], "these have no page")
    #expect(Set(pages).subtracting(declared) == [], "these are no codes")
    #expect(Set(pages).count == pages.count, "two pages of one code")
    #expect(declared.count > 100)
  }

  @Test func `pages are written as messages are`() {
    for page in CodePage.all {
      for text in [page.what, page.why, page.remedy] {
        #expect(text.hasSuffix(".") || text.hasSuffix(".yaml`."), "\(page.code): \(text)")
      }
    }
  }

  static let examples: [(code: String, steps: String)] = CodePage.all.compactMap { page in
    guard case .steps(let steps) = page.example else { return nil }
    return (page.code, steps)
  }

  /// Codes whose example is a message: what gives them cannot be written down as files and a command, or is a fault of
  /// this program. They are listed so that nobody adds one without being seen.
  static let shownOnly = [
    "ambiguous-name", "assertion-failed", "backup-exists", "baseline-missing", "baseline-refused", "command-missing",
    "comment-stranded",
    "conflicting-changes", "data-loss", "database-busy", "database-locked", "database-lost", "database-unreachable",
    "disk-full", "drift", "dump-damaged", "dump-failed", "dump-part-missing", "edit-refused", "exchange-impossible",
    "export-differs",
    "gate-undecided", "history-damaged", "http-unreachable", "internal-mismatch", "interrupted-run", "layers-differ",
    "layers-unchecked", "leaf-unaccounted", "ledger-torn", "log-not-kept", "not-delivered", "not-taken-effect",
    "nothing-to-settle",
    "old-tree", "operation-unsupported", "paths-differ", "query-broken", "read-only-directory", "record-unusable",
    "restore-unaccepted", "schema-missing", "script-changed", "script-missing", "script-out-of-order", "script-pending",
    "state-damaged", "statement-failed", "statement-stopped", "statement-undecided", "too-large", "undo-blocked",
    "undo-differs", "undo-missing", "upgrade-stopped", "version-contradicted", "way-back-differs",
  ]

  @Test func `only those that cannot be shown by a command are shown by a message`() {
    let found = CodePage.all.filter { if case .message = $0.example { true } else { false } }
    #expect(found.map(\.code) == Self.shownOnly)
    for page in found {
      guard case .message(let text) = page.example else { continue }
      #expect(text.contains("[\(page.code)]: "))
    }
  }

  @Test(arguments: examples)
  func `an example gives its code`(code: String, steps: String) throws {
    let example = try CommandCase(parsing: "# \(code)\n\n\(steps)\n")
    var runner = try CommandCaseRunner()
    if ["bad-expression", "expression-failed"].contains(code), try runner.status(of: "jq --version") != 0 {
      try Test.cancel("needs jq")
    }
    if code == "locked", try runner.status(of: "flock --version") != 0 { try Test.cancel("needs flock") }
    let printed = try runner.run(example).steps.map { step in
      guard case .run(let run) = step else { return "" }
      return run.stdout + run.stderr
    }.joined()
    #expect(printed.contains("[\(code)]") || printed.contains("\"code\": \"\(code)\""), "\(printed)")
  }
}

extension CommandCaseRunner {
  fileprivate mutating func status(of command: String) throws -> Int32 {
    try outcome(of: CommandCase.Run(command: command)).exit
  }
}
