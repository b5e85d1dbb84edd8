import ConfigDocument
import PatternMatching

extension ProgramBuilder {
  /// Notes what the verdict can be found by without asking further. The last step of making a program.
  mutating func prepareJudging() {
    judged = subschemas
    for index in judged.indices where judged[index].inPlace >= 0 || judged[index].isNever {
      judged[index] = judgedRecord(of: index)
    }
    for index in objects.indices { prepareObject(index) }
    for index in strings.indices where strings[index].pattern >= 0 {
      strings[index].beginning = patterns[Int(strings[index].pattern)].plain?.beginning ?? .any
    }
    for index in inPlace.indices {
      inPlace[index].looksAtKeys = anyTellsByKeys(inPlace[index].anyOf) || anyTellsByKeys(inPlace[index].oneOf)
    }
  }

  private func anyTellsByKeys(_ forms: Run) -> Bool {
    for number in forms.indices {
      let object = judged[Int(lists[number])].object
      if object >= 0, objects[Int(object)].tellsByKeys { return true }
    }
    return false
  }

  /// The record that a subschema is judged by: of one that is only another one, that of the other. Where references are
  /// dynamic, the resources on the way count.
  private func judgedRecord(of index: Int) -> Subschema {
    var record = subschemas[index]
    while !isDynamic, let target = only(record) { record = subschemas[Int(target)] }
    if record.isNever { record.types = [] }
    return record
  }

  /// The one subschema that the record asks, where it asks nothing else.
  private func only(_ record: Subschema) -> Int32? {
    guard record.types == .all, !record.isNever, record.inPlace >= 0, !record.marksEvaluated,
      max(record.number, record.string, record.array, record.object) < 0
    else { return nil }
    let checks = inPlace[Int(record.inPlace)]
    guard !checks.hasEnumeration, max(checks.constant, checks.dynamicFallback, checks.not, checks.condition) < 0 else {
      return nil
    }
    let count = checks.allOf.count + checks.anyOf.count + checks.oneOf.count
    if checks.reference >= 0 { return count == 0 ? checks.reference : nil }
    guard count == 1 else { return nil }
    let forms = checks.allOf.count == 1 ? checks.allOf : checks.anyOf.count == 1 ? checks.anyOf : checks.oneOf
    return lists[Int(forms.start)]
  }

  private mutating func prepareObject(_ index: Int) {
    var required = KeySet()
    var named = KeySet()
    let checks = objects[index]
    for number in checks.slots.indices where slots[number].isUsed {
      named.insert(hash: slots[number].hash)
      if slots[number].isRequired { required.insert(hash: slots[number].hash) }
      slots[number].isAlone = true
      for property in checks.patterns.indices where mayMatch(patternProperties[property].pattern, slots[number].name) {
        slots[number].isAlone = false
      }
    }
    let isClosed = checks.additional >= 0 && judged[Int(checks.additional)].types.isEmpty && checks.patterns.count == 0
    objects[index].requiredKeys = required
    objects[index].allowedKeys = isClosed ? named : .any
    objects[index].judgesMembers =
      checks.slots.count > 0 || checks.patterns.count > 0 || checks.additional >= 0 || checks.names >= 0
  }

  /// Whether the pattern matches that run of the text, as far as one walk can say.
  private func mayMatch(_ pattern: Int32, _ name: Run) -> Bool {
    text[name.indices].withUnsafeBufferPointer { patterns[Int(pattern)].plain?.matches($0) ?? true }
  }
}

extension ObjectChecks {
  /// Whether an object's keys can show that it is not one of these.
  fileprivate var tellsByKeys: Bool { requiredKeys != KeySet() || allowedKeys != .any }
}
