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
    write(to: &out, comma: ",", colon: ":") { number, out in
      guard number.isFinite else { return false }
      out += JSONText.number(number)
      return true
    }
  }

  /// - Parameter number: Writes a number, or says that it cannot be written.
  /// - Returns: whether everything could be written.
  private func write(
    to out: inout [UInt8], comma: StaticString, colon: StaticString, number: (Number, inout [UInt8]) -> Bool
  ) -> Bool {
    switch self {
    case .null: out += Array("null".utf8)
    case .bool(let value): out += Array((value ? "true" : "false").utf8)
    case .string(let text): JSONText.append(quoted: text.utf8, to: &out)
    case .number(let value): return number(value, &out)
    case .array(let items):
      out.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { out.append(comma) }
        guard item.write(to: &out, comma: comma, colon: colon, number: number) else { return false }
      }
      out.append(UInt8(ascii: "]"))
    case .object(let object):
      out.append(UInt8(ascii: "{"))
      for (index, member) in object.members.enumerated() {
        if index > 0 { out.append(comma) }
        JSONText.append(quoted: member.key.utf8, to: &out)
        out.append(colon)
        guard member.value.write(to: &out, comma: comma, colon: colon, number: number) else { return false }
      }
      out.append(UInt8(ascii: "}"))
    }
    return true
  }
}

extension Value: CustomStringConvertible {
  /// The value as compact JSON, numbers as they are spelled.
  public var description: String { String(decoding: utf8Description, as: UTF8.self) }

  /// The UTF-8 of ``description``. Complexity: O(size of the value).
  private var utf8Description: [UInt8] {
    var out: [UInt8] = []
    _ = write(to: &out, comma: ", ", colon: ": ") { number, out in
      out += Array(number.spelling.utf8)
      return true
    }
    return out
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
