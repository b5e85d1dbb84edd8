/// RFC 6901, and its relative form.
enum PointerFormats {
  static func isPointer(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first else { return true }
    guard first == UInt8(ascii: "/") else { return false }
    var rest = text
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "~") {
        guard let next = rest.popFirst(), next == UInt8(ascii: "0") || next == UInt8(ascii: "1") else { return false }
      }
    }
    return true
  }

  static func isRelativePointer(_ text: [UInt8]) -> Bool {
    let digits = text.prefix { $0.isDecimalDigit }
    guard !digits.isEmpty, digits.count == 1 || digits.first != UInt8(ascii: "0") else { return false }
    let rest = text[digits.endIndex...]
    return rest.elementsEqual("#".utf8) || isPointer(rest)
  }
}
