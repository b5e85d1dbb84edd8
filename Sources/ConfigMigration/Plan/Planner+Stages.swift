import ConfigDocument
import ConfigSchema

/// What of a plan does not need the other: a schema judges a set, while the set is migrated or rendered.
extension Planner {
  /// Runs as much of the chain as can be run part by part, while the schema judges the set as it is.
  func begun(
    _ chain: [Transformer], on set: WorkingSet, judgedBy schema: Schema?
  ) throws(Diagnostic) -> (set: WorkingSet, steps: [Plan.Step], violations: [Diagnostic]) {
    let (violations, ran) = try runtime.work.both(
      { () throws(Diagnostic) -> [Diagnostic] in
        guard let schema else { return [] }
        return try set.violations(of: schema, severity: .warning)
      },
      { () throws(Diagnostic) -> (set: WorkingSet, steps: [Plan.Step]) in
        var working = set
        let steps = working.runPartByPart(chain)
        return (working, steps ?? [])
      })
    return (ran.set, ran.steps, violations)
  }

  /// Renders the migrated set and follows its leaves, while the schema of the version judges it.
  ///
  /// - Returns: the files; the schema and what it finds, where there is one.
  func finished(
    _ working: WorkingSet, from set: ConfigurationSet, judgedFor version: Version?
  ) throws(Diagnostic) -> (files: [Plan.PlannedFile], target: (schema: Schema, violations: [Diagnostic])?) {
    try runtime.work.both(
      { () throws(Diagnostic) -> [Plan.PlannedFile] in
        var files = try working.rendered(from: set)
        try working.followLeaves(of: set, in: &files)
        return files
      },
      { () throws(Diagnostic) -> (schema: Schema, violations: [Diagnostic])? in
        guard let version, let schema = try self.schema(for: version) else { return nil }
        return (schema, try working.violations(of: schema, severity: .error))
      })
  }
}
