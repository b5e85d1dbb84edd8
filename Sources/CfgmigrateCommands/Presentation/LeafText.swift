internal import ConfigDocument
internal import ConfigMigration

/// What becomes of the values of a set, as a person reads it.
struct LeafText {
  let plan: Plan

  /// All of them in numbers; nil where nothing was followed.
  var sum: String? {
    let ledger = plan.ledger
    guard !plan.steps.isEmpty, ledger.count > 0 else { return nil }
    let fates = LeafLedger.Fate.allCases.map { ($0, ledger.count($0)) }.filter { $0.1 > 0 }
    let others = fates.map { "\($0.1) \($0.0.rawValue)" }
    return "\(Counted.of(ledger.count, "value")): " + (["\(ledger.kept) kept"] + others).joined(separator: ", ") + "."
  }

  /// Each that does not stay where it is, with the operation that did it.
  func show(_ terminal: inout Terminal) {
    let authors = Dictionary(plan.authors.map { ($0.author, $0) }) { first, _ in first }
    terminal.heading("Values")
    var columns = Columns()
    for leaf in plan.ledger.leaves {
      let by = authors[leaf.author]
      let place = by?.place.map { " (\($0.file):\($0.line))" } ?? ""
      columns.add(
        "\(leaf.place.file):\(leaf.place.line)", "\(leaf.pointer)", leaf.fate.rawValue,
        "\(by?.operation ?? "") of \(by?.transformer ?? "")\(place)")
    }
    for line in columns.lines() { terminal.print(line) }
  }
}
