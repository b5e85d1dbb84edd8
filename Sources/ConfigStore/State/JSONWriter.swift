internal import ConfigDocument

/// Writes one JSON text from front to back, spelled as a `Value` is: for records that speak of thousands of files, where a tree of
/// values would take more time than the files.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  /// Whether nothing stands yet in the object or array that is being written.
  private var isFirst = true

  /// - Parameter capacity: About how many bytes it will be.
  init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// Goes on behind a member of an object that was begun elsewhere.
  init(continuing bytes: ArraySlice<UInt8>) {
    self.bytes = Array(bytes)
    isFirst = false
  }

  /// Ends the line, and with it the text.
  mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

  mutating func object(_ members: (inout JSONWriter) -> Void) { enclosed(by: "{", "}", members) }

  mutating func array<Item>(_ items: [Item], _ write: (inout JSONWriter, Item) -> Void) {
    enclosed(by: "[", "]") { out in
      for item in items {
        out.separate()
        write(&out, item)
      }
    }
  }

  private mutating func enclosed(
    by opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ body: (inout JSONWriter) -> Void
  ) {
    bytes.append(UInt8(ascii: opening))
    isFirst = true
    body(&self)
    bytes.append(UInt8(ascii: closing))
    isFirst = false
  }

  private mutating func separate() {
    if !isFirst { append(", ") }
    isFirst = false
  }

  private mutating func append(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// The key of a member, whose value is written next. It needs no escapes.
  mutating func key(_ key: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    append(key)
    append("\": ")
  }
}

// MARK: - values

extension JSONWriter {
  mutating func null() { append("null") }

  mutating func string(_ text: String) { JSONText.append(quoted: text.utf8, to: &bytes) }

  mutating func string(_ text: [UInt8]) {
    guard text.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) else {
      return JSONText.append(quoted: text, to: &bytes)
    }
    bytes.append(UInt8(ascii: "\""))
    bytes += text
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func number(_ value: Int) {
    var digits: InlineArray<20, UInt8> = .init(repeating: 0)
    var (count, rest) = (0, value.magnitude)
    repeat {
      digits[count] = UInt8(ascii: "0") + UInt8(rest % 10)
      count += 1
      rest /= 10
    } while rest > 0
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    for index in (0..<count).reversed() { bytes.append(digits[index]) }
  }

  mutating func digest(_ digest: Digest) {
    append("\"sha256:")
    digest.appendHexadecimal(to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// At least four octal digits.
  mutating func mode(_ mode: UInt32) {
    bytes.append(UInt8(ascii: "\""))
    for shift in stride(from: mode > 0o7777 ? 30 : 9, through: 0, by: -3) {
      bytes.append(UInt8(ascii: "0") + UInt8(mode >> UInt32(shift) & 7))
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension JSONWriter {
  mutating func member(_ key: StaticString, _ text: String?) {
    self.key(key)
    if let text { string(text) } else { null() }
  }

  mutating func member(_ key: StaticString, _ number: Int) {
    self.key(key)
    self.number(number)
  }

  mutating func member(_ key: StaticString, _ digest: Digest?) {
    self.key(key)
    if let digest { self.digest(digest) } else { null() }
  }

  mutating func member<Item>(_ key: StaticString, _ items: [Item], _ write: (inout JSONWriter, Item) -> Void) {
    self.key(key)
    array(items, write)
  }

  /// The number of the layout, which every file of the store begins with.
  mutating func format() { member("cfgmigrate", StateDirectory.format) }

  /// `path`, and `path_hex` where that cannot say it because it is not UTF-8.
  mutating func path(_ path: RelativePath) {
    let bytes = path.bytes
    let isText = bytes.allSatisfy { $0 < 0x80 } || String(validating: bytes, as: UTF8.self) != nil
    key("path")
    if isText { string(bytes) } else { string(String(decoding: bytes, as: UTF8.self)) }
    if !isText { member("path_hex", bytes.hexadecimal) }
  }

  mutating func paths(_ key: StaticString, _ paths: [RelativePath]) {
    member(key, paths) { out, path in out.object { $0.path(path) } }
  }
}
