import ConfigDocument
import Testing
package import UpgradePipeline

/// The promises of ``UpgradeStep``, checked on a real step and the system that it works on.
///
/// ```swift
/// try UpgradeStepContract(step: step, context: context, fingerprint: { try contents(of: directory) }).check()
/// ```
package struct UpgradeStepContract {
  package var step: any UpgradeStep
  package var context: StepContext
  /// The state of the system as far as the step may change it: equal texts are equal states.
  package var fingerprint: () throws -> String

  package init(step: any UpgradeStep, context: StepContext, fingerprint: @escaping () throws -> String) {
    self.step = step
    self.context = context
    self.fingerprint = fingerprint
  }

  /// Takes the step there, and back where it has a way back.
  package func check() throws {
    let before = try fingerprint()
    #expect(step.validate().filter { $0.severity == .error } == [], "the declaration is valid")
    _ = try step.plan(context)
    _ = try step.check(context)
    #expect(try step.probe(context) == .notApplied, "nothing is applied before")
    let captured = try step.capture(context)
    #expect(try fingerprint() == before, "plan, check, probe and capture change nothing")

    // A journal keeps what was captured as JSON.
    let token = StepToken(run: context.upgrade.run, step: context.id)
    _ = try step.apply(token, context)
    #expect(try step.probe(context) == .applied, "probe sees what apply did")
    try step.verify(context)
    let after = try fingerprint()
    _ = try step.probe(context)
    #expect(try fingerprint() == after, "probe and verify change nothing")
    _ = try step.apply(token, context)
    #expect(try fingerprint() == after, "apply with the same token changes nothing more")

    switch step.traits.reversibility {
    case .pivot, .additive: return
    case .reversible, .compensable: break
    }
    _ = try step.undo(captured, context)
    #expect(try step.probe(context) == .notApplied, "nothing is applied after undo")
    if step.traits.reversibility == .reversible {
      #expect(try fingerprint() == before, "undo of a reversible step leaves everything as it was")
    }
    let undone = try fingerprint()
    _ = try step.undo(captured, context)
    #expect(try fingerprint() == undone, "undo can be called again")
  }
}
