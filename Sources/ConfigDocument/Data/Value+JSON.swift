extension Value {
  /// The value as one line of JSON that any reader takes (RFC 8259): numbers that only YAML can spell are written as
  /// JSON spells them.
  ///
  /// - Returns: nil where it holds an infinite number or one that is none, which JSON cannot say.
  /// - Complexity: O(size of the value).
  public var jsonLine: [UInt8]? {
    var out: [UInt8] = []
    return append(to: &out) ? out : nil
  }

  private func append(to out: inout [UInt8]) -> Bool {
    switch self {
    case .null, .bool: out += Array(description.utf8)
    case .string(let text): out += JSONText.quoted(utf8: text.utf8)
    case .number(let number):
      guard number.isFinite else { return false }
      out += JSONText.number(number)
    case .array(let items):
      out.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        guard item.append(to: &out) else { return false }
      }
      out.append(UInt8(ascii: "]"))
    case .object(let object):
      out.append(UInt8(ascii: "{"))
      for (index, member) in object.members.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        out += JSONText.quoted(utf8: member.key.utf8)
        out.append(UInt8(ascii: ":"))
        guard member.value.append(to: &out) else { return false }
      }
      out.append(UInt8(ascii: "}"))
    }
    return true
  }
}
