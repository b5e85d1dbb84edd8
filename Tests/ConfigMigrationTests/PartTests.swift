import ConfigDocument
import ConfigMigration
import TestSupport
import Testing

/// A chain that is run part by part does what it does to the set as a whole.
@Suite struct PartTests {
  /// Fragments that share nothing, some that share a key with each other, with the base and with an overlay.
  private static func files(overlays: Bool = true) -> [(path: String, bytes: [UInt8])] {
    var files: [(path: String, bytes: [UInt8])] = [
      (
        "main.yaml",
        Array("version: 1.0.0\nlog: {level: info}\nparts:\n  p3: {port: 1}\n  own: {port: 2, host: a}\n".utf8)
      )
    ]
    if overlays {
      files.append(
        ("env/prod.yaml", Array("log: {level: warning}\nparts:\n  p5: {port: 9, host: b}\n  new: {port: 3}\n".utf8)))
    }
    for number in 0..<100 {
      // The 90th and the 91st are of one part.
      let key = number == 91 ? "p90" : "p\(number)"
      let mode = number % 3 == 0 ? "  mode: fast   # since March\n" : ""
      files.append(
        (
          "parts/\(number).yaml",
          Array("# part \(number)\n\(key):\n  port: \(number)\n\(mode)  deep: {a: [1, 2], b: \(number)}\n".utf8)
        ))
    }
    return files
  }

  private static let chain = [
    """
    - rename: {path: "/parts/*/port", to: number}
    - default: {path: "/parts/{part}/name", value: x, comment: "of {part}"}
    - set: {path: /log/level, value: debug}
    """,
    """
    - move: {from: "/parts/{part}/deep/b", to: "/parts/{part}/shallow"}
    - remove: {path: "/parts/*/mode", lossy: nobody reads it}
    - set: {path: "/parts/*/number", value: 7}
    """,
  ]

  private func plan(
    _ files: [(path: String, bytes: [UInt8])], _ chain: [String], inOrder: Bool
  ) throws -> Plan {
    let product = try Product(Document(Array(SmallSet.productText.utf8), as: .yaml, named: "product.yaml"))
    let transformers = try chain.enumerated().map { index, operations in
      let text = """
        transformer: 1
        product: small
        from: "\(index + 1)"
        to: \(index + 2).0.0
        summary: test
        operations:
        \(operations)
        """
      return try Transformer(Document(Array(text.utf8), as: .yaml, named: "step\(index).yaml"), product: product)
    }
    // With the versions between to be checked, the chain is not run part by part.
    return try Planner(registry: Registry(product: product, transformers: transformers))
      .plan(ConfigurationSet(product: product, files: files), validatesEach: inOrder)
  }

  private func expectSame(_ files: [(path: String, bytes: [UInt8])], _ chain: [String]) throws {
    let (whole, parts) = (try plan(files, chain, inOrder: true), try plan(files, chain, inOrder: false))
    #expect(String(decoding: parts.diff, as: UTF8.self) == String(decoding: whole.diff, as: UTF8.self))
    #expect(!whole.diff.isEmpty)
    #expect(parts.warnings == whole.warnings)
    #expect(parts.notes == whole.notes)
    #expect(parts.authors == whole.authors)
    #expect(parts.ledger == whole.ledger)
    #expect(parts.files.map(\.edits) == whole.files.map(\.edits))
    #expect(parts.files.map(\.changes) == whole.files.map(\.changes))
    #expect(
      parts.steps.map { $0.operations.map { "\($0.subject) \($0.matches)" } }
        == whole.steps.map { $0.operations.map { "\($0.subject) \($0.matches)" } })
  }

  @Test(arguments: [true, false]) func `parts give what the whole gives`(overlays: Bool) throws {
    try expectSame(Self.files(overlays: overlays), Self.chain)
  }

  @Test func `what is found comes in the order of the operations and files`() throws {
    let plan = try plan(Self.files(overlays: false), Self.chain, inOrder: false)
    let places = plan.warnings.filter { $0.code == .commentRemoved }.compactMap(\.place?.file)
    #expect(places.count == 34)
    #expect(places.first == "parts/0.yaml")
    try expectSame(Self.files(overlays: false), Self.chain)
  }

  @Test func `operations that look from entry to entry are run on the whole`() throws {
    try expectSame(
      Self.files(),
      ["- set: {path: \"/parts/*/peer\", from: /parts/p7/port}\n- move: {from: /parts/p8, to: /parts/p90/inner}"])
    try expectSame(
      Self.files(), ["- default: {path: /parts/p77/extra, value: 1}\n- remove: {path: \"**/b\", lossy: no}"])
  }

  @Test func `the first error is the one of the whole`() throws {
    var files = Self.files()
    files.append(("parts/zz.yaml", Array("zz: {port: none}\n".utf8)))
    files.append(("parts/yy.yaml", Array("yy: {port: none}\n".utf8)))
    let chain = ["- convert: {path: \"/parts/*/port\", to: integer}"]
    var errors: [Diagnostic] = []
    for inOrder in [true, false] {
      do throws(any Error) { _ = try plan(files, chain, inOrder: inOrder) } catch {
        errors.append(try #require(error as? Diagnostic))
      }
    }
    #expect(errors.count == 2 && errors[0] == errors[1])
    #expect(errors.first?.place?.file == "parts/yy.yaml")
  }
}
