import ConfigDocument

extension TransformerDraft {
  /// The operation that makes one value of another: one of form where there is one, else a table of the one pair.
  mutating func addChange(from old: Value, to new: Value, at path: [DraftToken]) {
    let address = Self.address(path)
    switch (old, new) {
    case (_, .array(let items)) where items == [old]: add("wrap", ["path": address, "as": "list"])
    case (.array(let items), _) where items == [new]: add("unwrap", ["path": address, "as": "list"])
    case (.array(let before), .array(let after)): addListChange(before, after, address)
    case (.array(let items), .object(let object)):
      guard let key = items.pivotKey(to: object) else { return addTable(old, new, address) }
      add("pivot", ["path": address, "key": Self.scalar(key)])
    case (.object(let object), .array(let items)):
      guard let key = items.pivotKey(to: object) else { return addTable(old, new, address) }
      add("unpivot", ["path": address, "key": Self.scalar(key)])
    case (.string(let text), .array(let items)):
      guard text.commaParts == items else { return addTable(old, new, address) }
      add("split", ["path": address, "separator": "\",\"", "trim": "true"])
    case (.array(let items), .string(let text)):
      guard text.commaParts == items else { return addTable(old, new, address) }
      add("join", ["path": address, "separator": "\",\""])
    case (_, .object(let object)) where object.count == 1 && object.members[0].value == old:
      add("wrap", ["path": address, "as": "{key: \(Self.scalar(object.members[0].key))}"])
    case (.object(let object), _) where object.count == 1 && object.members[0].value == new:
      add("unwrap", ["path": address, "as": "{key: \(Self.scalar(object.members[0].key))}"])
    default:
      guard let fields = Self.conversion(from: old, to: new) else { return addTable(old, new, address) }
      lines.append(Line(operation: "convert: {path: \(address), \(fields)}", remark: nil))
    }
  }

  private mutating func addListChange(_ old: [Value], _ new: [Value], _ address: String) {
    var once: [Value] = []
    for item in old where !once.contains(item) { once.append(item) }
    let sorted = once.sorted { ($0.string ?? "").utf8.lexicographicallyPrecedes(($1.string ?? "").utf8) }
    if new == once || (new == sorted && old.allSatisfy { $0.string != nil }) {
      let dedupe = once.count < old.count ? ", dedupe: true" : ""
      let sort = new == once ? "" : ", sort: ascending"
      lines.append(Line(operation: "arrange: {path: \(address)\(dedupe)\(sort)}", remark: nil))
    } else if new.starts(with: old) {
      add("insert", ["into": address, "values": Self.value(.array(Array(new.dropFirst(old.count)))), "unique": "true"])
    } else if new == old.filter(new.contains) {
      let lost = once.filter { !new.contains($0) }
      add("discard", ["from": address, "values": Self.value(.array(lost))])
    } else {
      addTable(.array(old), .array(new), address)
    }
  }

  private mutating func addTable(_ old: Value, _ new: Value, _ address: String) {
    add(
      "map", ["path": address, "values": "[[\(Self.value(old)), \(Self.value(new))]]", "otherwise": "keep"],
      remark: "The pair shows one value only. What becomes of others?")
  }

  /// The fields of the `convert` that makes the one value of the other; nil where none does.
  private static func conversion(from old: Value, to new: Value) -> String? {
    func makes(_ conversion: ScalarConversion) -> Bool {
      if case .replace(let value) = conversion.apply(to: old) { value == new } else { false }
    }
    let forms: [ScalarForm] =
      switch new {
      case .string: [.string]
      case .number: [.integer, .number]
      case .bool: [.boolean]
      default: []
      }
    for form in forms {
      if makes(ScalarConversion(from: nil, to: form, unit: nil)) { return "to: \(form.rawValue)" }
    }
    let quantities: [(ScalarForm, Int128, [Quantity.Unit])] = [
      (.duration, 1000, Quantity.durationUnits), (.size, 1000, Quantity.sizeUnits(kilo: 1000)),
      (.size, 1024, Quantity.sizeUnits(kilo: 1024)),
    ]
    for (quantity, kilo, units) in quantities {
      let suffix = kilo == 1024 ? ", kilo: 1024" : ""
      for unit in units {
        if new.number != nil, makes(ScalarConversion(from: quantity, to: .integer, unit: unit, kilo: kilo)) {
          return "from: \(quantity.rawValue), to: integer, unit: \(unit.name)\(suffix)"
        }
        if old.number != nil, makes(ScalarConversion(from: nil, to: quantity, unit: unit, kilo: kilo)) {
          return "to: \(quantity.rawValue), unit: \(unit.name)\(suffix)"
        }
      }
    }
    return nil
  }
}

extension String {
  fileprivate var commaParts: [Value] {
    split(separator: ",", omittingEmptySubsequences: false).map { part in
      var part = part.drop { $0 == " " }
      while part.last == " " { part.removeLast() }
      return .string(String(part))
    }
  }
}

extension [Value] {
  /// The key of the items under whose values the object has the rest of each; nil where there is none.
  fileprivate func pivotKey(to object: Object) -> String? {
    guard let first = first?.object, count == object.count else { return nil }
    return first.keys.first { key in
      allSatisfy { item in
        guard var rest = item.object, let name = rest[key]?.string else { return false }
        rest[key] = nil
        return object[name] == .object(rest)
      }
    }
  }
}
