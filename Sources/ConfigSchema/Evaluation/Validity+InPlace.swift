import ConfigDocument

extension Validity {
  mutating func inPlaceHolds(_ checks: Int, _ index: Int, _ frame: Int) -> Bool {
    let checks = program.inPlace[checks]
    if checks.hasEnumeration, !isOneOf(checks.enumeration, index) { return false }
    if checks.constant >= 0, !isConstant(Int(checks.constant), index) { return false }
    if checks.reference >= 0, !accepts(checks.reference, index, frame: frame) { return false }
    if checks.dynamicFallback >= 0, !accepts(dynamicTarget(checks), index, frame: frame) { return false }
    for branch in checks.allOf.indices where !accepts(program.lists[branch], index, frame: frame) { return false }
    if checks.anyOf.count > 0, !anyHolds(checks.anyOf, index, frame) { return false }
    if checks.oneOf.count > 0, !oneHolds(checks.oneOf, index, frame) { return false }
    if checks.not >= 0, accepts(checks.not, index) { return false }
    if checks.condition >= 0 {
      let branch = acceptsOrUnmarks(checks.condition, index, frame) ? checks.consequence : checks.alternative
      if branch >= 0, !accepts(branch, index, frame: frame) { return false }
    }
    return true
  }

  func isOneOf(_ run: Run, _ index: Int) -> Bool {
    for number in run.indices where isConstant(number, index) { return true }
    return false
  }

  func isConstant(_ number: Int, _ index: Int) -> Bool {
    let constant = program.constants[number]
    return tree.equal(max(index, ~index), node(index), program.documents[Int(constant.document)], Int(constant.node))
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
    for branch in run.indices where acceptsOrUnmarks(program.lists[branch], index, frame) {
      // Every branch that holds marks what it evaluates.
      if frame < 0 { return true }
      found = true
    }
    return found
  }

  private mutating func oneHolds(_ run: Run, _ index: Int, _ frame: Int) -> Bool {
    var found = 0
    for branch in run.indices where acceptsOrUnmarks(program.lists[branch], index, frame) {
      found += 1
      if found > 1 { return false }
    }
    return found == 1
  }
}
