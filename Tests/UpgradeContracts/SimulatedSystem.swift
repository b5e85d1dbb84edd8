package import ConfigDocument
import ConfigMigration
import Synchronization
package import UpgradePipeline

/// A system that exists in memory: named values, which steps set and put back. It outlives the engines that work on it, as
/// a server outlives a client that was killed.
package final class SimulatedSystem: Sendable {
  private struct State {
    var values: [String: String] = [:]
    /// Everything that was done, in order.
    var log: [String] = []
    /// Names whose next changes fail, and how often.
    var faults: [String: Int] = [:]
    /// Names whose changes stop half way, once.
    var halves: Set<String> = []
    /// Names that cannot be read before they are changed.
    var unreadable: Set<String> = []
    /// Names that stay as they are when they are put back.
    var stuck: Set<String> = []
  }

  private let state = Mutex(State())

  package init() {}

  package var values: [String: String] { state.withLock { $0.values } }
  package var log: [String] { state.withLock { $0.log } }

  package subscript(name: String) -> String? {
    get { state.withLock { $0.values[name] } }
    set { state.withLock { $0.values[name] = newValue } }
  }

  /// The next changes of this name fail.
  package func fail(_ name: String, times: Int = .max) { state.withLock { $0.faults[name] = times } }

  /// The next change of this name leaves half of it.
  package func leaveHalf(of name: String) { state.withLock { _ = $0.halves.insert(name) } }

  /// Reading it before a change fails.
  package func hide(_ name: String) { state.withLock { _ = $0.unreadable.insert(name) } }

  /// Putting it back ends well and does nothing, until ``release(_:)``.
  package func stick(_ name: String) { state.withLock { _ = $0.stuck.insert(name) } }
  package func release(_ name: String) { state.withLock { _ = $0.stuck.remove(name) } }

  func isUnreadable(_ name: String) -> Bool { state.withLock { $0.unreadable.contains(name) } }
  func isStuck(_ name: String) -> Bool { state.withLock { $0.stuck.contains(name) } }

  func change(_ name: String, to value: String?, for reason: String) throws(Diagnostic) {
    let failure = state.withLock { state -> Diagnostic? in
      state.log.append(reason)
      if let left = state.faults[name], left > 0 {
        state.faults[name] = left - 1
        return Diagnostic("simulated-fault", "\(name) cannot be changed", hint: "Nothing: a test wants it")
      }
      if state.halves.remove(name) != nil {
        state.values[name] = "half"
        return Diagnostic("simulated-fault", "\(name) was changed by half")
      }
      state.values[name] = value
      return nil
    }
    if let failure { throw failure }
  }
}

/// A step of a test's spec: `set: {name: schema, value: 2}`, on a ``SimulatedSystem``.
package struct SimulatedStep: UpgradeStep {
  package var name: String
  package var value: String
  package var system: SimulatedSystem
  package var traits: StepTraits
  /// Whether a half of it can be completed by doing it again.
  package var isCompletable = false
  /// Called in the middle of `apply`.
  package var meanwhile: @Sendable (StepContext) throws(Diagnostic) -> Void = { _ in }
  /// Called in the middle of `undo`.
  package var meanwhileUndoing: @Sendable (StepContext) throws(Diagnostic) -> Void = { _ in }

  package init(name: String, value: String, system: SimulatedSystem, traits: StepTraits) {
    self.name = name
    self.value = value
    self.system = system
    self.traits = traits
  }

  package func plan(_ context: StepContext) throws(Diagnostic) -> StepForecast {
    StepForecast(
      changes: ["\(name) becomes \(value)"], estimate: TimeEstimate(minimum: 1_000, likely: 2_000, maximum: 4_000),
      fingerprint: system["script of \(name)"])
  }

  package func space(_ context: StepContext) throws(Diagnostic) -> [String: Int] {
    system["space"].map { [$0: (Int(system["bytes"] ?? "") ?? 0) / 8] } ?? [:]
  }

  package func probe(_ context: StepContext) throws(Diagnostic) -> StepState {
    switch system[name] {
    case value: .applied
    case "half": .partial(evidence: "half of \(name)", isCompletable: isCompletable)
    case "unknowable": .unknown(reason: "nobody can see \(name)")
    default: .notApplied
    }
  }

  package func capture(_ context: StepContext) throws(Diagnostic) -> Value {
    if system.isUnreadable(name) { throw Diagnostic("simulated-fault", "\(name) cannot be read") }
    return system[name].map { .string($0) } ?? .null
  }

  package func apply(_ token: StepToken, _ context: StepContext) throws(Diagnostic) -> Value {
    try meanwhile(context)
    if system[name] != value { try system.change(name, to: value, for: "apply \(context.id)") }
    return ["value": .string(value)]
  }

  package func verify(_ context: StepContext) throws(Diagnostic) {
    guard system[name] == value else { throw Diagnostic("simulated-fault", "\(name) is not \(value)") }
  }

  package func undo(_ captured: Value, _ context: StepContext) throws(Diagnostic) -> Value {
    try meanwhileUndoing(context)
    if system.isStuck(name) { return .null }
    if system[name] != captured.string { try system.change(name, to: captured.string, for: "undo \(context.id)") }
    return .null
  }

  package func manualUndo(_ captured: Value) -> [String] { ["Set \(name) to \(captured.string ?? "nothing")"] }
}

extension UpgradeCatalog {
  /// Specs of tests: steps `set: {name: …, value: …, effects: […], way-back: …, lock: …}`, gates and checks
  /// `expect: {name: …, value: …}`, channels `note: NAME`, which write into the system.
  package static func simulated(
    _ system: SimulatedSystem, meanwhile: @escaping @Sendable (StepContext) throws(Diagnostic) -> Void = { _ in },
    meanwhileUndoing: @escaping @Sendable (StepContext) throws(Diagnostic) -> Void = { _ in }
  ) -> UpgradeCatalog {
    var catalog = UpgradeCatalog()
    catalog.add(step: "run") { (declaration) throws(Diagnostic) -> any UpgradeStep in
      var step = try SimulatedStep(declaration, system, meanwhile)
      step.meanwhileUndoing = meanwhileUndoing
      return step
    }
    catalog.add(gate: "run") { (declaration) throws(Diagnostic) -> any Gate in
      SimulatedGate(words: try declaration.document.requireTexts(declaration.node, field: "run"), system: system)
    }
    catalog.add(channel: "run") { (declaration) throws(Diagnostic) -> any NotificationChannel in
      SimulatedChannel(
        name: try declaration.document.requireTexts(declaration.node, field: "run").joined(separator: " "),
        system: system)
    }
    return catalog
  }
}

extension SimulatedStep {
  init(
    _ declaration: Declaration, _ system: SimulatedSystem,
    _ meanwhile: @escaping @Sendable (StepContext) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    var fields = try declaration.fields()
    let words = try fields.command("apply")
    let reversibility: Reversibility =
      switch try fields.optionalText("way-back") ?? "exact" {
      case "exact": .reversible
      case "compensates": .compensable
      case "stays": .additive
      default: .pivot
      }
    var effects: Set<StepEffect> = []
    for name in try fields.texts("effects") { effects.insert(StepEffect(rawValue: name) ?? .deployment) }
    let traits = StepTraits(
      effects: effects.isEmpty ? [.deployment] : effects, reversibility: reversibility,
      locks: Set(try fields.texts("locks")))
    self.init(name: words[0], value: words.count > 1 ? words[1] : "2", system: system, traits: traits)
    isCompletable = try fields.flag("repeatable")
    self.meanwhile = meanwhile
    try fields.finish()
  }
}

/// Passes where a value of the system is as wanted, fails where it is another, and cannot tell where there is none.
package struct SimulatedGate: Gate {
  package var words: [String]
  package var system: SimulatedSystem

  package func sample(_ context: StepContext) -> GateSample {
    let found = system[words[0]]
    return GateSample(
      found == nil ? .inconclusive : found == words.last ? .pass : .fail, "\(words[0]) is \(found ?? "missing")")
  }
}

package struct SimulatedChannel: NotificationChannel {
  package var name: String
  package var system: SimulatedSystem

  package func deliver(_ notice: Notice, _ context: StepContext) throws(Diagnostic) {
    try system.change(name, to: notice.event.rawValue, for: "tell \(notice.event.rawValue)")
  }
}
