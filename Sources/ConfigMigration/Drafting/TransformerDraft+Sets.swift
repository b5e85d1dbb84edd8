package import ConfigDocument

extension TransformerDraft {
  /// What differs between a set before and after, in the base: entries that are gone, new, moved or renamed, and values
  /// that changed, with the operation that makes the one of the other where it is one of form.
  /// Complexity: O(entries gone × entries new × their size).
  /// - Parameter secrets: are written as their tags; a transformer is no place for them.
  public init(before: ConfigurationSet, after: ConfigurationSet, hiding secrets: SetSecrets? = nil) {
    func base(of set: ConfigurationSet) -> Value {
      let set = WorkingSet(set)
      let value = set.value(at: Pointer(), in: set.baseUnits) ?? .null
      return secrets?.hidden(value) ?? value
    }
    let versions = before.product.versions.places.compactMap { $0.isLiteral ? $0.literalPrefix.tokens : nil }
    self.init(before: base(of: before), after: base(of: after), ignoring: versions)
    hidesSecrets = lines.contains { secrets?.holdsTag($0.operation) == true }
  }

  /// - Parameter ignored: places that are written by other means, such as the version.
  package init(before: Value, after: Value, ignoring ignored: [[String]] = []) {
    var difference = ValueDifference(ignored: ignored)
    difference.compare(before, after, at: [])
    let (gone, came) = (difference.gone, difference.came)
    let pairs = DraftPairing.pairs(gone: gone.count, new: came.count) { index, other in
      let likeness = DraftPairing.likeness(gone[index].path, came[other].path)
      guard gone[index].value == came[other].value else { return likeness >= 5 ? 5 : 0 }
      return likeness + (gone[index].value.isTelling ? 5 : 3)
    }
    for (index, place) in gone.enumerated() {
      if let pair = pairs.first(where: { $0.gone == index }) {
        let target = came[pair.new]
        addMove(place.path, target.path)
        if target.value != place.value { addChange(from: place.value, to: target.value, at: target.path) }
      } else {
        add("remove", ["path": Self.address(place.path), "restore": Self.value(place.value)])
      }
    }
    for change in difference.changed { addChange(from: change.old, to: change.new, at: change.path) }
    for (index, place) in came.enumerated() where !pairs.contains(where: { $0.new == index }) {
      add("default", ["path": Self.address(place.path), "value": Self.value(place.value)])
    }
  }
}

/// What differs between two values, topmost first.
private struct ValueDifference {
  struct Place {
    var path: [DraftToken]
    var value: Value
  }

  let ignored: [[String]]
  var gone: [Place] = []
  var came: [Place] = []
  var changed: [(path: [DraftToken], old: Value, new: Value)] = []

  init(ignored: [[String]]) { self.ignored = ignored }

  mutating func compare(_ old: Value, _ new: Value, at path: [String]) {
    if old == new || ignored.contains(path) { return }
    let tokens = path.map(DraftToken.key)
    guard case .object(let before) = old, case .object(let after) = new else {
      changed.append((tokens, old, new))
      return
    }
    for (key, value) in before.members {
      if let other = after[key] {
        compare(value, other, at: path + [key])
      } else if !ignored.contains(path + [key]) {
        gone.append(Place(path: tokens + [.key(key)], value: value))
      }
    }
    for (key, value) in after.members where before[key] == nil && !ignored.contains(path + [key]) {
      came.append(Place(path: tokens + [.key(key)], value: value))
    }
  }
}

extension Value {
  /// Whether two equal values of this kind are hardly equal by chance.
  fileprivate var isTelling: Bool {
    switch self {
    case .null, .bool: false
    case .number(let number): number.int.map { abs($0) > 10 } ?? true
    case .string(let text): text.utf8.count > 3
    case .array(let items): !items.isEmpty
    case .object(let object): !object.isEmpty
    }
  }
}
