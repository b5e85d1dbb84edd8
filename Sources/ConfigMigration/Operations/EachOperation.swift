package import ConfigDocument

/// `each`: runs operations once for every match, with addresses relative to it.
package struct EachOperation: OperationBody {
  /// Worked one after the other: a root and what repeats its shape further down.
  package var addresses: [AddressPattern]
  package var operations: [Operation]

  package var sources: [AddressPattern] { addresses }
  package var inner: [Operation] { operations }

  package init(addresses: [AddressPattern], operations: [Operation]) {
    self.addresses = addresses
    self.operations = operations
  }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    let node = try fields.required("in")
    let document = fields.document
    addresses = []
    for item in document.kind(of: document.resolved(node)) == .sequence ? try fields.list("in") : [node] {
      addresses.append(try document.requireAddress(item, field: "in"))
    }
    guard let first = addresses.first else {
      throw Diagnostic(
        .badValue, "`in` is empty and names no place", at: document.place(of: node), hint: "write an address")
    }
    if let other = addresses.firstIndex(where: { $0.captureNames != first.captureNames }) {
      throw Diagnostic(
        .badAddress, "`\(addresses[other])` has other captures than `\(first)`", at: document.place(of: node),
        hint: "the operations in `do` need the same ones wherever they work")
    }
    var surroundings = fields.surroundings
    surroundings.captures += first.captureNames
    surroundings.isRelative = true
    operations = try Operation.list(
      try fields.required("do"), of: fields.document, field: "do", within: surroundings)
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    var count = 0
    for address in addresses { count += try run(address, as: operation, on: &set, in: scope) }
    return count
  }

  private func run(
    _ address: AddressPattern, as operation: Operation, on set: inout WorkingSet, in scope: Scope
  ) throws(Diagnostic) -> Int {
    let items = try items(address, Work(operation, in: scope), of: &set)
    let outer = set.eachItems
    set.eachItems = items.map(\.pointer)
    for item in items.reversed() {
      var inner = scope
      inner.prefix = item.pointer
      inner.captures = item.captures
      inner.isInList = scope.isInList || item.isInList
      inner.units = item.units
      inner.readers = set.readers(item.units, below: item.pointer)
      inner.createsInBase = scope.createsInBase && item.units.contains { set.units[$0].isBase }
      inner.layers = operation.modifiers.layers ?? scope.layers
      try set.run(operations, in: inner)
    }
    set.eachItems = outer
    return items.count
  }

  private struct Item {
    var pointer: Pointer
    var captures: Captures
    var isInList: Bool
    var units: [Int]
  }

  /// The matches of all layers: a place of mappings is one item in all of them, an item of a list is one of its layer.
  private func items(
    _ address: AddressPattern, _ work: Work, of set: inout WorkingSet
  ) throws(Diagnostic) -> [Item] {
    var items: [Item] = []
    var known: [Pointer: Int] = [:]
    for unit in set.selectedUnits(work, for: address) {
      let captures = set.fileCaptures(address, unit: unit, work.scope.captures)
      for match in set.found(address.within(work.scope.prefix), in: unit, captures) {
        if match.isMerged { continue }
        let subject = set.subject(work, unit: unit, captures: match.captures)
        guard try set.takesBranch(work, asking: subject) else { continue }
        let isInList = match.isInList || work.scope.isInList || set.units[unit].isStandalone
        if !isInList, let index = known[match.pointer] {
          items[index].units.append(unit)
        } else {
          if !isInList { known[match.pointer] = items.count }
          items.append(Item(pointer: match.pointer, captures: match.captures, isInList: isInList, units: [unit]))
        }
      }
    }
    return items
  }
}
