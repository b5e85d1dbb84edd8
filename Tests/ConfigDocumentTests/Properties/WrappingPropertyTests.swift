import ConfigDocument
import DocumentLaws
import TestSupport
import Testing

/// Nodes of generated texts that get a collection around them, or lose it.
@Suite struct WrappingPropertyTests {
  @Test(arguments: [true, false]) func `wrapping in generated texts holds the laws`(_ wraps: Bool) throws {
    var (done, refused) = (0, 0)
    var breaches: [(seed: Int, case: WrappingCase, breach: WrappingCase.Breach)] = []
    for seed in 0..<10_000 * Suites.scale {
      let law = WrappingCase(seed: UInt64(seed))
      do throws(WrappingCase.Breach) {
        switch try wraps ? law.checkWrap() : law.checkUnwrap() {
        case .done: done += 1
        case .refused: refused += 1
        case .inapplicable: break
        }
      } catch {
        breaches.append((seed, law, error))
      }
    }
    print("\(wraps ? "wrapped" : "unwrapped"): \(done), refused \(refused)")
    for (seed, law, breach) in breaches.prefix(4) {
      Issue.record("seed \(seed), law “\(breach.law)”\n\(law)\n\(breach.detail)")
    }
    #expect(breaches.count == 0)
    #expect(done > 5_000)
  }
}
