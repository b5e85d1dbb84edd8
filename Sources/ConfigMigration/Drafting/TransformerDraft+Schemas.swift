import ConfigDocument
public import ConfigSchema

extension TransformerDraft {
  /// What differs between the schemas of two versions: places that are gone, new, moved or renamed, defaults, types and
  /// choices that changed. Complexity: O(places gone × places new).
  public init(from old: Schema, to new: Schema) {
    let (old, new) = (old.outline, new.outline)
    let gone = old.entries.filter { $0.path.isTopmost(missingIn: new) && !$0.path.isReshaped(from: old, to: new) }
    let came = new.entries.filter { $0.path.isTopmost(missingIn: old) && !$0.path.isReshaped(from: old, to: new) }
    let pairs = DraftPairing.pairs(gone: gone.count, new: came.count) { index, other in
      Self.likeness(gone[index], in: old, came[other], in: new)
    }
    for (index, entry) in gone.enumerated() {
      if let pair = pairs.first(where: { $0.gone == index }) {
        let target = came[pair.new]
        addMove(entry.path.draft, target.path.draft)
        addChanges(of: entry, to: target, at: target.path.draft)
      } else {
        add(
          "remove", ["path": Self.address(entry.path.draft)],
          remark: "The new schema does not have it. Is its value needed elsewhere?")
      }
    }
    for entry in old.entries {
      if let other = new[entry.path] { addChanges(of: entry, to: other, at: entry.path.draft) }
    }
    for (index, entry) in came.enumerated() where entry.isRequired && !pairs.contains(where: { $0.new == index }) {
      add(
        "default",
        ["path": Self.address(entry.path.draft), "value": entry.defaultValue.map(Self.value) ?? "TODO"],
        remark: "Required now.")
    }
  }

  private static func likeness(
    _ old: SchemaOutline.Entry, in oldOutline: SchemaOutline, _ new: SchemaOutline.Entry, in newOutline: SchemaOutline
  ) -> Int {
    var score = DraftPairing.likeness(old.path.draft, new.path.draft)
    if score == 0 { return 0 }
    if old.typeNames == new.typeNames { score += 1 } else { score -= 1 }
    if let value = old.defaultValue, value == new.defaultValue { score += 2 }
    if let summary = old.summary, summary == new.summary { score += 3 }
    if let choices = old.choices, choices == new.choices { score += 2 }
    let members = Set(oldOutline.members(of: old.path))
    let shared = members.intersection(newOutline.members(of: new.path))
    if !members.isEmpty { score += shared.count * 2 >= members.count ? 2 : -2 }
    return score
  }

  private mutating func addChanges(
    of old: SchemaOutline.Entry, to new: SchemaOutline.Entry, at path: [DraftToken]
  ) {
    let address = Self.address(path)
    let scalars: Set<String> = ["string", "integer", "number", "boolean"]
    if old.typeNames.count == 1, new.typeNames.count == 1, let before = old.typeNames.first,
      let after = new.typeNames.first, before != after
    {
      switch (before, after) {
      case ("integer", "number"): break
      case (_, "array") where before != "object": add("wrap", ["path": address, "as": "list"])
      case (_, "object") where scalars.contains(before):
        add(
          "wrap", ["path": address, "as": "{key: TODO}"], remark: "A mapping now. Under which key does the value go on?"
        )
      case ("array", "object"): add("pivot", ["path": address, "key": "TODO"], remark: "A mapping now, and no list.")
      case ("object", "array"): add("unpivot", ["path": address, "key": "TODO"], remark: "A list now, and no mapping.")
      case ("array", _): add("join", ["path": address, "separator": "\",\""], remark: "No list any more.")
      case _ where scalars.contains(before) && scalars.contains(after):
        add(
          "convert", ["path": address, "to": after],
          remark: "Was of the type \(before). A duration or size needs a `unit`.")
      default: break
      }
    }
    if let before = old.choices, let after = new.choices {
      let lost = before.filter { !after.contains($0) }
      if !lost.isEmpty {
        let rows = lost.map { "[\(Self.value($0)), TODO]" }.joined(separator: ", ")
        add(
          "map", ["path": address, "values": "[\(rows)]", "otherwise": "keep"],
          remark: "Allowed now: \(after.map(\.plainText).joined(separator: ", ")).")
      }
    }
    if let before = old.defaultValue, let after = new.defaultValue, before != after, old.typeNames == new.typeNames {
      add(
        "pin_default", ["path": address, "value": Self.value(before)],
        remark: "The default is \(Self.value(after)) now; this keeps the old behaviour.")
    }
    if new.isRequired, !old.isRequired, let value = new.defaultValue ?? old.defaultValue {
      add("default", ["path": address, "value": Self.value(value)], remark: "Required now.")
    }
  }
}

extension SchemaOutline {
  fileprivate func members(of path: [Token]) -> [Token] {
    entries.filter { $0.path.count == path.count + 1 && $0.path.starts(with: path) }.compactMap(\.path.last)
  }
}

extension [SchemaOutline.Token] {
  /// Whether the other outline does not have it, but has its parent: what is below goes with it.
  fileprivate func isTopmost(missingIn other: SchemaOutline) -> Bool {
    !isEmpty && other[self] == nil && other[Array(dropLast())] != nil && last != .any
  }

  /// Whether a container above is a list in the one outline and a mapping in the other: reshaping it brings the members.
  fileprivate func isReshaped(from old: SchemaOutline, to new: SchemaOutline) -> Bool {
    (0..<count).contains { length in
      let above = Array(prefix(length))
      guard let before = old[above]?.typeNames, let after = new[above]?.typeNames else { return false }
      return before != after && (before == ["array"] || after == ["array"])
    }
  }

  fileprivate var draft: [DraftToken] {
    map { token in
      switch token {
      case .key(let key): .key(key)
      case .any: .any
      }
    }
  }
}
