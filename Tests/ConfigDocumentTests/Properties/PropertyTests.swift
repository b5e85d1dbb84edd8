import ConfigDocument
import DocumentLaws
import TestSupport
import Testing

/// The laws of the editor, on generated texts and edits. `CFGMIGRATE_SCALE` multiplies the number of texts.
///
/// A failure prints its seed, and the smallest text that the shrinker finds for it.
@Suite struct PropertyTests {
  @Test(arguments: [
    (DocumentFormat.yaml, 0, 10_000), (.yaml, 10_000, 10_000), (.json, 0, 4_000), (.jsonc, 0, 4_000),
  ])
  func `edits of generated texts hold the laws`(_ format: DocumentFormat, _ start: Int, _ texts: Int) {
    var run = PropertyRun()
    // The long run has texts of its own for each stretch.
    let first = UInt64(start * Suites.scale)
    for seed in first..<first + UInt64(texts * Suites.scale) { run.run(format, seed: seed, lists: 4) }
    let tally = run.tally
    print(
      """
      laws, \(format): \(tally.cases) cases, \(tally.rejected) texts rejected, \(tally.edits) edits, \
      \(tally.refused.values.reduce(0, +)) refused, \(tally.renames) renamed and back, \(tally.commutations) pairs commuted
      """)
    let parts = tally.parts
    print(
      """
      read by parts, \(format): \(parts.parted) of \(tally.cases) cases, \(parts.refused) broken ones refused, \
      \(parts.accepted) accepted, \(parts.untold) untold
      """)
    for (seed, law, breach) in run.breaches.prefix(3) {
      let small = law.shrunk(breaking: breach.law, tries: 500)
      Issue.record("seed \(seed), law “\(breach.law)”\n\(small)\n\(breach.detail)")
    }
    #expect(run.breaches.count == 0)
    // The law of the parts says nothing where there are none.
    if format == .yaml {
      #expect(parts.parted > tally.cases / 8 && parts.accepted > 0 && parts.refused > tally.cases / 8)
      #expect(parts.doubted < parts.parted / 50)
    }
  }
}
