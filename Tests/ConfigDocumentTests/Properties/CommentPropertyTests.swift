import ConfigDocument
import DocumentLaws
import TestSupport
import Testing

/// Comments that are written into generated texts.
@Suite struct CommentPropertyTests {
  @Test func `comments written into generated texts hold the laws`() throws {
    var (written, refused) = (0, 0)
    var breaches: [(seed: Int, case: CommentCase, breach: CommentCase.Breach)] = []
    for seed in 0..<12_000 * Suites.scale {
      let law = CommentCase(seed: UInt64(seed))
      do throws(CommentCase.Breach) {
        switch try law.check() {
        case true?: written += 1
        case false?: refused += 1
        case nil: break
        }
      } catch {
        breaches.append((seed, law, error))
      }
    }
    print("comments: \(written) written, \(refused) refused")
    for (seed, law, breach) in breaches.prefix(5) {
      Issue.record("seed \(seed), law “\(breach.law)”\n\(law)\n\(breach.detail)")
    }
    #expect(breaches.count == 0)
    #expect(written > 5_000)
  }
}
