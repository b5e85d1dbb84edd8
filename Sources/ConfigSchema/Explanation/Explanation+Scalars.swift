import ConfigDocument

extension Explanation {
  func explainNumber(_ record: Subschema, _ index: Int, into found: inout [Fault]) {
    let checks = program.numbers[Int(record.number)]
    let node = validity.node(index)
    let isBelow = checks.minimum >= 0 && validity.order(node, checks.minimum) < 0
    let isAbove = checks.maximum >= 0 && validity.order(node, checks.maximum) > 0
    let isLow = isBelow || checks.exclusiveMinimum >= 0 && validity.order(node, checks.exclusiveMinimum) <= 0
    let isHigh = isAbove || checks.exclusiveMaximum >= 0 && validity.order(node, checks.exclusiveMaximum) >= 0
    if isLow || isHigh {
      let isExclusive = isLow ? !isBelow : !isAbove
      found.append(Fault(.range(isLow: isLow, isExclusive: isExclusive), at: index, by: record))
    }
    if checks.multipleOf >= 0, !validity.isMultiple(node, of: checks.multipleOf) {
      found.append(Fault(.multipleOf, at: index, by: record))
    }
  }

  mutating func explainString(_ record: Subschema, _ index: Int, into found: inout [Fault]) {
    let checks = program.strings[Int(record.string)]
    let node = validity.node(index)
    if !validity.lengthHolds(checks, node.text) {
      let length = validity.length(node.text)
      found.append(Fault(.length(found: length, isShort: length < checks.minLength), at: index, by: record))
    }
    if checks.pattern >= 0, !validity.matches(checks.pattern, node.text, index), validity.fault == nil {
      found.append(Fault(.pattern, at: index, by: record))
    }
    if !validity.formatHolds(checks, node) { found.append(Fault(.format, at: index, by: record)) }
    if !validity.contentHolds(checks, node) { found.append(Fault(.content, at: index, by: record)) }
  }
}
