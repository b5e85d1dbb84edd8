/// Puts together what two sides made of a value.
struct ValueMerging {
  let side: MergeSide
  let document: Int
  private(set) var conflicts: [MergeConflict] = []

  init(side: MergeSide, document: Int) {
    self.side = side
    self.document = document
  }

  /// The merged value; nil stands for nothing there, on either side and in the result.
  mutating func merged(base: Value?, ours: Value?, theirs: Value?, at pointer: Pointer) -> Value? {
    if ours == theirs { return theirs }
    if ours == base { return theirs }
    if theirs == base { return ours }
    switch (base, ours, theirs) {
    case (_, .object(let ours)?, .object(let theirs)?):
      let base = if case .object(let object)? = base { object } else { Object() }
      return .object(merged(base: base, ours: ours, theirs: theirs, at: pointer))
    case (.array(let base)?, .array(let ours)?, .array(let theirs)?):
      if let items = merged(base: base, ours: ours, theirs: theirs, at: pointer) { return .array(items) }
    default:
      if let value = Self.respelled(ours, from: base, as: theirs) { return value }
    }
    conflicts.append(
      MergeConflict(document: document, pointer: pointer, base: base, ours: ours, theirs: theirs))
    return side == .ours ? ours : theirs
  }

  /// What we made of a scalar, in the type that they gave it: where `8080` became a text on one side, `9090` does on the other.
  private static func respelled(_ ours: Value?, from base: Value?, as theirs: Value?) -> Value? {
    guard let ours, let base, let theirs else { return nil }
    switch (base, ours, theirs) {
    case (.string(let text), .string(let other), .number(let number)):
      guard text == number.spelling, let value = Number(other) else { return nil }
      return .number(value)
    case (.number(let number), .number(let other), .string(let text)):
      return text == number.spelling ? .string(other.spelling) : nil
    default: return nil
    }
  }

  /// Key by key, in their order; what only we have comes last.
  private mutating func merged(base: Object, ours: Object, theirs: Object, at pointer: Pointer) -> Object {
    var members: [(key: String, value: Value)] = []
    let keys = theirs.members.map(\.key) + ours.members.map(\.key).filter { theirs[$0] == nil }
    for key in keys {
      if let value = merged(base: base[key], ours: ours[key], theirs: theirs[key], at: pointer.appending(key)) {
        members.append((key, value))
      }
    }
    return Object(members)
  }

  /// - Returns: nil where the lists cannot be put together.
  private mutating func merged(
    base: [Value], ours: [Value], theirs: [Value], at pointer: Pointer
  ) -> [Value]? {
    if base.count == ours.count, base.count == theirs.count {
      return base.indices.compactMap { index in
        merged(base: base[index], ours: ours[index], theirs: theirs[index], at: pointer.appending(index))
      }
    }
    let merge = SequenceMerge(base: base, ours: ours, theirs: theirs)
    return merge.hasConflicts ? nil : merge.elements { _, _, _ in [] }
  }
}
