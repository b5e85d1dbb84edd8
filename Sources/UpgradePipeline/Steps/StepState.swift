/// What a look at a step's effect found.
package enum StepState: Hashable, Sendable {
  case applied
  case notApplied
  /// Some of it is there. The engine stops and asks, unless the step says that applying again completes it.
  case partial(evidence: String, isCompletable: Bool = false)
  /// The look could not tell. The engine stops and asks.
  case unknown(reason: String)
}

/// Names one attempt of one step in one run. A system that takes idempotency keys is given ``text``.
package struct StepToken: Hashable, Sendable {
  package let text: String

  package init(run: String, step: String) { text = "\(run)/\(step)" }
}

extension StepState: CustomStringConvertible {
  package var description: String {
    switch self {
    case .applied: "applied"
    case .notApplied: "not applied"
    case .partial(let evidence, _): "partly applied: \(evidence)"
    case .unknown(let reason): "not known: \(reason)"
    }
  }
}
