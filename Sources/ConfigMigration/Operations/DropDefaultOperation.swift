package import ConfigDocument

/// `drop_default`: removes what only repeats the default of the new version.
package struct DropDefaultOperation: OperationBody {
  package var path: AddressPattern
  package var value: Value

  package var sources: [AddressPattern] { [path] }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    path = try fields.address("path")
    value = try fields.value("value")
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    try set.change(path, .entry, as: Work(operation, in: scope)) { set, unit, match throws(Diagnostic) in
      let document = set.document(of: unit)
      guard document.value(of: match.node) == value else {
        try set.strand(match, created: value, in: unit)
        return
      }
      // In an overlay it may stand against another value of the base.
      if !set.units[unit].isBase, !set.units[unit].isStandalone, !match.isInList,
        set.isPresent(match.pointer, in: set.baseUnits)
      {
        return
      }
      try set.remove(match.node, in: unit)
    }
  }
}
