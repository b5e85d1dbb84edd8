import ConfigDocument
import Testing
package import UpgradePipeline

/// The promises of ``Gate``.
package struct GateContract {
  package var context: StepContext

  package init(context: StepContext) { self.context = context }

  /// - Parameters:
  ///   - passing: a gate whose question is answered well.
  ///   - failing: one whose question is answered badly.
  ///   - unanswerable: one that cannot ask: its program or server is not there.
  package func check(passing: any Gate, failing: any Gate, unanswerable: any Gate) {
    for (gate, verdict) in [(passing, GateSample.Verdict.pass), (failing, .fail), (unanswerable, .inconclusive)] {
      #expect(gate.validate().filter { $0.severity == .error } == [])
      let first = gate.sample(context)
      #expect(first.verdict == verdict, "\(first.evidence)")
      #expect(!first.evidence.isEmpty, "a verdict has evidence")
      #expect(gate.sample(context).verdict == verdict, "asking changes nothing")
    }
    let stopped = StopSignal()
    stopped.raise("a test")
    var context = context
    context.stop = stopped
    #expect(passing.sample(context).verdict != .fail, "a gate that was stopped does not fail")
  }
}
