import ConfigDocument
import ConfigSchema
import Foundation

/// Prints all that is said of wrong documents, real and changed ones, so that one version can be held against the next.
enum Reports {
  static func run(_ store: SchemaStore, suites: URL, count: Int) {
    let schemas = store.schemas.keys.sorted().compactMap { name in (try? store.compile(name)).map { (name, $0) } }
    let share = max(1, count / max(1, schemas.count))
    for (name, schema) in schemas {
      print("# \(name)")
      var mutation = Mutation(seed: 1)
      var generator = InstanceGenerator(schema, seed: 5)
      let real = Agreement.documents(of: name, suites)
      for round in 0..<max(share, real.count) {
        guard var value = round < real.count ? real[round] : round % 2 == 0 ? real.inTurn(round) : generator.next()
        else { continue }
        if round >= real.count { for _ in 0...round % 3 { value = mutation.mutated(value) } }
        for violation in schema.validate(ValueTree(value)) { tell(violation) }
        // Every other key a secret.
        for violation in schema.validate(ValueTree(value), hiding: { ($0.tokens.last?.utf8.count ?? 1) % 2 == 0 }) {
          tell(violation)
        }
      }
    }
  }

  private static func tell(_ violation: Violation) {
    print(
      violation.code, violation.node, violation.pointsAtKey, violation.instance, violation.keyword, violation.schema,
      violation.finding, violation.message, violation.hint ?? "-", violation.repair.map { "\($0)" } ?? "-",
      violation.title ?? "-", violation.description ?? "-", violation.hidesValue, separator: "|")
  }
}

extension [Value] {
  fileprivate func inTurn(_ round: Int) -> Value? { isEmpty ? nil : self[round / 2 % count] }
}
