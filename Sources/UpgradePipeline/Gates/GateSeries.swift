/// The answers of a gate so far, and what they mean together.
package struct GateSeries: Sendable {
  package private(set) var passed = 0
  package private(set) var failed = 0
  package private(set) var inconclusive = 0
  package private(set) var inconclusiveInARow = 0
  package private(set) var last: GateSample?
  private let gate: DeclaredGate

  package init(of gate: DeclaredGate) { self.gate = gate }

  package mutating func add(_ sample: GateSample) {
    last = sample
    switch sample.verdict {
    case .pass: passed += 1
    case .fail: failed += 1
    case .inconclusive: inconclusive += 1
    }
    inconclusiveInARow = sample.verdict == .inconclusive ? inconclusiveInARow + 1 : 0
  }

  /// The verdict; nil while more answers are wanted.
  ///
  /// A gate fails as soon as more answers are bad than may be. It passes when it has all its answers, of which enough tell
  /// something. It is inconclusive when too many in a row tell nothing, or time is over.
  ///
  /// - Parameter isOpen: whether it goes on for as long as a step runs, so that no number of answers ends it.
  package func verdict(isOutOfTime: Bool, isOpen: Bool = false) -> GateSample.Verdict? {
    if failed > gate.failureLimit { return .fail }
    if inconclusiveInARow > gate.errorLimit { return .inconclusive }
    if isOpen { return nil }
    if passed + failed >= gate.minSamples, passed + failed + inconclusive >= gate.count { return .pass }
    return isOutOfTime ? .inconclusive : nil
  }

  /// How the answers were, for a message.
  package var summary: String {
    var parts = ["\(passed) good"]
    if failed > 0 { parts.append("\(failed) bad") }
    if inconclusive > 0 { parts.append("\(inconclusive) without a verdict") }
    return parts.joined(separator: ", ") + (last.map { "; the last one: \($0.evidence)" } ?? "")
  }
}
