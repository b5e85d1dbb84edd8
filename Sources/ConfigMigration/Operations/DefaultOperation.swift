package import ConfigDocument

/// `default`: makes a place hold a value where nothing stands there.
package struct DefaultOperation: OperationBody {
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
      for site in try set.creationSites(for: path, as: work, in: stage) {
        // An alias elsewhere may have brought it in the meantime.
        guard site.mapping != nil || !set.isPresent(site.pointer, in: [site.unit]),
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
}

/// `pin_default`: writes the old schema's default where the set relied on it.
package struct PinDefaultOperation: OperationBody {
  package var creation: DefaultOperation

  package var sources: [AddressPattern] { creation.sources }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    let path = try fields.creatingAddress("path")
    let value = try fields.value("value")
    creation = DefaultOperation(
      path: path, source: .value(value), creation: try CreationFields(reading: &fields))
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    try creation.run(as: operation, on: &set, in: scope)
  }
}
