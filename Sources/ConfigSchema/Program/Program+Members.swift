import ConfigDocument
import PatternMatching

extension Program {
  func requiredNames(_ checks: ObjectChecks) -> [String] { slots(checks).filter(\.isRequired).map { name($0.name) } }

  /// All that judges the member of that name.
  func subschemas(of name: String, in checks: [ObjectChecks]) -> [Int32] {
    var found: [Int32] = []
    let hash = KeyHash.hash(name)
    for check in checks {
      var isNamed = false
      if let slot = slot(of: name, hash: hash, in: check.slots), slot.subschema >= 0 {
        found.append(slot.subschema)
        isNamed = true
      }
      for property in patternProperties[check.patterns.indices]
      where (try? patterns[Int(property.pattern)].matches(name)) == true {
        found.append(property.subschema)
        isNamed = true
      }
      if !isNamed, check.additional >= 0 { found.append(check.additional) }
    }
    return found
  }

  private func slot(of name: String, hash: UInt32, in table: Run) -> PropertySlot? {
    guard table.count > 0 else { return nil }
    let mask = Int(table.count) - 1
    var place = Int(hash) & mask
    while case let slot = slots[Int(table.start) + place], slot.isUsed {
      if slot.hash == hash, text[slot.name.indices].elementsEqual(name.utf8) { return slot }
      place = (place + 1) & mask
    }
    return nil
  }
}
