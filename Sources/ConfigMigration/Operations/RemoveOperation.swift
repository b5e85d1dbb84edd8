package import ConfigDocument

/// `remove`: takes an entry or item away, with the comments that are its own.
package struct RemoveOperation: OperationBody {
  package var path: AddressPattern
  /// What the way back writes where nothing was recorded.
  package var restore: Value?

  package var sources: [AddressPattern] { [path] }

  package init(path: AddressPattern, restore: Value? = nil) {
    self.path = path
    self.restore = restore
  }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    path = try fields.address("path")
    restore = fields.optionalValue("restore")
    if path.tokens.isEmpty, !fields.surroundings.isRelative {
      throw Diagnostic(
        .badAddress, "the whole document cannot be removed",
        at: fields.document.place(of: try fields.required("path")))
    }
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    try set.change(path, .entry, as: Work(operation, in: scope)) { set, unit, match throws(Diagnostic) in
      guard match.node != set.units[unit].root else {
        throw set.failure(
          .conflict, "`\(match.pointer)` is the whole content of the file, which cannot be removed",
          at: set.place(of: match.node, in: unit), hint: "remove the file by hand")
      }
      try set.remove(match.node, in: unit)
    }
  }
}
