import ConfigDocument
import ConfigMigration
import TestSupport
import Testing

@Suite("The golden pairs of the shipped transformers")
struct GoldenPairTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var transformer: String
    var pair: Transformer.GoldenPair
    var testDescription: String { "\(transformer): \(pair.name ?? pair.before)" }
  }

  static let cases: [Case] =
    (try? ShippedProduct.registry().transformers.flatMap { transformer in
      transformer.tests.map { Case(transformer: transformer.id, pair: $0) }
    }) ?? []

  @Test func `every transformer is read and has a pair`() throws {
    let registry = try ShippedProduct.registry()
    #expect(registry.transformers.map(\.id) == ["2.0-to-2.1.0", "2.1-to-2.2.0", "2.2-to-2.3.0", "2.3-to-3.0.0"])
    #expect(registry.transformers.allSatisfy { !$0.tests.isEmpty })
    #expect(registry.findings() == [])
  }

  @Test(arguments: cases) func `the pair comes out byte for byte`(_ golden: Case) throws {
    let registry = try ShippedProduct.registry()
    let transformer = try #require(registry.transformers.first { $0.id == golden.transformer })
    let set = try ShippedProduct.set(in: "\(ShippedProduct.directory)/\(golden.pair.before)")
    let plan = try Planner(registry: registry).plan(set, to: transformer.to.label)
    for (path, bytes) in try ShippedProduct.files(in: "\(ShippedProduct.directory)/\(golden.pair.after)") {
      let difference = difference(String(decoding: bytes, as: UTF8.self), plan[path])
      #expect(difference == "", "\(path)")
    }
  }
}
