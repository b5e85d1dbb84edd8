package import ConfigDocument
internal import ConfigStore

/// Tries the steps of a spec on scratch copies. Nothing that is in use is changed.
package struct Rehearsal {
  private let spec: UpgradeSpec
  private let surroundings: UpgradeEngine.Surroundings

  package init(_ spec: UpgradeSpec, _ surroundings: UpgradeEngine.Surroundings) {
    self.spec = spec
    self.surroundings = surroundings
  }

  package struct StepResult: Sendable {
    package var step: String
    /// What was seen; nil where the step has no rehearsal, or failed in it.
    package var seen: Value?
    package var failure: Diagnostic?
    package var milliseconds: Int

    /// `rehearsed`, `no rehearsal` or `FAILED`.
    package var word: String { failure != nil ? "FAILED" : seen == nil ? "no rehearsal" : "rehearsed" }

    package var json: Value {
      var object = Object()
      object["id"] = .string(step)
      object["result"] = .string(word)
      object["seen"] = seen
      object["failure"] = failure.map { .string($0.message) }
      object["milliseconds"] = .number(Number(milliseconds))
      return .object(object)
    }
  }

  /// Every step is tried, also behind one that failed: they are independent of each other here.
  package func run() throws(Diagnostic) -> [StepResult] {
    let state = try UpgradeState(
      completing: try OpenDirectory(surroundings.stateDirectory ?? spec.directory, in: surroundings.fileSystem),
      upgrade: spec.identity.name)
    var out: [StepResult] = []
    for step in spec.steps {
      let begin = surroundings.environment.now()
      var result = StepResult(step: step.id, milliseconds: 0)
      let context = StepContext(
        upgrade: spec.identity, id: step.id, directory: spec.directory,
        store: StepStore(in: state.root, [FileName(known: "rehearsal"), FileName(known: step.id)]),
        environment: surroundings.environment, programs: surroundings.programs, secrets: surroundings.secrets)
      do throws(Diagnostic) {
        result.seen = try step.step.rehearse(context).map { surroundings.secrets.hiding($0) }
      } catch {
        result.failure = surroundings.secrets.hiding(error)
      }
      result.milliseconds = surroundings.environment.now().milliseconds(since: begin)
      out.append(result)
    }
    return out
  }
}
