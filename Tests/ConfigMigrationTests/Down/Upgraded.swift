import ConfigDocument
import ConfigMigration

/// What a run of the operations left, as the store would have recorded it.
struct Upgraded {
  var planner: Planner
  var product: Product
  var before: String
  var after: String
  var record: RecordedRun

  init(_ text: String, _ operations: String) throws {
    let small = try SmallSet(["main.yaml": text])
    let transformer = try small.transformer(operations)
    product = small.product
    planner = Planner(registry: Registry(product: product, transformers: [transformer]))
    before = text
    after = try planner.plan(ConfigurationSet(product: product, files: small.files), to: "2.0.0")["main.yaml"]
    record = RecordedRun(
      name: "run", chain: [transformer.id],
      files: [.init(path: "main.yaml", before: Array(before.utf8), after: Array(after.utf8))])
  }

  func down(_ text: String? = nil, isRecorded: Bool = true, preferring side: ConflictChoice? = nil) throws -> Plan {
    let set = try ConfigurationSet(product: product, files: [("main.yaml", Array((text ?? after).utf8))])
    return try planner.plan(set, to: "1.0.0", records: isRecorded ? [record] : [], preferring: side)
  }
}
