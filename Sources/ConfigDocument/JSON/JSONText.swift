/// How JSON spells things.
package enum JSONText {
  /// `text` as a JSON string, with only those characters escaped that RFC 8259, section 7, demands.
  package static func quoted(_ text: String) -> String {
    String(decoding: quoted(utf8: text.utf8), as: UTF8.self)
  }

  package static func quoted(utf8 text: some Sequence<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    append(quoted: text, to: &out)
    return out
  }

  /// Writes what ``quoted(utf8:)`` gives behind `out`.
  package static func append(quoted text: some Sequence<UInt8>, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    // Most texts need no escapes: they are copied at once.
    let isPlain = text.withContiguousStorageIfAvailable { bytes in
      guard bytes.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) else {
        return false
      }
      out.append(contentsOf: bytes)
      return true
    }
    if isPlain != true { for byte in text { append(escaped: byte, to: &out) } }
    out.append(UInt8(ascii: "\""))
  }

  private static func append(escaped byte: UInt8, to out: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
    case 0x08: out += Array("\\b".utf8)
    case 0x0C: out += Array("\\f".utf8)
    case 0x0A: out += Array("\\n".utf8)
    case 0x0D: out += Array("\\r".utf8)
    case 0x09: out += Array("\\t".utf8)
    case 0..<0x20:
      let digits = Array("0123456789abcdef".utf8)
      out += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    default: out.append(byte)
    }
  }
}
