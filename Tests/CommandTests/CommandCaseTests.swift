import Foundation
import TestSupport
import Testing

/// Every `Cases/*.clitest`, run by the real binary.
@Suite struct CommandCaseTests {
  static let directory = Repository.root + "/Tests/CommandTests/Cases"

  static let names: [String] = {
    let found = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    // Some of them while one works on them: CFGMIGRATE_CASES=upgrade
    let wanted = ProcessInfo.processInfo.environment["CFGMIGRATE_CASES"]
    return found.filter { $0.hasSuffix(".clitest") && $0.hasPrefix(wanted ?? "") }.sorted()
  }()

  @Test func `there are cases`() { #expect(!Self.names.isEmpty) }

  @Test(arguments: names) func `case`(name: String) throws {
    let path = "\(Self.directory)/\(name)"
    let text = String(decoding: try FileBytes.read(path), as: UTF8.self)
    let expected = try CommandCase(parsing: text)
    var runner = try CommandCaseRunner()
    let missing = try runner.missing(for: expected)
    guard missing.isEmpty else { try Test.cancel("needs \(missing.joined(separator: " and "))") }
    let actual = try runner.run(expected)
    let difference = LineDiff.unified(from: expected.text, to: actual.text)
    if Recording.isOn, actual.text != text {
      try FileBytes.write(Array(actual.text.utf8), to: path)
      Issue.record("recorded \(name)\n\(difference)")
    } else if !difference.isEmpty {
      Issue.record("\(name): expected (-) and actual (+) differ; CFGMIGRATE_RECORD=1 records\n\(difference)")
    }
  }
}
