import Foundation
import TestSupport
import Testing

/// What the documents show is what happens: every `console` block is run.
@Suite struct DocumentationTests {
  static let names: [String] = {
    let docs = FileManager.default.enumerator(atPath: Repository.root + "/docs")?.compactMap { $0 as? String } ?? []
    return ["README.md", "CONTRIBUTING.md"] + docs.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
  }()

  @Test(arguments: names) func `document`(name: String) throws {
    let path = "\(Repository.root)/\(name)"
    let text = String(decoding: try FileBytes.read(path), as: UTF8.self)
    let document = ConsoleDocument(parsing: text)
    guard !document.commands.isEmpty else { return }
    var runner = try CommandCaseRunner()
    for directory in ["samples", "transformers", "schemas"] { try runner.link(directory) }
    var actual: [[String]] = []
    for command in document.commands {
      let outcome = try runner.outcome(
        of: CommandCase.Run(
          command: """
            cd "$(cat "$HOME/directory" 2> /dev/null || pwd)"
            [ ! -d transformers ] || export CFGMIGRATE_PATH=transformers
            { \(command.line)
            } 2>&1
            status=$?; pwd > "$HOME/directory"; exit $status
            """))
      // A reader of the document does not see carriage returns either.
      let shown = outcome.stdout.split(separator: "⟦cr⟧", omittingEmptySubsequences: false).joined()
      actual.append(shown.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init))
    }
    let recorded = document.text(with: actual)
    guard recorded != text else { return }
    if Recording.isOn { try FileBytes.write(Array(recorded.utf8), to: path) }
    let difference = LineDiff.unified(from: text, to: recorded)
    Issue.record("\(name)\(Recording.isOn ? " was recorded" : " shows (-) what does not happen (+)")\n\(difference)")
  }

  @Test func `links inside the documents lead somewhere`() throws {
    for name in Self.names {
      let text = String(decoding: try FileBytes.read("\(Repository.root)/\(name)"), as: UTF8.self)
      let folder = name.split(separator: "/").dropLast().joined(separator: "/")
      for match in text.matches(of: /\]\(([^)#:\s]+)(#[^)]*)?\)/) {
        let target = "\(Repository.root)/\(folder)/\(match.1)"
        if !FileBytes.exists(target) { Issue.record("\(name): \(match.1) is not there") }
      }
    }
  }

  @Test func `the README's program is the one that the tests run`() throws {
    let readme = String(decoding: try FileBytes.read(Repository.root + "/README.md"), as: UTF8.self)
    let program = String(
      decoding: try FileBytes.read(Repository.root + "/Examples/PlanAndApply/main.swift"), as: UTF8.self)
    let shown = readme.firstMatch(of: /(?s)```swift\n(.*?)```/).map { String($0.1) } ?? ""
    let difference = LineDiff.unified(from: program, to: shown)
    if !difference.isEmpty {
      Issue.record("the README shows (+) another program than Examples/PlanAndApply (-)\n\(difference)")
    }
  }

  @Test func `the README has the exit statuses`() throws {
    let readme = String(decoding: try FileBytes.read(Repository.root + "/README.md"), as: UTF8.self)
    let commands = String(decoding: try FileBytes.read(Repository.root + "/docs/commands.md"), as: UTF8.self)
    let statuses = { (text: String) in text.matches(of: /(?m)^\| ([0-9]+) \|/).map { String($0.1) } }
    #expect(statuses(readme) == statuses(commands))
  }

  @Test func `what a document shows is compared line by line`() {
    let document = ConsoleDocument(
      parsing: "text\n```console\n$ one\na\nb\n$ two\n```\nmore\n```sh\n$ no\n```\n```console\n$ three\n…\nz\n```\n")
    #expect(document.commands.map(\.line) == ["one", "two", "three"])
    #expect(document.commands.map(\.expected) == [["a", "b"], [], ["…", "z"]])
    #expect(ConsoleDocument.fits(["x", "y", "z"], ["…", "z"]))
    #expect(ConsoleDocument.fits(["z"], ["…", "z"]))
    #expect(!ConsoleDocument.fits(["z", "x"], ["…", "z"]))
    #expect(!ConsoleDocument.fits(["a"], []))
    let recorded = document.text(with: [["a", "b"], ["new"], ["q"]])
    #expect(recorded.contains("$ one\na\nb\n$ two\nnew\n```\nmore"))
    #expect(recorded.hasSuffix("$ three\nq\n```\n"))
  }
}
