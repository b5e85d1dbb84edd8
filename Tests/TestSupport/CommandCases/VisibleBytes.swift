/// Bytes as text that a person can read and type, and back: what an editor would hide or spoil stands in `⟦ ⟧`.
///
/// `⟦cr⟧` is a carriage return, `⟦bom⟧` a byte-order mark, `⟦1b⟧` any other byte in hexadecimal. A text that does not end
/// in a line break ends in `⟦no newline⟧` and a line break. A line that would be taken for a section begins with `⟦===⟧`.
public enum VisibleBytes {
  /// Complexity: O(n).
  public static func text(of bytes: [UInt8]) -> String {
    guard !bytes.isEmpty else { return "" }
    var out = ""
    var rest = bytes[...]
    while !rest.isEmpty {
      if rest.starts(with: "=== ".utf8), out.isEmpty || out.hasSuffix("\n") {
        out += "⟦===⟧"
        rest = rest.dropFirst(3)
        continue
      }
      let length = scalarLength(rest)
      let piece = rest.prefix(max(length, 1))
      rest = rest.dropFirst(piece.count)
      switch piece.first! {
      case 0x0D: out += "⟦cr⟧"
      case 0x0A: out.unicodeScalars.append("\n")
      case 0x09: out.unicodeScalars.append("\t")
      case _ where piece.elementsEqual([0xEF, 0xBB, 0xBF]): out += "⟦bom⟧"
      case _ where length == 0 || piece.first! < 0x20 || piece.first! == 0x7F || piece.elementsEqual("⟦".utf8):
        for byte in piece { out += "⟦" + hex(byte) + "⟧" }
      default: out += String(decoding: piece, as: UTF8.self)
      }
    }
    return bytes.last == 0x0A ? out : out + "⟦no newline⟧\n"
  }

  /// The bytes that ``text(of:)`` would show so.
  public static func bytes(of text: String) throws(CommandCaseError) -> [UInt8] {
    var out: [UInt8] = []
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "⟦") {
      out += Array(rest[..<open].utf8)
      guard let close = rest[open...].firstIndex(of: "⟧") else {
        throw CommandCaseError("'⟦' without '⟧'")
      }
      let name = rest[rest.index(after: open)..<close]
      rest = rest[rest.index(after: close)...]
      switch name {
      case "cr": out.append(0x0D)
      case "bom": out += [0xEF, 0xBB, 0xBF]
      case "===": out += Array("===".utf8)
      case "no newline":
        guard rest == "\n" else { throw CommandCaseError("'⟦no newline⟧' does not stand at the end") }
        return out
      default:
        guard name.utf8.count == 2, let byte = UInt8(name, radix: 16) else {
          throw CommandCaseError("'⟦\(name)⟧' is not known")
        }
        out.append(byte)
      }
    }
    return out + Array(rest.utf8)
  }

  private static func hex(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }

  /// How many bytes the UTF-8 scalar at the start has; 0 where there is no valid one.
  private static func scalarLength(_ bytes: ArraySlice<UInt8>) -> Int {
    let length = bytes.first!.leadingZeroBitCount == 0 ? (~bytes.first!).leadingZeroBitCount : 1
    guard length != 1 || bytes.first! < 0x80, length <= 4, bytes.count >= length else { return 0 }
    return String(validating: bytes.prefix(length), as: UTF8.self) == nil ? 0 : length
  }
}
