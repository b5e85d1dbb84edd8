import ConfigDocument
import ConfigMigration
import ConfigStore
import Foundation
import TestSupport

/// A product with its transformers, read from a folder as a store would read it.
struct ProductFolder: Sendable {
  var product: Product
  var registry: Registry

  static let shipped = "\(Repository.root)/transformers"
  static let ownTests = "\(Repository.root)/Tests/MigrationSuiteTests/Transformers"

  /// - Parameters:
  ///   - swift: transformers in Swift that belong to the product.
  ///   - fillsGaps: whether a version and the next one, between which no file leads, differ in nothing but the label.
  init(_ path: String, swift: [any ConfigTransformer] = [], fillsGaps: Bool = false) throws {
    let product = try Product(Self.document("\(path)/product.yaml"))
    var transformers = try swift.map { try Transformer($0, product: product) }
    for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    where name.hasSuffix(".yaml") && name != "product.yaml" {
      transformers.append(try Transformer(Self.document("\(path)/\(name)"), product: product))
    }
    if fillsGaps, case .list(let labels) = product.versions.scheme {
      for (old, new) in zip(labels, labels.dropFirst()) where !transformers.contains(where: { $0.from.label == old }) {
        transformers.append(try Self.renaming(old, to: new, of: product))
      }
    }
    self.product = product
    registry = Registry(product: product, transformers: transformers)
  }

  func plan(
    _ files: [(path: String, bytes: [UInt8])], to target: String? = nil, from source: String? = nil
  ) throws -> Plan {
    let set = try ConfigurationSet(product: product, files: files)
    let planner = Planner(registry: registry, runtime: .ofThisMachine(runsPrograms: false))
    return try planner.plan(
      set, to: target, from: source.flatMap { Version($0, scheme: product.versions.scheme) })
  }

  /// The first file of a plan, taken back with the record of it as a run.
  func back(from plan: Plan, to target: String, at version: String) throws -> [UInt8] {
    let record = RecordedRun(
      name: "run", chain: plan.steps.map(\.id),
      files: plan.files.filter(\.isChanged).map { .init(path: $0.path, before: $0.old, after: $0.new) })
    let set = try ConfigurationSet(product: product, files: plan.files.map { ($0.path, $0.new) })
    let planner = Planner(registry: registry, runtime: .ofThisMachine(runsPrograms: false))
    return try planner.plan(
      set, to: target, from: Version(version, scheme: product.versions.scheme), records: [record]
    ).files[0].new
  }

  private static func document(_ path: String) throws -> Document {
    try Document(Files.bytes(path), as: .yaml, named: String(path.dropFirst(Repository.root.count + 1)))
  }

  private static func renaming(_ old: String, to new: String, of product: Product) throws -> Transformer {
    let text = """
      transformer: 1
      product: \(product.name)
      from: \(old)
      to: \(new)
      summary: The same under a new name
      operations: []
      """
    return try Transformer(Document(Array(text.utf8), as: .yaml, named: "\(old) to \(new)"), product: product)
  }
}

extension Plan {
  /// The new text of a file; empty where the set has none of that name.
  subscript(path: String) -> String {
    files.first { $0.path == path }.map { String(decoding: $0.new, as: UTF8.self) } ?? ""
  }
}
