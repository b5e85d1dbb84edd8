public import ConfigDocument

/// One difference between two schemas, at a place in the documents that they describe.
public struct SchemaChange: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// The new schema speaks of a key of which the old one did not.
    case added(isRequired: Bool)
    case removed
    /// A key is gone and another one has come beside it that says the same.
    case renamed(to: String)
    case required
    case optional
    /// The types that are allowed, in the words of JSON Schema; empty for any.
    case types(old: [String], new: [String])
    /// Values of an enumeration.
    case values(added: [Value], removed: [Value])
    /// What holds where the key is absent: documents that rely on it mean something else now.
    case defaultValue(old: Value?, new: Value?)
    case deprecated
  }

  /// The keys from the root, `*` for any key or item.
  public var path: [String]
  public var kind: Kind

  public init(path: [String], kind: Kind) {
    self.path = path
    self.kind = kind
  }
}

extension SchemaChange {
  static func changes(from old: SchemaOutline, to new: SchemaOutline) -> [SchemaChange] {
    var found: [SchemaChange] = []
    var gone: [SchemaOutline.Entry] = []
    for entry in old.entries where new[entry.path] == nil { gone.append(entry) }
    var come = new.entries.filter { old[$0.path] == nil }
    for entry in gone where !isBelowAnother(entry, gone) {
      if let index = come.firstIndex(where: { isRenaming(entry, $0, old: old, new: new) }) {
        found.append(SchemaChange(path: names(entry.path), kind: .renamed(to: names(come[index].path).last ?? "")))
        let path = come[index].path
        come.removeAll { $0.path.starts(with: path) }
      } else {
        found.append(SchemaChange(path: names(entry.path), kind: .removed))
      }
    }
    for entry in come where !isBelowAnother(entry, come) {
      found.append(SchemaChange(path: names(entry.path), kind: .added(isRequired: entry.isRequired)))
    }
    for entry in old.entries {
      guard let twin = new[entry.path] else { continue }
      found += changes(entry, twin)
    }
    return found
  }

  private static func names(_ path: [SchemaOutline.Token]) -> [String] {
    path.map {
      switch $0 {
      case .key(let key): key
      case .any: "*"
      }
    }
  }

  private static func isBelowAnother(_ entry: SchemaOutline.Entry, _ entries: [SchemaOutline.Entry]) -> Bool {
    entries.contains { $0.path.count < entry.path.count && entry.path.starts(with: $0.path) }
  }

  /// Beside each other, of the same types, with the same values and keys, and of a similar name.
  private static func isRenaming(
    _ entry: SchemaOutline.Entry, _ other: SchemaOutline.Entry, old: SchemaOutline, new: SchemaOutline
  ) -> Bool {
    guard entry.path.count == other.path.count, entry.path.dropLast() == other.path.dropLast(),
      case .key(let name) = entry.path.last, case .key(let twin) = other.path.last,
      entry.typeNames == other.typeNames, entry.choices == other.choices,
      SpellingSuggestion.closest(to: name, among: [twin]) != nil
    else { return false }
    let keys = { (outline: SchemaOutline, path: [SchemaOutline.Token]) in
      Set(
        outline.entries.filter { $0.path.count > path.count && $0.path.starts(with: path) }.map {
          Array($0.path.dropFirst(path.count))
        })
    }
    return keys(old, entry.path) == keys(new, other.path)
  }

  private static func changes(_ old: SchemaOutline.Entry, _ new: SchemaOutline.Entry) -> [SchemaChange] {
    var kinds: [Kind] = []
    if old.isRequired != new.isRequired { kinds.append(new.isRequired ? .required : .optional) }
    if Set(old.typeNames) != Set(new.typeNames) { kinds.append(.types(old: old.typeNames, new: new.typeNames)) }
    if let before = old.choices, let after = new.choices, before != after {
      let added = after.filter { !before.contains($0) }
      let removed = before.filter { !after.contains($0) }
      if !added.isEmpty || !removed.isEmpty { kinds.append(.values(added: added, removed: removed)) }
    }
    if old.defaultValue != new.defaultValue {
      kinds.append(.defaultValue(old: old.defaultValue, new: new.defaultValue))
    }
    if new.isDeprecated && !old.isDeprecated { kinds.append(.deprecated) }
    return kinds.map { SchemaChange(path: names(old.path), kind: $0) }
  }
}
