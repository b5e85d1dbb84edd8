/// Which files are meant, as shells and editors write it: `*`, `?` and `[abc]` within one name, `**` for any number of
/// directories, `{a,b}` for either.
public struct FileGlob: Hashable, Sendable {
  /// The pattern as it is written.
  public let text: String
  private let alternatives: [[Component]]

  private enum Component: Hashable, Sendable {
    case deep
    case name([Part])
  }

  private enum Part: Hashable, Sendable {
    case byte(UInt8)
    case one
    case many
    case among([UInt8], isExcluded: Bool)
  }

  public init(_ text: String) {
    self.text = text
    alternatives = Self.withoutBraces(Array(text.utf8)).map { bytes in
      bytes.split(separator: UInt8(ascii: "/")).filter { $0 != [UInt8(ascii: ".")] }.map(Self.component)
    }
  }

  /// Whether a text is a pattern, and not just a name.
  public static func isPattern(_ text: String) -> Bool { text.utf8.contains { "*?[{".utf8.contains($0) } }

  /// Whether the pattern fits the whole of a path.
  public func matches(_ path: String) -> Bool {
    let names = path.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
    return alternatives.contains { Self.fits($0, names[...]) }
  }

  /// Whether the pattern fits the end of a path, from any of its names on: `*.yml` every such file, `ci/*.yml` those in a
  /// directory `ci`.
  public func matchesEnd(of path: String) -> Bool {
    let names = path.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
    return alternatives.contains { pattern in names.indices.contains { Self.fits(pattern, names[$0...]) } }
  }

  /// Whether the elements fit the whole sequence, where some stand for any number. Only the last such one ever has to take more:
  /// what an earlier one could take, it can take too. Complexity: O(elements × length).
  private static func fits<Element, Item>(
    _ pattern: [Element], _ items: ArraySlice<Item>, isMany: (Element) -> Bool, _ fitsOne: (Element, Item) -> Bool
  ) -> Bool {
    var (element, item) = (0, items.startIndex)
    var retry: (element: Int, item: Int)?
    while item < items.endIndex {
      if element < pattern.count, isMany(pattern[element]) {
        retry = (element, item)
        element += 1
      } else if element < pattern.count, fitsOne(pattern[element], items[item]) {
        element += 1
        item += 1
      } else if let last = retry {
        retry = (last.element, last.item + 1)
        element = last.element + 1
        item = last.item + 1
      } else {
        return false
      }
    }
    return pattern[element...].allSatisfy(isMany)
  }

  private static func fits(_ pattern: [Component], _ names: ArraySlice<[UInt8]>) -> Bool {
    fits(pattern, names, isMany: { $0 == .deep }) { component, name in
      guard case .name(let parts) = component else { return false }
      return fits(parts, name[...], isMany: { $0 == .many }) { part, byte in
        switch part {
        case .byte(let wanted): wanted == byte
        case .one: true
        case .among(let bytes, let isExcluded): bytes.contains(byte) != isExcluded
        case .many: false
        }
      }
    }
  }

  private static func component(_ bytes: ArraySlice<UInt8>) -> Component {
    if bytes.elementsEqual("**".utf8) { return .deep }
    var parts: [Part] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      switch bytes[index] {
      case UInt8(ascii: "*"): if parts.last != .many { parts.append(.many) }
      case UInt8(ascii: "?"): parts.append(.one)
      case UInt8(ascii: "["):
        // The first character of a set may be `]` itself.
        guard let close = bytes[min(index + 2, bytes.endIndex)...].firstIndex(of: UInt8(ascii: "]")) else {
          parts.append(.byte(bytes[index]))
          break
        }
        parts.append(set(bytes[(index + 1)..<close]))
        index = close
      case let byte: parts.append(.byte(byte))
      }
      index += 1
    }
    return .name(parts)
  }

  private static func set(_ bytes: ArraySlice<UInt8>) -> Part {
    var rest = bytes
    let isExcluded = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
    if isExcluded { rest = rest.dropFirst() }
    var out: [UInt8] = []
    while let byte = rest.popFirst() {
      guard rest.first == UInt8(ascii: "-"), let last = rest.dropFirst().first, last >= byte else {
        out.append(byte)
        continue
      }
      out += byte...last
      rest = rest.dropFirst(2)
    }
    return .among(out, isExcluded: isExcluded)
  }

  /// The patterns that `{a,b}` stands for.
  private static func withoutBraces(_ bytes: [UInt8]) -> [[UInt8]] {
    guard let open = bytes.firstIndex(of: UInt8(ascii: "{")) else { return [bytes] }
    var depth = 0
    var commas: [Int] = []
    for index in open..<bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ","): if depth == 1 { commas.append(index) }
      case UInt8(ascii: "}"):
        depth -= 1
        guard depth == 0 else { break }
        let bounds = [open] + commas + [index]
        return zip(bounds, bounds.dropFirst()).flatMap { start, end in
          withoutBraces(Array(bytes[..<open] + bytes[(start + 1)..<end] + bytes[(index + 1)...]))
        }
      default: break
      }
    }
    return [bytes]
  }
}
