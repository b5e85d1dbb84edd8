import Testing
package import UpgradePipeline

/// The promises of ``PreflightCheck``.
package struct PreflightContract {
  package var context: StepContext

  package init(context: StepContext) { self.context = context }

  /// - Parameters:
  ///   - passing: a check of something that is as it should be.
  ///   - failing: one of something that is not: it fails or warns.
  ///   - unanswerable: one that cannot look; nil where looking cannot fail.
  package func check(passing: any PreflightCheck, failing: any PreflightCheck, unanswerable: (any PreflightCheck)?) {
    let good = passing.run(context)
    #expect(good.verdict == .pass, "\(good.found)")
    #expect(!good.found.isEmpty, "a verdict says what was found")
    let bad = failing.run(context)
    #expect(bad.verdict == .fail || bad.verdict == .warn, "\(bad.found)")
    #expect(bad.hint != nil, "what is not as it should be has a hint")
    guard let unanswerable else { return }
    let unknown = unanswerable.run(context)
    #expect(unknown.verdict == .error, "a look that failed is an error and no verdict: \(unknown.found)")
    #expect(unknown.hint != nil)
  }
}
