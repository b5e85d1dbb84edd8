import ConfigDocument
import ConfigMigration
import ConfigStore
import TestSupport
import Testing

@Suite("The golden pairs of the Kubernetes transformers")
struct GoldenManifestTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var from: String
    var to: String
    var pair: Transformer.GoldenPair
    var testDescription: String { "\(from) to \(to): \(pair.name ?? pair.before)" }
  }

  static let folder = "\(ProductFolder.shipped)/kubernetes"
  static let kubernetes = try? ProductFolder(folder)
  static let cases: [Case] =
    kubernetes?.registry.transformers.flatMap { transformer in
      transformer.tests.map { Case(from: transformer.from.label, to: transformer.to.label, pair: $0) }
    } ?? []

  @Test func `one transformer leads from each minor version to the next`() throws {
    let registry = try #require(Self.kubernetes).registry
    #expect(registry.versions.map(\.label) == (15...32).map { "1.\($0)" })
    #expect(registry.findings() == [])
    for transformer in registry.transformers {
      guard case .operations(let operations) = transformer.steps else { continue }
      #expect(operations.isEmpty == transformer.tests.isEmpty, "\(transformer)")
    }
  }

  @Test(arguments: cases) func `the pair comes out byte for byte`(_ golden: Case) throws {
    let kubernetes = try #require(Self.kubernetes)
    let plan = try kubernetes.plan(
      Files.contents(of: "\(Self.folder)/\(golden.pair.before)"), to: golden.to, from: golden.from)
    for (path, bytes) in try Files.contents(of: "\(Self.folder)/\(golden.pair.after)") {
      #expect(plan[path] == String(decoding: bytes, as: UTF8.self), "\(path)")
    }
  }

  /// What is found in `before` bounds the version from above; nothing in `after` does.
  @Test(arguments: cases) func `the set is detected as of the old version before, and not after`(_ golden: Case) throws
  {
    let product = try #require(Self.kubernetes).product
    func detected(_ folder: String) throws -> Version {
      try ConfigurationSet(product: product, files: Files.contents(of: "\(Self.folder)/\(folder)")).version().version
    }
    #expect(try detected(golden.pair.before).label == golden.from)
    // Pod security policies have no successor, and so are still there.
    if golden.pair.name != "the rest" { #expect(try detected(golden.pair.after) > detected(golden.pair.before)) }
  }

  @Test(arguments: cases) func `a second run finds nothing to do`(_ golden: Case) throws {
    let kubernetes = try #require(Self.kubernetes)
    let files = try Files.contents(of: "\(Self.folder)/\(golden.pair.after)")
    #expect(try !kubernetes.plan(files, to: golden.to, from: golden.from).changesAnything)
  }
}
