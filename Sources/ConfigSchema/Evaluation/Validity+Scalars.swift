import ConfigDocument
import PatternMatching

extension Validity {
  // MARK: Numbers

  /// The number, where it is written as a plain integer of at most 18 digits.
  func shortInteger(_ node: ValueTree.Node) -> Int? {
    let count = Int(node.text.count)
    guard count > 0, count <= 18 else { return nil }
    var digits = memory.text + Int(node.text.offset)
    let end = digits + count
    let isNegative = digits.pointee == UInt8(ascii: "-")
    if isNegative { digits += 1 }
    guard digits < end else { return nil }
    var value = 0
    while digits < end {
      let digit = digits.pointee &- 48
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int(digit)
      digits += 1
    }
    return isNegative ? -value : value
  }

  func number(_ node: ValueTree.Node) -> Number { Number(memory.string(node.text)) ?? Number(0) }

  func isInteger(_ node: ValueTree.Node, bySpelling: Bool) -> Bool {
    if shortInteger(node) != nil { return true }
    let text = bytes(node.text)
    if bySpelling,
      text.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") })
    {
      return false
    }
    return number(node).isInteger
  }

  func numberHolds(_ checks: Int32, _ node: ValueTree.Node) -> Bool {
    let numbers = program.numbers.baseAddress! + Int(checks)
    if numbers.pointee.isPlain, let value = shortInteger(node) {
      return value >= numbers.pointee.least && value <= numbers.pointee.most
    }
    let checks = numbers.pointee
    return (checks.minimum < 0 || order(node, checks.minimum) >= 0)
      && (checks.maximum < 0 || order(node, checks.maximum) <= 0)
      && (checks.exclusiveMinimum < 0 || order(node, checks.exclusiveMinimum) > 0)
      && (checks.exclusiveMaximum < 0 || order(node, checks.exclusiveMaximum) < 0)
      && (checks.multipleOf < 0 || isMultiple(node, of: checks.multipleOf))
  }

  /// Below 0, 0 or above, as the number is below, at or above the bound.
  func order(_ node: ValueTree.Node, _ bound: Int32) -> Int {
    let bound = program.bounds[Int(bound)]
    if let limit = bound.int, let value = shortInteger(node) { return value < limit ? -1 : value == limit ? 0 : 1 }
    let value = number(node)
    return value < bound.number ? -1 : value == bound.number ? 0 : 1
  }

  func isMultiple(_ node: ValueTree.Node, of bound: Int32) -> Bool {
    let bound = program.bounds[Int(bound)]
    if let divisor = bound.int, let value = shortInteger(node) { return value % divisor == 0 }
    return number(node).isMultiple(of: bound.number)
  }

  // MARK: Strings

  mutating func stringHolds(_ checks: Int32, _ index: Int) -> Bool {
    let strings = program.strings.baseAddress! + Int(checks)
    let range = textRange(index)
    if strings.pointee.limitsLength, !lengthHolds(strings.pointee, range) { return false }
    if strings.pointee.pattern >= 0 {
      guard strings.pointee.beginning.isAt(TextStart(bytes(range))) else { return false }
      guard matches(strings.pointee.pattern, range, index) else { return false }
    }
    return (strings.pointee.format == nil || formatHolds(strings.pointee, node(index)))
      && (strings.pointee.content.isEmpty || contentHolds(strings.pointee, node(index)))
  }

  func lengthHolds(_ checks: StringChecks, _ range: ValueTree.TextRange) -> Bool {
    // A code point has one to four bytes, which mostly is enough to know.
    let count = Int(range.count)
    if count < checks.minLength || count / 4 > checks.maxLength { return false }
    if (count + 3) / 4 >= checks.minLength, count <= checks.maxLength { return true }
    let length = length(range)
    return length >= checks.minLength && length <= checks.maxLength
  }

  /// In code points.
  func length(_ range: ValueTree.TextRange) -> Int {
    var length = 0
    for byte in bytes(range) where byte & 0xC0 != 0x80 { length += 1 }
    return length
  }

  func formatHolds(_ checks: StringChecks, _ node: ValueTree.Node) -> Bool {
    guard let format = checks.format else { return true }
    return format.accepts(memory.string(node.text))
  }
}

extension Validity {
  func contentHolds(_ checks: StringChecks, _ node: ValueTree.Node) -> Bool {
    if checks.content.isEmpty { return true }
    var bytes = Array(self.bytes(node.text))
    if checks.content.contains(.base64) {
      guard let decoded = Base64.decode(bytes) else { return false }
      bytes = decoded
    }
    return !checks.content.contains(.json) || (try? Document(bytes, as: .json, named: "")) != nil
  }
}
