import ConfigDocument
import ConfigStore
import DataMigration
import Foundation
import TestSupport
import Testing

@testable import MigrationCheck

/// `lint-sql` and squawk on the same statements. `SquawkComparison.txt` has what each finds: what is in one line alone, the
/// other misses. Ours is always compared with it, squawk's where it is installed (`pip install squawk-cli`).
@Suite struct SquawkComparisonTests {
  struct Entry {
    var sql: String
    var ours: [String]
    var squawks: [String]

    var text: String { "\(sql)\n  lint-sql: \(Self.list(ours))\n  squawk:   \(Self.list(squawks))\n" }
    private static func list(_ codes: [String]) -> String { codes.isEmpty ? "–" : codes.joined(separator: ", ") }
  }

  /// Rules of squawk about taste, or about what a script's header or the runner says here.
  private static let excluded = [
    "prefer-robust-stmts", "require-statement-timeout", "require-lock-timeout", "prefer-bigint-over-int",
    "prefer-text-field", "prefer-identity", "prefer-timestamptz", "require-table-schema",
  ]

  private static let path = Repository.root + "/Tests/MigrationCheckTests/SquawkComparison.txt"
  private static let head = """
    What lint-sql and squawk 2.70.0 find in the same statements. A line of one alone is what the other misses. Left out are
    squawk's rules \(excluded.joined(separator: ", ")).


    """

  private static func recorded() throws -> [Entry] {
    let text = String(decoding: try StandaloneFile(path).read(), as: UTF8.self)
    return text.split(separator: "\n\n").dropFirst().map { block in
      let lines = block.split(separator: "\n").map(String.init)
      let codes = { (line: String) in
        line.split(separator: ": ", maxSplits: 1).last.map {
          $0.split(whereSeparator: { $0 == "," || $0 == " " || $0 == "–" }).map(String.init)
        } ?? []
      }
      return Entry(
        sql: lines.dropLast(2).joined(separator: "\n"), ours: codes(lines[lines.count - 2]),
        squawks: codes(lines[lines.count - 1]))
    }
  }

  private static func ours(_ sql: String) throws -> [String] {
    var check = SQLCheck()
    let script = try MigrationScript(
      Array("-- @lock-timeout 500ms\n-- @transaction none\n\(sql)".utf8), file: "V1__a.sql", path: "V1__a.sql")
    return Set(check.check([script]).flatMap(\.findings).map(\.code.rawValue)).sorted()
  }

  /// What squawk says of each, or nil where it is not installed.
  private static func squawks(_ statements: [String]) throws -> [[String]]? {
    let directory = NSTemporaryDirectory() + "/squawk-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let files = statements.indices.map { "\($0).sql" }
    for (file, sql) in zip(files, statements) {
      try sql.write(toFile: "\(directory)/\(file)", atomically: false, encoding: .utf8)
    }
    let command = Command(
      ["squawk", "--reporter", "json", "--exclude", excluded.joined(separator: ",")] + files, in: directory,
      outputLimit: 8 << 20)
    let result: CommandResult
    do throws(Diagnostic) { result = try LocalCommandRunner().run(command) } catch { return nil }
    // 1 where it has found something.
    guard [.exited(0), .exited(1)].contains(result.ending) else { return nil }
    struct Finding: Decodable {
      var file: String
      var rule: String
      private enum CodingKeys: String, CodingKey {
        case file
        case rule = "rule_name"
      }
    }
    let findings = try JSONDecoder().decode([Finding].self, from: Data(result.output))
    return files.map { file in Set(findings.filter { $0.file == file }.map(\.rule)).sorted() }
  }

  @Test func `what each finds is what is recorded`() throws {
    let recorded = try Self.recorded()
    #expect(recorded.count > 25)
    let statements = recorded.map(\.sql)
    let squawks = try Self.squawks(statements)
    var now: [Entry] = []
    for (index, entry) in recorded.enumerated() {
      now.append(
        Entry(sql: entry.sql, ours: try Self.ours(entry.sql), squawks: squawks?[index] ?? entry.squawks))
    }
    for (entry, recorded) in zip(now, recorded) { #expect(entry.text == recorded.text) }
    if Recording.isOn {
      try (Self.head + now.map(\.text).joined(separator: "\n")).write(
        toFile: Self.path, atomically: true, encoding: .utf8)
    }
    if squawks == nil { print("squawk is not installed (pip install squawk-cli): its side is the recorded one") }
  }
}
