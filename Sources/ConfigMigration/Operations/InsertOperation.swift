package import ConfigDocument

/// `insert`: puts items into a list.
package struct InsertOperation: OperationBody {
  private enum Place: Sendable {
    case first, last
    case index(Int)
  }

  package var into: AddressPattern
  package var values: [Value]
  private var place: Place
  package var unique: Bool
  package var comment: String?

  package var sources: [AddressPattern] { [into] }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    into = try fields.creatingAddress("into")
    values = []
    for node in try fields.list("values") { values.append(fields.document.value(of: node)) }
    place = .last
    if let node = fields.optional("at") {
      switch fields.document.value(of: node) {
      case .string("first"): place = .first
      case .string("last"): place = .last
      case .number(let number) where (number.int ?? -1) >= 0: place = .index(number.int ?? 0)
      default: throw fields.document.wrongType(node, field: "at", wanted: "`first`, `last` or an index from 0")
      }
    }
    unique = try fields.flag("unique")
    comment = try fields.optionalText("comment")
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    let work = Work(operation, in: scope)
    var count = 0
    for stage in set.stages(work) {
      // Where lists are added up, one layer alone gets the items.
      let isOnce = set.product.lists == .append && stage != .base && work.layers == nil
      let sites = try set.creationSites(for: into, as: work, in: stage)
      if !isOnce {
        for unit in set.selectedUnits(work, for: into, in: stage) {
          for match in try set.matches(of: into, .value, in: unit, as: work).reversed() {
            count += 1
            try insert(into: match, in: unit, of: &set)
          }
        }
      }
      for site in sites {
        count += 1
        try set.create(
          .array(distinct(values, from: [])), at: site.pointer, in: site.unit, comment: comment.map(site.captures.fill))
      }
    }
    return count
  }

  private func distinct(_ values: [Value], from present: [Value]) -> [Value] {
    guard unique else { return values }
    var known = present
    var kept: [Value] = []
    for value in values where !known.contains(value) {
      known.append(value)
      kept.append(value)
    }
    return kept
  }

  private func insert(into match: AddressMatch, in unit: Int, of set: inout WorkingSet) throws(Diagnostic) {
    let document = set.document(of: unit)
    var list = match.node
    switch document.value(of: match.node) {
    case .null:
      let node = list
      list = try set.edit(unit: unit) { document throws(Diagnostic) in try document.set(node, to: .array([])) }
    case .array: break
    default:
      throw set.failure(
        .valueRefused, "`\(match.pointer)` is \(document.described(match.node)), and items go into a list",
        at: document.place(of: match.node), hint: "wrap it in a list first: `wrap: {path: …, as: list}`")
    }
    let items = set.document(of: unit).items(of: list)
    let new = distinct(values, from: items.map { document.value(of: $0) })
    var position: Position =
      switch place {
      case .last: .last
      case .first: .first
      case .index(let index): index < items.count ? .before(items[index]) : .last
      }
    for (number, value) in new.enumerated() {
      let (here, target) = (position, list)
      let text = number == 0 ? comment.map(match.captures.fill) : nil
      let inserted = try set.edit(unit: unit) { document throws(Diagnostic) in
        try document.insert(value, into: target, at: here, comment: text)
      }
      position = .after(inserted)
    }
  }
}
