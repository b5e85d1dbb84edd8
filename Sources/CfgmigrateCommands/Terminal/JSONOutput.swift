package import ConfigDocument

/// JSON as the commands print it: two spaces a level, members in the order that they were given.
package enum JSONOutput {
  /// The text of `value`, without a line break at the end.
  package static func text(of value: Value) -> String {
    var out = ""
    write(value, indent: "", into: &out)
    return out
  }

  /// The value on one line.
  package static func line(of value: Value) -> String {
    var out = ""
    switch value {
    case .array(let items): out = "[\(items.map(line).joined(separator: ","))]"
    case .object(let object):
      out = "{\(object.members.map { "\(JSONText.quoted($0.key)):\(line(of: $0.value))" }.joined(separator: ","))}"
    default: write(value, indent: "", into: &out)
    }
    return out
  }

  private static func write(_ value: Value, indent: String, into out: inout String) {
    switch value {
    case .null: out += "null"
    case .bool(let flag): out += flag ? "true" : "false"
    case .number(let number): out += text(of: number)
    case .string(let text): out += JSONText.quoted(text)
    case .array(let items):
      writeList(items, open: "[", close: "]", indent: indent, into: &out) { write($0, indent: $1, into: &$2) }
    case .object(let object):
      writeList(object.members, open: "{", close: "}", indent: indent, into: &out) { member, indent, out in
        out += JSONText.quoted(member.key) + ": "
        write(member.value, indent: indent, into: &out)
      }
    }
  }

  private static func writeList<Element>(
    _ elements: [Element], open: String, close: String, indent: String, into out: inout String,
    element write: (Element, String, inout String) -> Void
  ) {
    guard !elements.isEmpty else {
      out += open + close
      return
    }
    let inner = indent + "  "
    out += open
    for (index, element) in elements.enumerated() {
      out += (index == 0 ? "\n" : ",\n") + inner
      write(element, inner, &out)
    }
    out += "\n" + indent + close
  }

  /// YAML's numbers that JSON cannot spell are written as it can: decimal, or as text where they are not finite.
  private static func text(of number: Number) -> String {
    let decimal = number.decimal
    guard decimal.kind == .finite else { return JSONText.quoted(number.spelling) }
    if isJSON(number.spelling) { return number.spelling }
    let sign = decimal.negative ? "-" : ""
    let digits = decimal.digits.map { String($0) }.joined()
    if digits.isEmpty { return "0" }
    if let int = number.int { return String(int) }
    return "\(sign)\(digits)e\(decimal.exponent - decimal.digits.count)"
  }

  private static func isJSON(_ spelling: String) -> Bool {
    var rest = Array(spelling.utf8)[...]
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let whole = rest.prefix { $0.isDigit }
    guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else { return false }
    rest = rest.dropFirst(whole.count)
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix { $0.isDigit }
      guard !fraction.isEmpty else { return false }
      rest = rest.dropFirst(fraction.count + 1)
    }
    if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
      guard !rest.isEmpty else { return false }
      rest = rest.drop { $0.isDigit }
    }
    return rest.isEmpty
  }
}
