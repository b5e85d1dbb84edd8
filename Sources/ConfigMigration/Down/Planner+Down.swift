import ConfigDocument
import ConfigSchema

extension Planner {
  /// Plans the way of a set down.
  func plan(
    down way: MigrationWay, _ set: ConfigurationSet, at detected: SetVersion, records: [RecordedRun],
    choice: ConflictChoice?
  ) throws(Diagnostic) -> Plan {
    try runtime.prepare(way.transformers)
    var descent = Descent(self, way, from: set, records: records, choice: choice)
    try descent.run()
    var validation = Plan.Validation()
    if let found = try validate(set, at: detected.version, severity: .warning) {
      validation.hasSourceSchema = true
      validation.source = found
    }
    var result = try ConfigurationSet(product: set.product, files: descent.files.map { ($0.key, $0.value) })
    // A set that does not say its version is told it by the way alone.
    let reached = registry.product.versions.places.isEmpty ? way.goal : try result.version().version
    var excesses: [Plan.Excess] = []
    if !descent.isRecorded, let older = try? schema(for: reached) {
      let removal = ExcessRemoval(
        product: set.product, schema: older, newer: (set, try? schema(for: detected.version)))
      let kept = descent.files
      excesses = try removal.remove(from: &descent.files)
      descent.journey.settle(
        from: try LeafJourney.Forms(kept, of: set.product), to: try LeafJourney.Forms(descent.files, of: set.product),
        by: AuthorRecord(
          author: EditAuthor(rawValue: 0), transformer: "\(detected.version) → \(reached)", operation: "excess",
          place: nil))
      result = try ConfigurationSet(product: set.product, files: descent.files.map { ($0.key, $0.value) })
    }
    if let found = try validate(result, at: reached, severity: .error) {
      validation.hasTargetSchema = true
      validation.target = found
    }
    let ledgers = descent.journey.ledgers(in: try LeafJourney.Forms(descent.files, of: set.product))
    var files: [Plan.PlannedFile] = []
    for file in set.files {
      guard let new = descent.files.removeValue(forKey: file.path) else {
        files.append(Plan.PlannedFile(path: file.path, layer: file.layer, from: file.bytes, to: nil, author: nil))
        continue
      }
      files.append(
        Plan.PlannedFile(
          path: file.path, layer: file.layer, old: file.bytes, rendering: Rendering(from: file.bytes, to: new)))
    }
    for file in result.files {
      guard let new = descent.files[file.path] else { continue }
      files.append(Plan.PlannedFile(path: file.path, layer: file.layer, from: nil, to: new, author: nil))
    }
    for index in files.indices {
      guard let old = files[index].oldPath else { continue }
      files[index].ledger = ledgers[old] ?? LeafLedger()
    }
    let steps = way.transformers.map { transformer in
      Plan.Step(
        id: transformer.id, from: transformer.to.label, to: transformer.from.label, summary: transformer.summary,
        file: transformer.file, canonicalForm: transformer.canonicalForm, operations: [])
    }
    var plan = Plan(
      product: set.product.name, from: detected.version.label, to: reached.label, steps: steps, files: files, notes: [],
      warnings: detected.findings + descent.findings, validation: validation,
      authors: descent.journey.authors)
    plan.isDown = true
    plan.losses = descent.gaps
    plan.excesses = excesses
    plan.conflicts = descent.conflicts
    plan.preference = choice
    return plan
  }
}
