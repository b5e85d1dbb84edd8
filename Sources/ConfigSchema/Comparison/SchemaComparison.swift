public import ConfigDocument

/// Whether every document that follows one schema follows another one, and what differs between the two.
///
/// ```swift
/// let comparison = SchemaComparison(old: old, new: new)
/// if case .incompatible(let witness) = comparison.verdict { print(witness) }
/// ```
public struct SchemaComparison: Sendable {
  public enum Verdict: Hashable, Sendable {
    /// Every document that follows the old schema follows the new one: it was proved.
    case compatible
    /// The document follows the old schema and not the new one: both were asked. It is as small as was found.
    case incompatible(witness: Value)
    /// Neither was found. The keyword is the first one of the new schema, with its place there, that could not be decided.
    case unknown(keyword: String, schema: String)
  }

  public let verdict: Verdict
  /// What differs in the keys that both speak of, in the order of the old schema; whether that matters the verdict says.
  public let changes: [SchemaChange]

  /// Compares two schemas.
  /// - Parameters:
  ///   - effort: how many questions may be asked before the answer is that it is not known.
  ///   - seed: of the documents that are drawn.
  /// - Complexity: O(`effort`), each question in the time of a few small documents.
  public init(old: Schema, new: Schema, effort: Int = 60_000, seed: UInt64 = 1) {
    var inclusion = Inclusion(old: old, new: new, effort: effort, seed: seed)
    switch inclusion.decide(Premise(side: .old, parts: [Int32(old.program.root)]), Int32(new.program.root)) {
    case .holds: verdict = .compatible
    case .fails(let witness):
      verdict = .incompatible(witness: witness.shrunk { Self.parts($0, old: old, new: new) })
    case .open(let doubt):
      if let witness = Self.drawnWitness(old: old, new: new, seed: seed) {
        verdict = .incompatible(witness: witness.shrunk { Self.parts($0, old: old, new: new) })
      } else {
        verdict = .unknown(keyword: doubt.keyword, schema: doubt.place)
      }
    }
    changes = SchemaChange.changes(from: old.outline, to: new.outline)
  }

  /// Whether the value follows the old schema and not the new one; where one of them gives no verdict, it does not.
  private static func parts(_ value: Value, old: Schema, new: Schema) -> Bool {
    let tree = ValueTree(value)
    return (try? old.isValid(tree)) == true && (try? new.isValid(tree)) == false
  }

  /// The last resort: documents that are drawn from the old schema without an aim.
  private static func drawnWitness(old: Schema, new: Schema, seed: UInt64) -> Value? {
    var generator = InstanceGenerator(old, seed: seed)
    for _ in 0..<200 {
      guard let value = generator.next() else { return nil }
      if (try? new.isValid(ValueTree(value))) == false { return value }
    }
    return nil
  }
}
