package import ConfigDocument

/// `prune`: removes mappings and lists which the operations of this transformer have emptied.
package struct PruneOperation: OperationBody {
  package var path: AddressPattern

  package var sources: [AddressPattern] { [path] }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    path = try fields.address("path")
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    try set.change(path, .entry, as: Work(operation, in: scope)) { set, unit, match throws(Diagnostic) in
      let document = set.document(of: unit)
      let isEmpty: Bool
      switch document.kind(of: match.node) {
      case .mapping: isEmpty = document.entries(of: match.node).isEmpty
      case .sequence: isEmpty = document.items(of: match.node).isEmpty
      case .scalar, .alias: isEmpty = false
      }
      // Somebody wrote what was empty from the start.
      let container = WorkingSet.FileNode(file: set.units[unit].file, node: match.node)
      guard isEmpty, set.emptied.contains(container) else { return }
      if match.node == set.units[unit].root {
        // A file goes only where the address names it, and only as a whole.
        if path.file != nil, document.roots.count == 1 { set.removeFile(set.units[unit].file) }
      } else {
        try set.remove(match.node, in: unit)
      }
    }
  }
}
