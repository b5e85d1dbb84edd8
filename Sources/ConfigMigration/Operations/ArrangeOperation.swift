package import ConfigDocument

/// `arrange`: removes repeated items of a list, and puts the others in order.
package struct ArrangeOperation: OperationBody {
  private enum Order: String, CaseIterable, Sendable { case ascending, descending }

  package var path: AddressPattern
  package var dedupe: Bool
  private var order: Order?
  /// What to sort by, relative to an item.
  package var by: AddressPattern?

  package var sources: [AddressPattern] { [path] }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    path = try fields.address("path")
    dedupe = try fields.flag("dedupe")
    order = try fields.word("sort", Order.self)
    by = try fields.optionalAddress("by")
    guard dedupe || order != nil else {
      throw Diagnostic(
        .missingField, "`arrange` has neither `dedupe` nor `sort`, and so does nothing", at: fields.place,
        hint: "add `sort: ascending` or `dedupe: true`")
    }
    if let by, !by.isLiteral {
      throw Diagnostic(
        .badAddress, "`\(by)` names more than one value of an item",
        at: fields.document.place(of: try fields.required("by")))
    }
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    try set.change(path, .value, as: Work(operation, in: scope)) { set, unit, match throws(Diagnostic) in
      guard set.document(of: unit).kind(of: match.node) == .sequence else { return }
      if dedupe { try removeRepeated(of: match.node, in: unit, of: &set) }
      if let order { try sort(match, order, in: unit, of: &set) }
    }
  }

  private func removeRepeated(of list: NodeID, in unit: Int, of set: inout WorkingSet) throws(Diagnostic) {
    var seen: Set<Value> = []
    let document = set.document(of: unit)
    let repeated = document.items(of: list).filter { !seen.insert(document.value(of: $0)).inserted }
    for item in repeated.reversed() { try set.remove(item, in: unit) }
  }

  private func sort(
    _ match: AddressMatch, _ order: Order, in unit: Int, of set: inout WorkingSet
  ) throws(Diagnostic) {
    let items = set.document(of: unit).items(of: match.node)
    var keys: [SortKey] = []
    for (index, item) in items.enumerated() {
      let pointer = match.pointer.appending(index).appending(by?.literalPrefix ?? Pointer())
      let value = set.value(at: pointer, in: [unit])
      guard let value, let key = SortKey(value), keys.first.map({ $0.isNumber == key.isNumber }) ?? true else {
        throw set.failure(
          .valueRefused,
          "`\(match.pointer)` cannot be sorted: `\(pointer)` is neither a number like the others nor a text like them",
          at: set.place(of: item, in: unit), hint: "sort it by hand, or say `by` what")
      }
      keys.append(key)
    }
    let sorted = items.indices.sorted { a, b in
      if keys[a] == keys[b] { return a < b }
      return (keys[a] < keys[b]) == (order == .ascending)
    }
    // The longest run that is in order already stays, so that the diff shows only what moves.
    let staying = Set(Self.longestIncreasing(sorted))
    var previous: NodeID?
    for index in sorted {
      if !staying.contains(index) {
        let position = previous.map(Position.after) ?? .first
        try set.put(items[index], key: nil, into: match.node, in: unit, at: position)
      }
      previous = items[index]
    }
  }

  private struct SortKey: Comparable {
    var number: Number?
    var text: String
    var isNumber: Bool { number != nil }

    init?(_ value: Value) {
      switch value {
      case .number(let number): (self.number, text) = (number, "")
      case .string(let string): text = string
      default: return nil
      }
    }

    static func == (left: Self, right: Self) -> Bool {
      left.number == right.number && left.text.utf8.elementsEqual(right.text.utf8)
    }

    static func < (left: Self, right: Self) -> Bool {
      if let a = left.number, let b = right.number { return a < b }
      // UTF-8 orders as code points do.
      return left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
  }

  private static func longestIncreasing(_ values: [Int]) -> [Int] {
    var ends: [Int] = []
    var previous: [Int?] = Array(repeating: nil, count: values.count)
    for index in values.indices {
      let slot = ends.firstIndex { values[$0] >= values[index] } ?? ends.count
      previous[index] = slot > 0 ? ends[slot - 1] : nil
      if slot == ends.count { ends.append(index) } else { ends[slot] = index }
    }
    var run: [Int] = []
    var next = ends.last
    while let index = next {
      run.append(values[index])
      next = previous[index]
    }
    return run.reversed()
  }
}
