package import ConfigDocument
internal import ConfigStore

extension UpgradeSpec {
  /// A procedure as an upgrade of its own, with its own runs and its own lock: it can be done while the upgrade runs.
  ///
  /// - Throws: `unknown-emergency` where the spec has none of this name: nothing is done then.
  package func emergency(_ name: String) throws(Diagnostic) -> (spec: UpgradeSpec, goesOn: Bool) {
    guard let procedure = emergencies.first(where: { $0.id == name }) else {
      throw Diagnostic(
        .unknownEmergency, "\(file) has no emergency procedure `\(name)`; nothing was done",
        hint: SpellingSuggestion.didYouMean(name, among: emergencies.map(\.id))
          ?? (emergencies.isEmpty
            ? "It has none" : "It has \(emergencies.map { "`\($0.id)`" }.joined(separator: ", "))"))
    }
    var spec = self
    spec.identity.name = "\(identity.name).\(procedure.id)"
    spec.title = "\(title), emergency procedure \(procedure.title)"
    // One after the other, as they are written.
    spec.steps = procedure.steps.enumerated().map { index, step in
      var step = step
      step.after = procedure.steps[..<index].map(\.id)
      return step
    }
    (spec.components, spec.checks, spec.watches, spec.emergencies) = ([], [], [], [])
    (spec.window, spec.rollsBack) = (nil, false)
    // What is to be looked at behind the upgrade says nothing of this.
    (spec.validations, spec.resources) = ([], [])
    return (spec, procedure.goesOn)
  }
}

extension UpgradeEngine {
  /// Begins a procedure, or goes on with it where it was cut off. One that failed in part is ended as it is, and done anew.
  package func beginOrResume() throws(Diagnostic) -> RunEnding {
    guard let last = try state.newest(), !last.isEnded else { return try begin() }
    if last.phase == .running { return try resume() }
    try abandon(reason: "begun anew")
    return try begin()
  }
}

extension Diagnostic.Code {
  /// An emergency procedure that the spec does not have.
  package static let unknownEmergency: Self = "unknown-emergency"
}
