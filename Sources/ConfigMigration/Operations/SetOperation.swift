package import ConfigDocument

/// `set`: makes a place hold a value, whatever stood there.
package struct SetOperation: OperationBody {
  package var path: AddressPattern
  package var source: ValueSource
  package var creation: CreationFields

  package var sources: [AddressPattern] { [path] }

  package init(path: AddressPattern, source: ValueSource, creation: CreationFields = CreationFields()) {
    self.path = path
    self.source = source
    self.creation = creation
  }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    path = try fields.creatingAddress("path")
    source = try ValueSource(reading: &fields, for: path)
    creation = try CreationFields(reading: &fields)
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    let work = Work(operation, in: scope)
    var count = 0
    for stage in set.stages(work) {
      // What is created must not be found again as something to replace.
      let sites = try set.creationSites(for: path, as: work, in: stage)
      for unit in set.selectedUnits(work, for: path, in: stage) {
        for match in try set.matches(of: path, .value, in: unit, as: work).reversed() {
          count += 1
          try replace(match, in: unit, of: &set, stage: stage, scope: scope)
        }
      }
      for site in sites {
        guard
          let value = source.value(
            in: set, stage: stage, unit: site.unit, captures: site.captures, scope: scope)
        else { continue }
        count += 1
        try set.create(
          value, at: site, beside: creation.neighbours, comment: creation.comment.map(site.captures.fill))
      }
    }
    return count
  }

  private func replace(
    _ match: AddressMatch, in unit: Int, of set: inout WorkingSet, stage: Stage, scope: Scope
  ) throws(Diagnostic) {
    guard
      let value = source.value(in: set, stage: stage, unit: unit, captures: match.captures, scope: scope),
      set.value(of: match.node, in: unit) != value
    else { return }
    try set.edit(unit: unit) { document throws(Diagnostic) in try document.set(match.node, to: value) }
  }
}
