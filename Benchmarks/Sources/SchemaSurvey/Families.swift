import ConfigDocument
import ConfigSchema
import Foundation

/// Compares each version of a published schema with the next one, and tries to prove the answers wrong.
enum Families {
  /// How many documents are drawn against each answer.
  static let draws = 400

  static func run(_ store: SchemaStore, only: String?) throws {
    var counts: [String: Int] = [:]
    var wrong = 0
    print("| older | newer | verdict | by | changes | ms |")
    print("|---|---|---|---|---|---|")
    for family in store.families {
      for (older, newer) in zip(family, family.dropFirst()) where only.map(older.contains) ?? true {
        guard let old = try? store.compile(older), let new = try? store.compile(newer) else {
          counts["not compiled", default: 0] += 1
          continue
        }
        FileHandle.standardError.write(Data("\(older) → \(newer)\n".utf8))
        let start = ContinuousClock.now
        let comparison = SchemaComparison(old: old, new: new)
        let time = (ContinuousClock.now - start) / .milliseconds(1)
        let (name, detail) = told(comparison.verdict)
        counts[name, default: 0] += 1
        if let fault = refutation(of: comparison.verdict, old, new) {
          wrong += 1
          print("WRONG \(older) → \(newer): \(name), but \(fault)")
        }
        print("| \(older) | \(newer) | \(name) | \(detail) | \(comparison.changes.count) | \(Int(time)) |")
      }
    }
    let compared = counts.filter { $0.key != "not compiled" }.values.reduce(0, +)
    let decided = compared - (counts["unknown"] ?? 0)
    print(
      "\n\(compared) pairs: \(counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))"
    )
    print("decided: \(decided) (\(compared > 0 ? decided * 1000 / compared : 0) ‰); wrong: \(wrong)")
  }

  private static func told(_ verdict: SchemaComparison.Verdict) -> (String, String) {
    switch verdict {
    case .compatible: ("compatible", "")
    case .incompatible(let witness): ("incompatible", "`\(String(witness.description.prefix(60)))`")
    case .unknown(let keyword, let place): ("unknown", "\(keyword) at \(place.suffix(50))")
    }
  }

  /// What shows that the verdict is wrong; nil where nothing was found.
  private static func refutation(of verdict: SchemaComparison.Verdict, _ old: Schema, _ new: Schema) -> String? {
    switch verdict {
    case .unknown: return nil
    case .incompatible(let witness):
      let tree = ValueTree(witness)
      return (try? old.isValid(tree)) == true && (try? new.isValid(tree)) == false ? nil : "the witness shows nothing"
    case .compatible:
      var generator = InstanceGenerator(old, seed: 77)
      for _ in 0..<draws {
        guard let value = generator.next() else { return nil }
        if (try? new.isValid(ValueTree(value))) == false { return "\(value)" }
      }
      return nil
    }
  }
}
