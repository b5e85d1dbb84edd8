package import ConfigDocument

/// One durable piece of an upgrade: it says what it would do, does it, proves it, and takes it back.
///
/// The engine calls the methods from one thread at a time, and in this order:
/// ``validate()``, ``plan(_:)``, ``check(_:)`` before a run; ``capture(_:)``, ``apply(_:_:)``, ``verify(_:)`` in a run;
/// ``probe(_:)`` when a run was cut off between the two records of a step, and before each further attempt;
/// ``undo(_:_:)`` on the way back. Steps of components that do not depend on each other run in threads of their own.
///
/// The promises that a conforming type makes, which `UpgradeStepContract` of TestSupport holds it to:
/// * ``validate()`` touches nothing outside the process; ``plan(_:)`` and ``check(_:)`` and ``probe(_:)`` change nothing.
/// * ``apply(_:_:)`` with the token of an attempt that came to its end changes nothing more.
/// * after ``apply(_:_:)``, ``probe(_:)`` says `applied`; after ``undo(_:_:)`` it says `notApplied`, unless the step is
///   additive or a pivot.
/// * ``undo(_:_:)`` can be called again after it was cut off, and where nothing was applied.
package protocol UpgradeStep: Sendable {
  /// What the step touches, and whether it can be taken back. Depends on the declaration alone.
  var traits: StepTraits { get }

  /// What is wrong with the declaration beyond what its schema says; empty where nothing is. No I/O.
  func validate() -> [Diagnostic]

  /// What the step would change and how long it takes. Reads this machine, asks no server, changes nothing.
  func plan(_ context: StepContext) throws(Diagnostic) -> StepForecast

  /// Asks the systems that the step will use whether it could run: reachable, permitted, large enough. Changes nothing.
  func check(_ context: StepContext) throws(Diagnostic) -> [Diagnostic]

  /// Bytes that its copies and backups will need, by the directory that will hold them. Asks the systems, changes nothing.
  func space(_ context: StepContext) throws(Diagnostic) -> [String: Int]

  /// Looks whether the step's effect is there. Changes nothing.
  func probe(_ context: StepContext) throws(Diagnostic) -> StepState

  /// The values that ``undo(_:_:)`` will need, read before anything changes. They are in the journal before
  /// ``apply(_:_:)`` begins, so no secret belongs among them; what is large belongs in a file of ``StepContext/store``.
  func capture(_ context: StepContext) throws(Diagnostic) -> Value

  /// Does it.
  /// - Returns: evidence for the journal and the report: what was found and done, in numbers and names.
  /// - Throws: why it failed. The engine then asks ``probe(_:)`` what state it left.
  func apply(_ token: StepToken, _ context: StepContext) throws(Diagnostic) -> Value

  /// Looks from outside whether the step had its effect. Changes nothing.
  /// - Throws: what is not as it should be; the step counts as failed then, and is undone.
  func verify(_ context: StepContext) throws(Diagnostic)

  /// Takes it back by what was captured before it.
  /// - Returns: evidence, as ``apply(_:_:)`` gives.
  func undo(_ captured: Value, _ context: StepContext) throws(Diagnostic) -> Value

  /// Tries the step on a scratch copy, with its way back.
  /// - Returns: what was seen; nil where the step has no rehearsal.
  func rehearse(_ context: StepContext) throws(Diagnostic) -> Value?

  /// What a person does to take the step back where ``undo(_:_:)`` failed: one sentence each.
  func manualUndo(_ captured: Value) -> [String]
}

extension UpgradeStep {
  package func validate() -> [Diagnostic] { [] }
  package func check(_ context: StepContext) throws(Diagnostic) -> [Diagnostic] { [] }
  package func space(_ context: StepContext) throws(Diagnostic) -> [String: Int] { [:] }
  package func capture(_ context: StepContext) throws(Diagnostic) -> Value { .null }
  package func verify(_ context: StepContext) throws(Diagnostic) {}
  package func rehearse(_ context: StepContext) throws(Diagnostic) -> Value? { nil }
  package func manualUndo(_ captured: Value) -> [String] { [] }
}
