import ConfigDocument
import ConfigMigration
import TestSupport
import Testing

@Suite("The samples of the shipped product")
struct SampleTests {
  /// The step from 2.1 to 2.2, written in Swift: it says with calls what the file says as data.
  struct ConnectionPools: ConfigTransformer {
    let from = "2.1"
    let to = "2.2.0"
    let revision = "1"
    let summary = "Security section, connection pool, notification and monitoring services"

    func migrate(_ set: inout WorkingSet) throws(Diagnostic) {
      try set.merge(
        ["encryption_algorithm": "AES-256-GCM", "key_rotation_interval": 86400, "audit_logging": true],
        into: "/security", onConflict: .replace, comment: "Rotation is in seconds (24 hours).")
      let hasDatabase = set.isInBase(Pointer(["database"]))
      try set.move(from: "/database/max_connections", to: "/database/connection_pool/max_size")
      if hasDatabase {
        try set.setDefault("/database/connection_pool/max_size", to: 20)
        try set.setDefault("/database/connection_pool/min_size", to: 5)
        try set.setDefault("/database/connection_pool/max_idle_time", to: 300)
      }
      try limitPools(&set)
      try set.merge(
        [
          "notification": ["enabled": true, "providers": ["email", "sms", "webhook"], "queue_size": 1000],
          "monitoring": ["enabled": true, "metrics_endpoint": "/metrics", "health_check_endpoint": "/health"],
        ], into: "/services", onConflict: .replace)
    }

    /// A pool's bottom is never above its top, in any layer: worked on the documents themselves.
    private func limitPools(_ set: inout WorkingSet) throws(Diagnostic) {
      let pool = Pointer(["database", "connection_pool"])
      for index in set.files.indices {
        if case .fragment = set.files[index].layer { continue }
        guard let top = set.effectiveValue(at: pool.appending("max_size"), for: index),
          let bottom = set.effectiveValue(at: pool.appending("min_size"), for: index),
          let topNumber = top.number, let bottomNumber = bottom.number, topNumber < bottomNumber
        else { continue }
        try set.edit(index) { document throws(Diagnostic) in
          if let node = document.node(at: pool.appending("min_size")) {
            try document.set(node, to: top)
          } else if let mapping = document.node(at: pool) {
            try document.insert(top, forKey: "min_size", into: mapping)
          }
        }
      }
    }
  }

  static func sample(_ version: String) throws -> ConfigurationSet {
    try ShippedProduct.set(in: "\(Repository.root)/samples/job-platform/\(version)")
  }

  @Test(arguments: ["2.0", "2.1"]) func `a sample is valid, and so is every version on its way`(_ version: String)
    throws
  {
    let planner = try ShippedProduct.planner()
    let set = try Self.sample(version)
    #expect(try planner.validate(set).map(\.description) == [])
    let plan = try planner.plan(set, validatesEach: true)
    #expect(plan.to == "3.0.0")
    #expect(plan.validation.hasSourceSchema && plan.validation.hasTargetSchema)
    #expect(plan.validation.source.map(\.description) == [])
    #expect(plan.validation.between.map(\.description) == [])
    #expect(plan.validation.target.map(\.description) == [])
    #expect(plan.warnings.allSatisfy { $0.code == .valueReplaced || $0.code == .commentRemoved })
  }

  @Test func `a Swift transformer gives the same bytes as the file`() throws {
    let product = try ShippedProduct.product()
    let twin = Registry(product: product, transformers: [try Transformer(ConnectionPools(), product: product)])
    let fromFile = try ShippedProduct.planner().plan(Self.sample("2.1"), to: "2.2.0")
    let fromSwift = try Planner(registry: twin).plan(Self.sample("2.1"), to: "2.2.0")
    #expect(fromFile.changesAnything)
    for (file, other) in zip(fromFile.files, fromSwift.files) {
      let difference = difference(
        String(decoding: file.new, as: UTF8.self), String(decoding: other.new, as: UTF8.self))
      #expect(difference == "", "\(file.path)")
    }
    #expect(fromFile.warnings.map(\.message) == fromSwift.warnings.map(\.message))
  }

  @Test func `the result of a migration needs none`() throws {
    let planner = try ShippedProduct.planner()
    let plan = try planner.plan(Self.sample("2.1"), to: "2.2.0")
    let again = try ConfigurationSet(
      product: planner.registry.product, files: plan.files.map { ($0.path, $0.new) })
    #expect(try !planner.plan(again, to: "2.2.0").changesAnything)
  }

  @Test(arguments: ["2.0", "2.1"]) func `every comment of a sample is in the result of the next version`(
    _ version: String
  ) throws {
    let planner = try ShippedProduct.planner()
    let plan = try planner.plan(Self.sample(version), to: version == "2.0" ? "2.1.0" : "2.2.0")
    for file in plan.files where file.path.hasSuffix(".yaml") {
      let (before, after) = (Self.comments(file.old), Self.comments(file.new))
      for comment in before { #expect(after.contains(comment), "\(file.path)") }
    }
  }

  /// The text from `#` on of each line that has one behind a blank or at its start; enough for the samples.
  private static func comments(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
      for index in line.indices where line[index] == UInt8(ascii: "#") {
        if index == line.startIndex || line[index - 1] == UInt8(ascii: " ") {
          return String(decoding: line[index...], as: UTF8.self).filter { $0 != "\r" }
        }
      }
      return nil
    }
  }
}
