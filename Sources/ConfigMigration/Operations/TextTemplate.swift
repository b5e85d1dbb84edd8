/// Text of a transformer in which captures are filled in: a comment, a message.
extension Captures {
  /// `text` with each `{name}` that is bound replaced.
  package func fill(_ text: String) -> String {
    guard !isEmpty, text.utf8.contains(UInt8(ascii: "{")) else { return text }
    var out: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.first {
      if byte == UInt8(ascii: "{"), let close = rest.firstIndex(of: UInt8(ascii: "}")) {
        let name = String(decoding: rest[(rest.startIndex + 1)..<close], as: UTF8.self)
        if let value = self[name] {
          out += Array(value.utf8)
          rest = rest[(close + 1)...]
          continue
        }
      }
      out.append(byte)
      rest = rest.dropFirst()
    }
    return String(decoding: out, as: UTF8.self)
  }
}
