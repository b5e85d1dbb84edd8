package import ConfigDocument

/// `pivot`: makes a mapping of a list of mappings, by a key that names each.
package struct PivotOperation: OperationBody {
  package var path: AddressPattern
  package var key: String

  package var sources: [AddressPattern] { [path] }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    path = try fields.address("path")
    key = try fields.text("key")
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    try set.change(path, .value, as: Work(operation, in: scope)) { set, unit, match throws(Diagnostic) in
      let document = set.document(of: unit)
      guard document.kind(of: match.node) == .sequence else { return }
      let names = try names(of: match, in: unit, of: set)
      try set.expandAliases(document.items(of: match.node), in: unit)
      let (mapping, held) = try set.hollow(match.node, in: unit, replacement: .object(Object()))
      for ((_, item), name) in zip(held.contents, names) {
        try set.put(item, key: name, into: mapping, in: unit)
        if let nameNode = set.document(of: unit).child(key, of: item) {
          // The name is the entry's key now, and so its comment is the entry's.
          set.noteTaking(nameNode, in: unit)
          try set.edit(unit: unit) { document throws(Diagnostic) in
            try document.giveComments(of: nameNode, to: item)
            try document.remove(nameNode)
          }
        }
      }
      try set.finish(held, in: unit)
    }
  }

  /// The name of each item, all of them text and different.
  private func names(of match: AddressMatch, in unit: Int, of set: WorkingSet) throws(Diagnostic) -> [String] {
    let document = set.document(of: unit)
    var names: [String] = []
    for (index, item) in document.items(of: match.node).enumerated() {
      let resolved = document.resolved(item)
      let node = document.kind(of: resolved) == .mapping ? document.child(key, of: resolved) : nil
      guard let node, let name = document.text(of: document.resolved(node)),
        document.kind(of: document.resolved(node)) == .scalar
      else {
        throw set.failure(
          .valueRefused, "the item `\(match.pointer.appending(index))` has no `\(key)` to name it",
          at: document.place(of: item), hint: "give it a `\(key)`")
      }
      if let other = names.firstIndex(where: { $0.utf8.elementsEqual(name.utf8) }) {
        throw set.failure(
          .conflict, "two items of `\(match.pointer)` are named `\(name)`", at: document.place(of: node),
          hint: "rename one of them, or put them together",
          related: [
            Diagnostic.Related("the other one", at: document.place(of: document.items(of: match.node)[other]))
          ])
      }
      names.append(name)
    }
    return names
  }
}

/// `unpivot`: makes a list of a mapping of mappings; each item gets its key as its first entry.
package struct UnpivotOperation: OperationBody {
  package var path: AddressPattern
  package var key: String

  package var sources: [AddressPattern] { [path] }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    path = try fields.address("path")
    key = try fields.text("key")
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    try set.change(path, .value, as: Work(operation, in: scope)) { set, unit, match throws(Diagnostic) in
      let document = set.document(of: unit)
      guard document.kind(of: match.node) == .mapping else { return }
      for (keyNode, value) in document.entries(of: match.node) {
        let resolved = document.resolved(value)
        guard document.kind(of: resolved) == .mapping else {
          throw set.failure(
            .valueRefused, "`\(document.text(of: keyNode) ?? "")` is \(document.described(resolved)), not a mapping",
            at: document.place(of: value), hint: "only a mapping of mappings can become a list")
        }
        if let own = document.child(key, of: resolved) {
          throw set.failure(
            .conflict, "the entry has a `\(key)` of its own already", at: document.place(of: own))
        }
      }
      try set.expandAliases(document.entries(of: match.node).map(\.value), in: unit)
      let (list, held) = try set.hollow(match.node, in: unit, replacement: .array([]))
      for (name, item) in held.contents {
        try set.edit(unit: unit) { document throws(Diagnostic) in
          try document.insert(.string(name ?? ""), forKey: key, into: item, at: .first)
        }
        try set.put(item, key: nil, into: list, in: unit)
      }
      try set.finish(held, in: unit)
    }
  }
}

extension WorkingSet {
  /// Writes out the items that stand for something elsewhere: each is changed alone.
  fileprivate mutating func expandAliases(_ nodes: [NodeID], in unit: Int) throws(Diagnostic) {
    for node in nodes where document(of: unit).kind(of: node) == .alias {
      reportExpansion(of: node, in: unit)
      try edit(unit: unit) { document throws(Diagnostic) in try document.expand(node) }
    }
  }
}
