/// The version of a script: numbers that count one by one, so that 2.10 comes after 2.9.
package struct ScriptVersion: Hashable, Sendable {
  /// Without zeros at the end: `2.1` and `2.1.0` are one version.
  package let numbers: [UInt64]
  /// As it is written.
  package let text: String

  /// Reads `2.1.0` or, as in a file's name, `2_1_0`.
  /// - Returns: nil where it is anything else.
  package init?(_ text: some StringProtocol) {
    var numbers: [UInt64] = []
    for part in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "." || $0 == "_" }) {
      guard !part.isEmpty, part.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt64(part) else {
        return nil
      }
      numbers.append(number)
    }
    guard !numbers.isEmpty else { return nil }
    while numbers.count > 1, numbers.last == 0 { numbers.removeLast() }
    self.numbers = numbers
    self.text = text.map { $0 == "_" ? "." : String($0) }.joined()
  }

  package static func == (left: ScriptVersion, right: ScriptVersion) -> Bool { left.numbers == right.numbers }
  package func hash(into hasher: inout Hasher) { hasher.combine(numbers) }
}

extension ScriptVersion: Comparable {
  package static func < (left: ScriptVersion, right: ScriptVersion) -> Bool {
    left.numbers.lexicographicallyPrecedes(right.numbers)
  }
}

extension ScriptVersion: CustomStringConvertible {
  package var description: String { text }
}
