/// Checks RFC 8259's syntax and records every value's span. jansson judges the same bytes; both must accept.
struct JSONScanner {
  private let source: UnsafeBufferPointer<UInt8>
  private let name: String
  private var builder: TreeBuilder
  private var offset = 0

  private struct Failure: Error {
    var offset: Int
    var message: String
    var hint: String?
  }

  /// - Parameter source: the text, without comments and trailing commas (``JSONComments`` blanks them).
  static func read(_ source: UnsafeBufferPointer<UInt8>, named name: String) throws(Diagnostic) -> TreeBuilder {
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
    if let duplicate = scanner.builder.duplicate {
      let nodes = scanner.builder.nodes
      throw Diagnostic.duplicateKey(nodes[Int(duplicate.first)], nodes[Int(duplicate.second)], in: source, file: name)
    }
    return scanner.builder
  }

  private init(source: UnsafeBufferPointer<UInt8>, name: String) {
    self.source = source
    self.name = name
    builder = TreeBuilder(expectedNodes: source.count / 12 + 8)
    if source.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  private mutating func run() throws(Failure) {
    builder.begin(Node(kind: .stream, style: .block, start: 0, end: source.count))
    builder.begin(Node(kind: .document, style: .block, start: offset, end: source.count))
    skipBlanks()
    if offset == source.count { throw Failure(offset: offset, message: "the file is empty, and JSON wants one value") }
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
            throw Failure(offset: offset, message: "collections are nested deeper than \(Document.maximumDepth) levels")
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
          throw Failure(
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
        throw Failure(offset: offset, message: "a comma or the end of the \(name) was expected here")
      }
    }
    if offset < source.count { throw Failure(offset: offset, message: "there is more text after the value") }
    builder.end(at: source.count, in: source)
    builder.end(at: source.count, in: source)
  }

  private func unexpectedEnd(_ open: [Bool]) -> Failure {
    Failure(offset: offset, message: "the file ends in the middle of \(open.last == true ? "an object" : "an array")")
  }

  private mutating func skipBlanks() {
    while offset < source.count {
      switch source[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return
      }
    }
  }

  private mutating func scanKey() throws(Failure) {
    skipBlanks()
    guard offset < source.count, source[offset] == UInt8(ascii: "\"") else {
      throw Failure(offset: offset, message: "a key in double quotes was expected here")
    }
    try scanString(isKey: true)
    skipBlanks()
    guard offset < source.count, source[offset] == UInt8(ascii: ":") else {
      throw Failure(offset: offset, message: "a colon was expected after the key")
    }
    offset += 1
  }

  private mutating func scanScalar() throws(Failure) {
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
      throw Failure(offset: offset, message: "a value was expected here", hint: hint)
    }
  }

  private mutating func scanWord(_ word: StaticString) throws(Failure) {
    let text = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard source[offset...].starts(with: text) else {
      throw Failure(offset: offset, message: "a value was expected here", hint: "did you mean `\(word)`?")
    }
    builder.append(Node(kind: .scalar, style: .plain, start: offset, end: offset + text.count))
    offset += text.count
  }

  private mutating func scanNumber() throws(Failure) {
    let start = offset
    if source[offset] == UInt8(ascii: "-") { offset += 1 }
    if offset < source.count, source[offset] == UInt8(ascii: "0") {
      offset += 1
      if offset < source.count, source[offset].isDigit {
        throw Failure(offset: start, message: "a number must not start with 0", hint: "remove the zero, or quote it")
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

  private mutating func scanDigits(from start: Int) throws(Failure) {
    let first = offset
    while offset < source.count, source[offset].isDigit { offset += 1 }
    if offset == first { throw Failure(offset: start, message: "this number is not complete") }
  }

  private mutating func scanString(isKey: Bool) throws(Failure) {
    let start = offset
    offset += 1
    var hasEscapes = false
    while true {
      guard offset < source.count else { throw Failure(offset: start, message: "this string has no end") }
      let byte = source[offset]
      if byte == UInt8(ascii: "\"") { break }
      if byte < 0x20 {
        throw Failure(
          offset: offset, message: "a control character stands in a string",
          hint: byte == 0x0A ? "close the string on its line, or write \\n" : "write it as an escape")
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        offset += 1
      }
      offset += 1
    }
    offset += 1
    var node = Node(kind: .scalar, style: .doubleQuoted, start: start, end: offset)
    let content = (start + 1)..<(offset - 1)
    if hasEscapes {
      let from = builder.decodedText.count
      try decode(content)
      node.flags.insert(.decoded)
      let count = builder.decodedText.count - from
      builder.decoded.append(
        DecodedScalar(node: UInt32(builder.nodes.count), offset: UInt32(from), count: UInt32(count)))
      if isKey {
        node.payload = builder.decodedText.withUnsafeBufferPointer {
          KeyHash.hash(UnsafeBufferPointer(rebasing: $0[from...]))
        }
      }
    } else if isKey {
      node.payload = KeyHash.hash(UnsafeBufferPointer(rebasing: source[content]))
    }
    builder.append(node)
  }

  private mutating func decode(_ content: Range<Int>) throws(Failure) {
    var index = content.lowerBound
    while index < content.upperBound {
      guard source[index] == UInt8(ascii: "\\") else {
        builder.decodedText.append(source[index])
        index += 1
        continue
      }
      let escape = index + 1 < content.upperBound ? source[index + 1] : 0
      switch escape {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): builder.decodedText.append(escape)
      case UInt8(ascii: "b"): builder.decodedText.append(0x08)
      case UInt8(ascii: "f"): builder.decodedText.append(0x0C)
      case UInt8(ascii: "n"): builder.decodedText.append(0x0A)
      case UInt8(ascii: "r"): builder.decodedText.append(0x0D)
      case UInt8(ascii: "t"): builder.decodedText.append(0x09)
      case UInt8(ascii: "u"):
        let (scalar, length) = try unicodeEscape(at: index, limit: content.upperBound)
        builder.decodedText.append(contentsOf: Array(String(scalar).utf8))
        index += length
        continue
      default:
        throw Failure(offset: index, message: "JSON knows no such escape", hint: "write a backslash as \\\\")
      }
      index += 2
    }
  }

  private func unicodeEscape(at index: Int, limit: Int) throws(Failure) -> (Unicode.Scalar, Int) {
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
    throw Failure(offset: index, message: "half of a surrogate pair is no character")
  }

  private func hexUnit(at index: Int, limit: Int) throws(Failure) -> UInt16 {
    var unit: UInt16 = 0
    for position in (index + 2)..<(index + 6) {
      guard position < limit, let digit = source[position].hexDigit else {
        throw Failure(offset: index, message: "\\u wants four hexadecimal digits")
      }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }
}
