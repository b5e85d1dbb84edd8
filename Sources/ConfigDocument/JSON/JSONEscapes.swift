/// What is wrong with a JSON text, and where.
struct JSONFault: Error {
  var offset: Int
  var message: String
  var hint: String?
}

/// Undoes the escapes of a JSON string (RFC 8259, section 7).
struct JSONEscapes {
  let source: UnsafeBufferPointer<UInt8>

  /// Appends what stands between the quotes, decoded.
  func decode(_ content: Range<Int>, into text: inout [UInt8]) throws(JSONFault) {
    var index = content.lowerBound
    while index < content.upperBound {
      guard source[index] == UInt8(ascii: "\\") else {
        text.append(source[index])
        index += 1
        continue
      }
      let escape = index + 1 < content.upperBound ? source[index + 1] : 0
      switch escape {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escape)
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "u"):
        let (scalar, length) = try unicodeEscape(at: index, limit: content.upperBound)
        text.append(contentsOf: Array(String(scalar).utf8))
        index += length
        continue
      default:
        throw JSONFault(offset: index, message: "JSON knows no such escape", hint: "write a backslash as \\\\")
      }
      index += 2
    }
  }

  private func unicodeEscape(at index: Int, limit: Int) throws(JSONFault) -> (Unicode.Scalar, Int) {
    let high = try hexUnit(at: index, limit: limit)
    if let scalar = Unicode.Scalar(UInt32(high)) { return (scalar, 6) }
    if high < 0xDC00, index + 7 < limit, source[index + 6] == UInt8(ascii: "\\"), source[index + 7] == UInt8(ascii: "u")
    {
      let low = try hexUnit(at: index + 6, limit: limit)
      if low >= 0xDC00, low < 0xE000,
        let scalar = Unicode.Scalar(0x10000 + ((UInt32(high) - 0xD800) << 10) + (UInt32(low) - 0xDC00))
      {
        return (scalar, 12)
      }
    }
    throw JSONFault(offset: index, message: "half of a surrogate pair is no character")
  }

  private func hexUnit(at index: Int, limit: Int) throws(JSONFault) -> UInt16 {
    var unit: UInt16 = 0
    for position in (index + 2)..<(index + 6) {
      guard position < limit, let digit = source[position].hexDigit else {
        throw JSONFault(offset: index, message: "\\u wants four hexadecimal digits")
      }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }
}
