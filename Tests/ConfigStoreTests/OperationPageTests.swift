import ConfigDocument
import ConfigMigration
import ConfigStore
import Foundation
import TestSupport
import Testing

/// The pages of `docs/transformers` show what happens: each example is migrated, and must come out byte for byte.
@Suite struct OperationPageTests {
  static let directory = Repository.root + "/docs/transformers"

  static let names: [String] = {
    let found = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return found.filter { $0.hasSuffix(".md") }.sorted()
  }()

  static let product = """
    product: small
    versions: {scheme: semver, at: version.yaml#/version}
    files:
      - {path: platform.yaml, layer: base}
      - {path: version.yaml, layer: base}
      - {path: databases.yaml, layer: base}
      - {path: "environments/{env}.yaml", layer: overlay, over: platform.yaml}
      - {path: services.d/*.json, layer: fragment, at: /services}
    """

  /// The fenced blocks of a page, by the words behind the language.
  struct Block {
    var role: String
    var file: String
    var text: String
    var line: Int
  }

  struct Example {
    var before: [(path: String, bytes: [UInt8])] = []
    var operations: String?
    var after: [(path: String, text: String, line: Int)] = []
  }

  static func blocks(of page: String) -> [Block] {
    var blocks: [Block] = []
    var open: Block?
    for (number, line) in page.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```") {
        if let block = open {
          blocks.append(block)
          open = nil
        } else {
          let words = line.dropFirst(3).split(separator: " ").map(String.init)
          open = Block(
            role: words.count > 1 ? words[1] : "", file: words.count > 2 ? words[2] : "", text: "", line: number + 1)
        }
      } else {
        open?.text += line + "\n"
      }
    }
    return blocks
  }

  static func examples(of page: String) -> [Example] {
    var examples: [Example] = []
    for block in blocks(of: page) {
      switch block.role {
      case "before":
        if examples.last.map({ $0.operations == nil }) != true { examples.append(Example()) }
        examples[examples.count - 1].before.append((block.file, Array(block.text.utf8)))
      case "operations":
        if examples.last.map({ $0.operations == nil }) != true { examples.append(Example()) }
        examples[examples.count - 1].operations = block.text
      case "after": examples[examples.count - 1].after.append((block.file, block.text, block.line))
      default: break
      }
    }
    return examples
  }

  /// The files of an example after its operations, by their paths, and after the way back.
  static func results(of example: Example) throws -> (up: [String: String], down: [String: String]) {
    let product = try Product(Document(Array(product.utf8), as: .yaml, named: "product.yaml"))
    let operations = try #require(example.operations)
    let lines = operations.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    let text = """
      transformer: 1
      product: small
      from: "1"
      to: 2.0.0
      summary: test
      operations:
      \(lines)

      """
    let transformer = try Transformer(Document(Array(text.utf8), as: .yaml, named: "step.yaml"), product: product)
    let set = try ConfigurationSet(
      product: product, files: [("version.yaml", Array("version: 1.0.0\n".utf8))] + example.before)
    let planner = Planner(
      registry: Registry(product: product, transformers: [transformer]), runtime: .ofThisMachine(runsPrograms: true))
    let up = try planner.plan(set)
    let record = RecordedRun(
      name: "run", chain: [transformer.id],
      files: up.files.filter(\.isChanged).flatMap { file -> [RecordedRun.File] in
        guard let old = file.oldPath, let new = file.newPath, old != new else {
          return [
            .init(
              path: file.path, before: file.oldPath.map { _ in file.old }, after: file.newPath.map { _ in file.new })
          ]
        }
        return [.init(path: old, before: file.old, after: nil), .init(path: new, before: nil, after: file.new)]
      })
    let result = try ConfigurationSet(
      product: product, files: up.files.compactMap { file in file.newPath.map { ($0, file.new) } })
    let down = try planner.plan(result, to: "1.0.0", records: [record])
    return (Self.texts(of: up), Self.texts(of: down))
  }

  private static func texts(of plan: Plan) -> [String: String] {
    let present = plan.files.compactMap { file in file.newPath.map { ($0, String(decoding: file.new, as: UTF8.self)) } }
    return Dictionary(uniqueKeysWithValues: present)
  }

  @Test(arguments: names) func `page`(name: String) throws {
    let page = try String(contentsOfFile: "\(Self.directory)/\(name)", encoding: .utf8)
    let examples = Self.examples(of: page)
    #expect(!examples.isEmpty || name == "README.md")
    for example in examples {
      if example.operations?.contains("compute:") == true, !Self.hasJQ { try Test.cancel("needs jq") }
      let result = try Self.results(of: example)
      #expect(!example.after.isEmpty)
      for after in example.after {
        #expect(result.up[after.path] == after.text, "\(name):\(after.line): \(after.path)")
      }
      let before = example.before.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) }
      #expect(
        result.down == Dictionary(uniqueKeysWithValues: before + [("version.yaml", "version: 1.0.0\n")]),
        "\(name): the way back")
    }
  }

  static let hasJQ: Bool = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").contains { FileManager.default.isExecutableFile(atPath: "\($0)/jq") }
  }()

  @Test func `every operation of the language has an example`() throws {
    let texts = try Self.names.map { try String(contentsOfFile: "\(Self.directory)/\($0)", encoding: .utf8) }
    let operations = texts.flatMap { Self.examples(of: $0) }.compactMap(\.operations).joined(separator: "\n")
    for kind in OperationKinds.all where !operations.contains("- \(kind.name):") {
      Issue.record("docs/transformers has no example of `\(kind.name)`")
    }
    let general = ["README.md", "addresses.md", "conditions.md", "layers.md", "modifiers.md"]
    for (name, text) in zip(Self.names, texts) where !general.contains(name) {
      for word in ["inverse", "residue", "conflicts"] where !text.contains("\n| \(word) | ") {
        Issue.record("docs/transformers/\(name) says nothing of the \(word)")
      }
    }
    let index = try String(contentsOfFile: "\(Self.directory)/README.md", encoding: .utf8)
    for name in Self.names where name != "README.md" && !index.contains("(\(name))") {
      Issue.record("docs/transformers/README.md does not name \(name)")
    }
  }
}
