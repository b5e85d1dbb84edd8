import ConfigDocument
import DocumentLaws
import TestSupport
import Testing

/// Entries that go from one generated text into another.
@Suite struct ImportPropertyTests {
  @Test(arguments: [0, 1]) func `imports between generated texts hold the laws`(_ stretch: Int) {
    let count = 10_000 * Suites.scale
    var (done, rejected, refused) = (0, 0, [String: Int]())
    var breaches: [(seed: Int, case: ImportCase, breach: ImportCase.Breach)] = []
    for seed in stretch * count..<(stretch + 1) * count {
      let law = ImportCase(seed: UInt64(seed))
      do throws(ImportCase.Breach) {
        switch try law.check() {
        case .done: done += 1
        case .rejected, .inapplicable: rejected += 1
        case .refused(let error): refused[error.message.prefix { $0 != "`" } + "", default: 0] += 1
        }
      } catch {
        breaches.append((seed, law, error))
      }
    }
    print("imports: \(done) done, \(refused.values.reduce(0, +)) refused, \(rejected) not applicable")
    for (seed, law, breach) in breaches.prefix(3) {
      Issue.record("seed \(seed), law “\(breach.law)”\n\(law)\n\(breach.detail)")
    }
    #expect(breaches.count == 0)
    #expect(done > count / 2)
  }
}
