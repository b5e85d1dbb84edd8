import ConfigDocument
import ConfigMigration
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

  @Test(arguments: names) func `page`(name: String) throws {
    let page = try String(contentsOfFile: "\(Self.directory)/\(name)", encoding: .utf8)
    let examples = Self.examples(of: page)
    #expect(!examples.isEmpty || name == "README.md")
    for example in examples {
      var set = try SmallSet([:], product: Self.product)
      set.files = [("version.yaml", Array("version: 1.0.0\n".utf8))] + example.before
      let plan = try set.plan(try #require(example.operations))
      #expect(!example.after.isEmpty)
      for after in example.after {
        let found = difference(after.text, plan[after.path])
        #expect(found.isEmpty, "\(name):\(after.line): \(after.path)\(found)")
      }
    }
  }

  @Test func `every operation of the language has an example`() throws {
    let texts = try Self.names.map { try String(contentsOfFile: "\(Self.directory)/\($0)", encoding: .utf8) }
    let operations = texts.flatMap { Self.examples(of: $0) }.compactMap(\.operations).joined(separator: "\n")
    for kind in OperationKinds.all where !operations.contains("- \(kind.name):") {
      Issue.record("docs/transformers has no example of `\(kind.name)`")
    }
    let index = try String(contentsOfFile: "\(Self.directory)/README.md", encoding: .utf8)
    for name in Self.names where name != "README.md" && !index.contains("(\(name))") {
      Issue.record("docs/transformers/README.md does not name \(name)")
    }
  }
}
