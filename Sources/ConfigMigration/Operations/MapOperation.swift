package import ConfigDocument

/// `map`: replaces values by a table.
package struct MapOperation: OperationBody {
  package var path: AddressPattern
  package var table: [(old: Value, new: Value)]
  package var otherwise: Otherwise

  package var sources: [AddressPattern] { [path] }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    path = try fields.address("path")
    let node = try fields.required("values")
    table = try Self.table(node, of: fields.document)
    otherwise = try fields.word("otherwise", Otherwise.self) ?? .error
  }

  private static func table(
    _ node: NodeID, of document: Document
  ) throws(Diagnostic) -> [(old: Value, new: Value)] {
    var table: [(old: Value, new: Value)] = []
    let resolved = document.resolved(node)
    if document.kind(of: resolved) == .mapping {
      for (key, value) in document.entries(of: resolved) {
        table.append((.string(document.text(of: key) ?? ""), document.value(of: value)))
      }
      return table
    }
    guard document.kind(of: resolved) == .sequence else {
      throw document.wrongType(node, field: "values", wanted: "a mapping, or a list of pairs")
    }
    for item in document.items(of: resolved) {
      guard case .array(let pair) = document.value(of: item), pair.count == 2 else {
        throw Diagnostic(
          .badValue, "an entry of `values` is a pair of the old and the new value, not \(document.described(item))",
          at: document.place(of: item), hint: "write `[old, new]`")
      }
      if table.contains(where: { $0.old == pair[0] }) {
        throw Diagnostic(
          .badValue, "`\(pair[0])` stands twice among the old values", at: document.place(of: item))
      }
      table.append((pair[0], pair[1]))
    }
    return table
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    try set.changeValues(at: path, as: Work(operation, in: scope), keeping: strangeTypes) { value in
      if let row = table.first(where: { $0.old == value }) { return .replace(row.new) }
      switch otherwise {
      case .keep: return .keep
      case .drop: return .drop
      case .error:
        let known = table.map { "`\($0.old)`" }.joined(separator: ", ")
        return .refuse("the table of the operation does not have it", hint: "it has \(known)")
      }
    }
  }

  /// The types of scalars that stay, since the table has none of them.
  private var strangeTypes: ScalarTypes {
    guard otherwise == .keep else { return [] }
    return table.reduce(ScalarTypes.all) { $0.subtracting(ScalarTypes(of: $1.old)) }
  }
}
