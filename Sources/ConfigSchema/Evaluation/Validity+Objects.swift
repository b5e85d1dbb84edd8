import ConfigDocument

extension Validity {
  mutating func objectHolds(_ number: Int32, _ index: Int, _ frame: Int) -> Bool {
    let checks = program.objects.baseAddress! + Int(number)
    let count = Int(nodes[index].count)
    var required = checks.pointee.requiredCount
    guard count >= checks.pointee.minProperties, count <= checks.pointee.maxProperties, count >= required else {
      return false
    }
    if checks.pointee.judgesMembers {
      var child = index + 1
      for ordinal in 0..<count {
        if checks.pointee.names >= 0, !accepts(checks.pointee.names, ~child) { return false }
        guard let known = memberHolds(checks, child, &required) else { return false }
        if known, frame >= 0 { mark(ordinal, frame) }
        child = Int(nodes[child].end)
      }
      if required > 0 { return false }
    }
    return checks.pointee.dependents.count == 0 || dependentsHold(checks.pointee.dependents, index, frame)
  }

  /// Whether the member is evaluated by this object's keywords; nil where one of them refuses it.
  @inline(__always)
  private mutating func memberHolds(
    _ checks: UnsafePointer<ObjectChecks>, _ child: Int, _ required: inout Int
  ) -> Bool? {
    var known = false
    if let slot = slot(checks.pointee.slots, child) {
      if slot.pointee.isRequired { required -= 1 }
      if slot.pointee.subschema >= 0 {
        guard accepts(slot.pointee.subschema, child) else { return nil }
        known = true
      }
      if slot.pointee.isAlone, known { return true }
    }
    for number in checks.pointee.patterns.indices {
      let property = program.patternProperties[number]
      guard matches(property.pattern, nodes[child].key, child) else { continue }
      guard accepts(property.subschema, child) else { return nil }
      known = true
    }
    if !known, checks.pointee.additional >= 0 {
      guard accepts(checks.pointee.additional, child) else { return nil }
      known = true
    }
    return known
  }

  /// What the object's table has for the key of the member.
  @inline(__always)
  func slot(_ table: Run, _ member: Int) -> UnsafePointer<PropertySlot>? {
    guard table.count > 0 else { return nil }
    let slots = program.slots.baseAddress! + Int(table.start)
    let mask = Int(table.count) &- 1
    let hash = nodes[member].keyHash
    var place = Int(hash) & mask
    while slots[place].isUsed {
      if slots[place].hash == hash, isText(slots[place].name, bytes(nodes[member].key)) { return slots + place }
      place = (place &+ 1) & mask
    }
    return nil
  }

  /// Whether no key that must be there is missing.
  func hasRequiredKeys(_ checks: ObjectChecks, _ index: Int) -> Bool {
    var required = checks.requiredCount
    var child = index + 1
    for _ in 0..<Int(nodes[index].count) {
      if let slot = slot(checks.slots, child), slot.pointee.isRequired { required -= 1 }
      child = Int(nodes[child].end)
    }
    return required <= 0
  }

  private mutating func dependentsHold(_ dependents: Run, _ index: Int, _ frame: Int) -> Bool {
    for number in dependents.indices {
      let dependent = program.dependents[number]
      guard member(dependent.name, of: index) != nil else { continue }
      for name in dependent.required.indices where member(program.names[name], of: index) == nil { return false }
      if dependent.subschema >= 0, !accepts(dependent.subschema, index, frame: frame) { return false }
    }
    return true
  }

  /// The member of the object that has this key.
  func member(_ name: KeyName, of index: Int) -> Int? {
    memory.member(text(name.text), hash: name.hash, of: index)
  }

  /// Whether that run of the program's text is these bytes.
  @inline(__always)
  func isText(_ run: Run, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool { text(run).equals(bytes) }

  @inline(__always)
  private func text(_ run: Run) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: program.text.baseAddress! + Int(run.start), count: Int(run.count))
  }
}
