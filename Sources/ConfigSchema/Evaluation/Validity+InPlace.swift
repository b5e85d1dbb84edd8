import ConfigDocument

extension Validity {
  mutating func inPlaceHolds(_ checks: Int, _ index: Int, _ frame: Int) -> Bool {
    let place = program.inPlace.baseAddress! + checks
    if place.pointee.hasEnumeration, !isAllowed(place, index) { return false }
    if place.pointee.constant >= 0, !isConstant(Int(place.pointee.constant), index) { return false }
    if place.pointee.reference >= 0, !accepts(place.pointee.reference, index, frame: frame) { return false }
    if place.pointee.dynamicFallback >= 0, !accepts(dynamicTarget(place.pointee), index, frame: frame) { return false }
    for branch in place.pointee.allOf.indices where !accepts(program.lists[branch], index, frame: frame) {
      return false
    }
    if place.pointee.anyOf.count > 0, !anyHolds(place.pointee.anyOf, index, frame) { return false }
    if place.pointee.oneOf.count > 0, !oneHolds(place.pointee.oneOf, index, frame) { return false }
    if place.pointee.not >= 0, accepts(place.pointee.not, index) { return false }
    return place.pointee.condition < 0 || conditionHolds(place.pointee, index, frame)
  }

  private mutating func conditionHolds(_ checks: InPlace, _ index: Int, _ frame: Int) -> Bool {
    let branch = acceptsOrUnmarks(checks.condition, index, frame) ? checks.consequence : checks.alternative
    return branch < 0 || accepts(branch, index, frame: frame)
  }

  /// Whether the enumeration has the value.
  private func isAllowed(_ checks: UnsafePointer<InPlace>, _ index: Int) -> Bool {
    let choices = checks.pointee.choices
    guard choices.count > 0 else { return isOneOf(checks.pointee.enumeration, index) }
    let node = node(index)
    guard node.kind == .string else {
      return !checks.pointee.otherKinds.isDisjoint(with: TypeSet(node.kind))
        && isOneOf(checks.pointee.enumeration, index)
    }
    let value = bytes(node.text)
    let hash = KeyHash.hash(value)
    let mask = Int(choices.count) - 1
    var place = Int(hash) & mask
    while true {
      let number = program.choices[Int(choices.start) + place]
      if number < 0 { return false }
      let key = program.constantKeys[Int(number)]
      if key.hash == hash, isText(key.text, value) { return true }
      place = (place + 1) & mask
    }
  }

  func isOneOf(_ run: Run, _ index: Int) -> Bool {
    for number in run.indices where isConstant(number, index) { return true }
    return false
  }

  func isConstant(_ number: Int, _ index: Int) -> Bool {
    let key = program.constantKeys[number]
    let node = node(index)
    guard node.kind == key.kind else { return false }
    switch node.kind {
    case .null: return true
    case .bool: return node.isTrue == key.isTrue
    case .string: return isText(key.text, bytes(node.text))
    case .number where isText(key.text, bytes(node.text)): return true
    case .number, .array, .object:
      let constant = program.constants[number]
      return tree.equal(max(index, ~index), node, program.documents[Int(constant.document)], Int(constant.node))
    }
  }

  /// The outermost resource entered that has the anchor decides.
  func dynamicTarget(_ checks: InPlace) -> Int32 {
    guard checks.dynamicAnchor >= 0 else { return checks.dynamicFallback }
    for resource in scope {
      if let target = program.dynamicTargets[DynamicTarget(resource: resource, anchor: checks.dynamicAnchor)] {
        return target
      }
    }
    return checks.dynamicFallback
  }

  private mutating func anyHolds(_ run: Run, _ index: Int, _ frame: Int) -> Bool {
    var found = false
    let keys = keys(of: index)
    for branch in run.indices where mayHold(program.lists[branch], index, keys) {
      guard acceptsOrUnmarks(program.lists[branch], index, frame) else { continue }
      // Every branch that holds marks what it evaluates.
      if frame < 0 { return true }
      found = true
    }
    return found
  }

  private mutating func oneHolds(_ run: Run, _ index: Int, _ frame: Int) -> Bool {
    var found = 0
    let keys = keys(of: index)
    for branch in run.indices where mayHold(program.lists[branch], index, keys) {
      guard acceptsOrUnmarks(program.lists[branch], index, frame) else { continue }
      found += 1
      if found > 1 { return false }
    }
    return found == 1
  }

  /// The keys of the object, for a look at which forms it can have.
  private func keys(of index: Int) -> KeySet {
    var keys = KeySet()
    guard index >= 0, nodes[index].kind == .object else { return keys }
    var child = index + 1
    for _ in 0..<Int(nodes[index].count) {
      keys.insert(hash: nodes[child].keyHash)
      child = Int(nodes[child].end)
    }
    return keys
  }

  /// Whether the form is worth asking: by the type, and by the keys that it demands and allows.
  private func mayHold(_ branch: Int32, _ index: Int, _ keys: KeySet) -> Bool {
    let record = subschemas + Int(branch)
    let kind = index >= 0 ? nodes[index].kind : .string
    if record.pointee.types.isDisjoint(with: TypeSet(kind)) { return false }
    guard kind == .object, record.pointee.object >= 0 else { return true }
    let checks = program.objects.baseAddress! + Int(record.pointee.object)
    return checks.pointee.requiredKeys.mayBeWithin(keys) && keys.mayBeWithin(checks.pointee.allowedKeys)
  }
}
