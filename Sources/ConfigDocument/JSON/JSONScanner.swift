/// Checks RFC 8259's syntax and records every value's span. jansson judges the same bytes; both must accept.
struct JSONScanner: ~Copyable {
  private let source: UnsafeBufferPointer<UInt8>
  private let name: String
  private var builder: TreeBuilder
  private var offset = 0
  /// The text of the string that was read last, if it has escapes.
  private var scratch: [UInt8] = []

  /// - Parameter source: the text, without comments and trailing commas (``JSONComments`` blanks them).
  static func read(_ source: UnsafeBufferPointer<UInt8>, named name: String) throws(Diagnostic) -> Tree {
    var scanner = JSONScanner(source: source, name: name)
    do {
      try scanner.run()
    } catch {
      let end = min(error.offset + 1, source.count)
      throw Diagnostic(
        error.message.hasPrefix("collections") ? .tooDeep : .jsonSyntax, error.message,
        at: SourcePlace(of: error.offset, to: end, in: source, file: name),
        hint: error.hint ?? "look here and before for a comma, quote or bracket that is missing or too many")
    }
    return try scanner.builder.finish(in: source, named: name)
  }

  private init(source: UnsafeBufferPointer<UInt8>, name: String) {
    self.source = source
    self.name = name
    builder = TreeBuilder(sourceCount: source.count, format: .json, bytesPerNode: 9)
    if source.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  private mutating func run() throws(JSONFault) {
    builder.begin(Node(kind: .document, style: .block, start: offset, end: source.count))
    skipBlanks()
    if offset == source.count {
      throw JSONFault(offset: offset, message: "the file is empty, and JSON wants one value")
    }
    // Open brackets, innermost last: true for an object.
    var open: [Bool] = []
    var wantsValue = true
    while true {
      skipBlanks()
      if wantsValue {
        guard offset < source.count else { throw unexpectedEnd(open) }
        let byte = source[offset]
        if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
          guard open.count < Document.maximumDepth else {
            throw JSONFault(
              offset: offset, message: "collections are nested deeper than \(Document.maximumDepth) levels")
          }
          let isObject = byte == UInt8(ascii: "{")
          builder.begin(Node(kind: isObject ? .mapping : .sequence, style: .flow, start: offset, end: offset))
          open.append(isObject)
          offset += 1
          skipBlanks()
          if offset < source.count, source[offset] == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
            offset += 1
            builder.end(at: offset, in: source)
            open.removeLast()
            wantsValue = false
          } else if isObject {
            try scanKey()
          }
          continue
        }
        try scanScalar()
        wantsValue = false
        continue
      }
      guard let isObject = open.last else { break }
      guard offset < source.count else { throw unexpectedEnd(open) }
      let close = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
      if source[offset] == UInt8(ascii: ",") {
        offset += 1
        skipBlanks()
        if offset < source.count, source[offset] == close {
          throw JSONFault(
            offset: offset, message: "a comma stands before the closing bracket",
            hint: "remove the comma; only JSONC allows one there")
        }
        if isObject { try scanKey() }
        wantsValue = true
      } else if source[offset] == close {
        offset += 1
        builder.end(at: offset, in: source)
        open.removeLast()
      } else {
        let name = isObject ? "object" : "array"
        throw JSONFault(offset: offset, message: "a comma or the end of the \(name) was expected here")
      }
    }
    if offset < source.count { throw JSONFault(offset: offset, message: "there is more text after the value") }
    builder.end(at: source.count, in: source)
  }

  private func unexpectedEnd(_ open: [Bool]) -> JSONFault {
    JSONFault(offset: offset, message: "the file ends in the middle of \(open.last == true ? "an object" : "an array")")
  }

  @inline(__always)
  private mutating func skipBlanks() {
    while offset < source.count, source[offset] <= 0x20, source[offset].isBlankOrBreak { offset += 1 }
  }

  private mutating func scanKey() throws(JSONFault) {
    skipBlanks()
    guard offset < source.count, source[offset] == UInt8(ascii: "\"") else {
      throw JSONFault(offset: offset, message: "a key in double quotes was expected here")
    }
    try scanString(isKey: true)
    skipBlanks()
    guard offset < source.count, source[offset] == UInt8(ascii: ":") else {
      throw JSONFault(offset: offset, message: "a colon was expected after the key")
    }
    offset += 1
  }

  private mutating func scanScalar() throws(JSONFault) {
    switch source[offset] {
    case UInt8(ascii: "\""): try scanString(isKey: false)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try scanNumber()
    case UInt8(ascii: "t"): try scanWord("true")
    case UInt8(ascii: "f"): try scanWord("false")
    case UInt8(ascii: "n"): try scanWord("null")
    default:
      let hint: String? =
        switch source[offset] {
        case UInt8(ascii: "'"): "JSON strings stand in double quotes"
        case UInt8(ascii: "/"), UInt8(ascii: "#"): "JSON has no comments; a product can declare the file as jsonc"
        default: nil
        }
      throw JSONFault(offset: offset, message: "a value was expected here", hint: hint)
    }
  }

  private mutating func scanWord(_ word: StaticString) throws(JSONFault) {
    let text = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard source[offset...].starts(with: text) else {
      throw JSONFault(offset: offset, message: "a value was expected here", hint: "did you mean `\(word)`?")
    }
    builder.append(Node(kind: .scalar, style: .plain, start: offset, end: offset + text.count))
    offset += text.count
  }

  private mutating func scanNumber() throws(JSONFault) {
    let start = offset
    if source[offset] == UInt8(ascii: "-") { offset += 1 }
    if offset < source.count, source[offset] == UInt8(ascii: "0") {
      offset += 1
      if offset < source.count, source[offset].isDigit {
        throw JSONFault(offset: start, message: "a number must not start with 0", hint: "remove the zero, or quote it")
      }
    } else {
      try scanDigits(from: start)
    }
    if offset < source.count, source[offset] == UInt8(ascii: ".") {
      offset += 1
      try scanDigits(from: start)
    }
    if offset < source.count, source[offset] | 0x20 == UInt8(ascii: "e") {
      offset += 1
      if offset < source.count, source[offset] == UInt8(ascii: "+") || source[offset] == UInt8(ascii: "-") {
        offset += 1
      }
      try scanDigits(from: start)
    }
    builder.append(Node(kind: .scalar, style: .plain, start: start, end: offset))
  }

  private mutating func scanDigits(from start: Int) throws(JSONFault) {
    let first = offset
    while offset < source.count, source[offset].isDigit { offset += 1 }
    if offset == first { throw JSONFault(offset: start, message: "this number is not complete") }
  }

  private mutating func scanString(isKey: Bool) throws(JSONFault) {
    let start = offset
    offset += 1
    var hasEscapes = false
    while true {
      offset = endOfPlainText(from: offset)
      guard offset < source.count else { throw JSONFault(offset: start, message: "this string has no end") }
      let byte = source[offset]
      if byte == UInt8(ascii: "\"") { break }
      if byte < 0x20 {
        throw JSONFault(
          offset: offset, message: "a control character stands in a string",
          hint: byte == 0x0A ? "close the string on its line, or write \\n" : "write it as an escape")
      }
      hasEscapes = true
      offset += 2
    }
    offset += 1
    var node = Node(kind: .scalar, style: .doubleQuoted, start: start, end: offset)
    let content = (start + 1)..<(offset - 1)
    if hasEscapes {
      let escapes = JSONEscapes(source: source)
      scratch.removeAll(keepingCapacity: true)
      try escapes.decode(content, into: &scratch)
      node.flags.insert(.encoded)
      if isKey, scratch.contains(0) {
        throw JSONFault(
          offset: start, message: "a key holds the character NUL, which many readers take for its end",
          hint: "leave out \\u0000")
      }
      if isKey { node.keyHash = scratch.withBuffer { KeyHash.hash($0) } }
    } else if isKey {
      node.keyHash = KeyHash.hash(UnsafeBufferPointer(rebasing: source[content]))
    }
    builder.append(node)
  }

  /// The offset of the next quote, backslash or control character; the source's end where there is none. Eight bytes a step.
  @inline(__always)
  private func endOfPlainText(from start: Int) -> Int {
    let bytes = UnsafeRawBufferPointer(source)
    var offset = start
    while offset + 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      // The lowest bit that is set is exact; a borrow can only set bits above it.
      let quote = word ^ 0x2222_2222_2222_2222
      let backslash = word ^ 0x5C5C_5C5C_5C5C_5C5C
      let found =
        ((quote &- 0x0101_0101_0101_0101) & ~quote | (backslash &- 0x0101_0101_0101_0101) & ~backslash
          | (word &- 0x2020_2020_2020_2020) & ~word) & 0x8080_8080_8080_8080
      if found != 0 { return offset + found.trailingZeroBitCount / 8 }
      offset += 8
    }
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      offset += 1
    }
    return offset
  }
}
