package import ConfigDocument
internal import ConfigStore

/// Asks the checks of a spec, and every step whether it could run.
package struct PreflightRun {
  private let spec: UpgradeSpec
  private let surroundings: UpgradeEngine.Surroundings

  package init(_ spec: UpgradeSpec, _ surroundings: UpgradeEngine.Surroundings) {
    self.spec = spec
    self.surroundings = surroundings
  }

  /// Changes nothing. The checks come in the order of the components that need them, then the steps in theirs; where a
  /// component has a failure, what is looked at for those behind it is skipped: it would fail for the same reason.
  package func report() throws(Diagnostic) -> PreflightReport {
    let scratch = try OpenDirectory(spec.directory, in: surroundings.fileSystem)
    var entries: [PreflightReport.Entry] = []
    var failed: Set<String> = []
    for check in spec.checks {
      let begin = surroundings.environment.now()
      var result: PreflightResult
      if let blocked = predecessors(of: check.component).first(where: { failed.contains($0) }) {
        result = PreflightResult(.skip, found: "`\(blocked)` comes first, and is not as it should be")
      } else {
        result = check.check.run(context(check.id, scratch))
        if check.isAdvice, result.verdict == .fail { result.verdict = .warn }
      }
      if let component = check.component, result.verdict == .fail || result.verdict == .error {
        failed.insert(component)
      }
      entries.append(
        .init(
          id: check.id, component: check.component, result: hiding(result),
          milliseconds: surroundings.environment.now().milliseconds(since: begin)))
    }
    var soFar = SoFar()
    for step in spec.steps { entries.append(entry(of: step, scratch, &soFar)) }
    if let entry = space(soFar.wanted) { entries.append(entry) }
    return PreflightReport(entries: entries)
  }

  /// Whether there is room for the copies and backups of all steps together; nil where none needs any.
  private func space(_ wanted: WantedSpace) -> PreflightReport.Entry? {
    guard !wanted.isEmpty else { return nil }
    let begin = surroundings.environment.now()
    let result = wanted.judge()
    return .init(
      id: "space", component: nil, result: result,
      milliseconds: surroundings.environment.now().milliseconds(since: begin))
  }

  /// What the looks at the steps have found together.
  private struct SoFar {
    /// Whether every step was found applied; then one more that is tells that the upgrade was done or begun before. A step
    /// that undoes an earlier one (`fill` after `drain`) is applied from the first, and that is no sign.
    var isDone = true
    var wanted = WantedSpace()
  }

  private func entry(
    of step: DeclaredStep, _ scratch: OpenDirectory, _ soFar: inout SoFar
  ) -> PreflightReport.Entry {
    let begin = surroundings.environment.now()
    let context = context(step.id, scratch)
    let result: PreflightResult
    do throws(Diagnostic) {
      let findings = try step.step.check(context)
      let forecast = try step.step.plan(context)
      for (directory, bytes) in try step.step.space(context) { soFar.wanted.add(bytes, in: directory) }
      let state = try step.step.probe(context)
      if case .applied = state {} else { soFar.isDone = false }
      if let first = findings.first(where: { $0.severity == .error }) ?? findings.first {
        result = PreflightResult(
          first.severity == .error ? .fail : .warn, found: first.message, hint: first.hint ?? "Repair it first")
      } else {
        result = Self.judge(state, forecast, soFar.isDone)
      }
    } catch {
      result = PreflightResult(.error, found: error.message, hint: error.hint ?? "Repair it first")
    }
    return .init(
      id: "step.\(step.id)", component: step.component, result: hiding(result),
      milliseconds: surroundings.environment.now().milliseconds(since: begin))
  }

  private static func judge(
    _ state: StepState, _ forecast: StepForecast, _ isDoneSoFar: Bool
  ) -> PreflightResult {
    switch state {
    case .applied where isDoneSoFar:
      PreflightResult(.warn, found: "it is applied already", hint: "Look whether this upgrade was done before")
    case .partial(let evidence, isCompletable: false):
      PreflightResult(
        .fail, found: "a part of it is there: \(evidence)", hint: "Finish it or take it back by hand first")
    case .unknown(let reason): PreflightResult(.pass, found: "it can run (\(reason))")
    case .applied, .notApplied, .partial:
      PreflightResult(.pass, found: forecast.changes.isEmpty ? "it can run" : forecast.changes.joined(separator: "; "))
    }
  }

  private func predecessors(of component: String?) -> Set<String> {
    var found: Set<String> = []
    var open = component.map { [$0] } ?? []
    while let name = open.popLast() {
      for before in spec.components.first(where: { $0.id == name })?.after ?? [] where found.insert(before).inserted {
        open.append(before)
      }
    }
    return found
  }

  private func hiding(_ result: PreflightResult) -> PreflightResult {
    var shown = result
    shown.found = surroundings.secrets.hiding(result.found)
    return shown
  }

  private func context(_ id: String, _ scratch: OpenDirectory) -> StepContext {
    StepContext(
      upgrade: spec.identity, id: id, directory: spec.directory,
      store: StepStore(
        in: scratch,
        [.upgradeState, FileName(known: spec.identity.name), FileName(known: "check"), FileName(known: id)]),
      environment: surroundings.environment, programs: surroundings.programs, secrets: surroundings.secrets)
  }
}
