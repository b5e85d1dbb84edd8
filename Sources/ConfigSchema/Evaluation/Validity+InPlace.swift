import ConfigDocument
import PatternMatching

extension Validity {
  mutating func inPlaceHolds(_ checks: Int32, _ index: Int, _ frame: Int) -> Bool {
    let place = program.inPlace.baseAddress! + Int(checks)
    if place.pointee.hasEnumeration, !isAllowed(place, index) { return false }
    if place.pointee.constant >= 0, !isConstant(Int(place.pointee.constant), index) { return false }
    if place.pointee.reference >= 0, !accepts(place.pointee.reference, index, frame: frame) { return false }
    if place.pointee.dynamicFallback >= 0, !accepts(dynamicTarget(place.pointee), index, frame: frame) { return false }
    for branch in place.pointee.allOf.indices where !accepts(program.lists[branch], index, frame: frame) {
      return false
    }
    if place.pointee.anyOf.count > 0, !anyHolds(place, index, frame) { return false }
    if place.pointee.oneOf.count > 0, !oneHolds(place, index, frame) { return false }
    if place.pointee.not >= 0, accepts(place.pointee.not, index) { return false }
    return place.pointee.condition < 0 || conditionHolds(place, index, frame)
  }

  private mutating func conditionHolds(_ place: UnsafePointer<InPlace>, _ index: Int, _ frame: Int) -> Bool {
    let holds = acceptsOrUnmarks(place.pointee.condition, index, frame)
    let branch = holds ? place.pointee.consequence : place.pointee.alternative
    return branch < 0 || accepts(branch, index, frame: frame)
  }

  /// Whether the enumeration has the value.
  private func isAllowed(_ checks: UnsafePointer<InPlace>, _ index: Int) -> Bool {
    let choices = checks.pointee.choices
    guard choices.count > 0 else { return isOneOf(checks.pointee.enumeration, index) }
    let kind = kind(index)
    guard kind == .string else {
      return !checks.pointee.otherKinds.isDisjoint(with: TypeSet(kind))
        && isOneOf(checks.pointee.enumeration, index)
    }
    let value = bytes(textRange(index))
    let hash = KeyHash.hash(value)
    let mask = Int(choices.count) - 1
    var place = Int(hash) & mask
    while true {
      let number = program.choices[Int(choices.start) + place]
      if number < 0 { return false }
      let key = program.constantKeys.baseAddress! + Int(number)
      if key.pointee.hash == hash, isText(key.pointee.text, value) { return true }
      place = (place + 1) & mask
    }
  }

  func isOneOf(_ run: Run, _ index: Int) -> Bool {
    for number in run.indices where isConstant(number, index) { return true }
    return false
  }

  func isConstant(_ number: Int, _ index: Int) -> Bool {
    let key = program.constantKeys.baseAddress! + number
    let kind = kind(index)
    guard kind == key.pointee.kind else { return false }
    switch kind {
    case .null: return true
    case .bool: return nodes[index].isTrue == key.pointee.isTrue
    case .string: return isText(key.pointee.text, bytes(textRange(index)))
    case .number where isText(key.pointee.text, bytes(nodes[index].text)): return true
    case .number, .array, .object:
      let constant = program.constants[number]
      return memory.equal(index, TreeMemory(program.documents[Int(constant.document)]), Int(constant.node))
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

  private mutating func anyHolds(_ place: UnsafePointer<InPlace>, _ index: Int, _ frame: Int) -> Bool {
    var found = false
    let glance = glance(at: index, keys: place.pointee.looksAtKeys)
    for branch in place.pointee.anyOf.indices where mayHold(program.lists[branch], glance) {
      guard acceptsOrUnmarks(program.lists[branch], index, frame) else { continue }
      // Every branch that holds marks what it evaluates.
      if frame < 0 { return true }
      found = true
    }
    return found
  }

  private mutating func oneHolds(_ place: UnsafePointer<InPlace>, _ index: Int, _ frame: Int) -> Bool {
    var found = 0
    let glance = glance(at: index, keys: place.pointee.looksAtKeys)
    for branch in place.pointee.oneOf.indices where mayHold(program.lists[branch], glance) {
      guard acceptsOrUnmarks(program.lists[branch], index, frame) else { continue }
      found += 1
      if found > 1 { return false }
    }
    return found == 1
  }

  /// What is seen of the node at a glance.
  @inline(__always)
  private func glance(at index: Int, keys looksAtKeys: Bool) -> Glance {
    let kind = kind(index)
    var glance = Glance(kind: kind)
    if kind == .string {
      glance.start = TextStart(bytes(textRange(index)))
    } else if kind == .object, looksAtKeys {
      var child = index + 1
      for _ in 0..<Int(nodes[index].count) {
        glance.keys.insert(hash: nodes[child].keyHash)
        child = Int(nodes[child].end)
      }
    }
    return glance
  }

  /// Whether the form is worth asking: by the type, by the keys that it demands and allows, by how its strings begin.
  @inline(__always)
  private func mayHold(_ branch: Int32, _ glance: Glance) -> Bool {
    let record = program.judged.baseAddress! + Int(branch)
    if record.pointee.types.isDisjoint(with: TypeSet(glance.kind)) { return false }
    switch glance.kind {
    case .object where record.pointee.object >= 0:
      let checks = program.objects.baseAddress! + Int(record.pointee.object)
      return checks.pointee.requiredKeys.mayBeWithin(glance.keys)
        && glance.keys.mayBeWithin(checks.pointee.allowedKeys)
    case .string where record.pointee.string >= 0:
      let checks = program.strings.baseAddress! + Int(record.pointee.string)
      return checks.pointee.beginning.isAt(glance.start)
    default: return true
    }
  }
}

/// What is seen of a node without going into it: enough to know of most forms that they do not fit.
private struct Glance {
  var kind: ValueTree.Kind
  /// The keys of an object.
  var keys = KeySet()
  /// How a string begins.
  var start = TextStart.none
}
