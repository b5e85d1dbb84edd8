package import ConfigDocument

/// A group: operations under one condition, which is asked once in each document before the first of them runs.
package struct GroupOperation: OperationBody {
  package var operations: [Operation]

  package var sources: [AddressPattern] { [] }
  package var inner: [Operation] { operations }

  package init(operations: [Operation]) { self.operations = operations }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    operations = try Operation.list(
      try fields.required("operations"), of: fields.document, field: "operations", within: fields.surroundings)
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    let work = Work(operation, in: scope)
    var inner = scope
    inner.layers = operation.modifiers.layers ?? scope.layers
    var count = 0
    if work.isConditional {
      inner.units = []
      for unit in scope.units
      where try set.takesBranch(work, asking: set.subject(work, unit: unit, captures: scope.captures)) {
        inner.units.append(unit)
      }
      count = inner.units.count
      // What is created goes into the base, and the base is one configuration with its fragments.
      if inner.createsInBase {
        inner.createsInBase = try set.takesBranch(work, asking: set.baseSubject(work, captures: scope.captures))
      }
    }
    guard inner.createsInBase || !inner.units.isEmpty else { return 0 }
    try set.run(operations, in: inner)
    return count
  }
}
