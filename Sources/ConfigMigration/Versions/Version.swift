/// One version of a product: the label as it is written, and its rank in the product's scheme.
public struct Version: Sendable {
  /// The label as it is written in a file.
  public let label: String
  package let rank: Rank

  package enum Rank: Hashable, Sendable {
    case semver(core: [UInt64], prerelease: [Identifier])
    case numbers([UInt64])
  }

  package enum Identifier: Hashable, Sendable {
    case number(UInt64)
    case word(String)
  }

  /// Reads `label` by the rules of `scheme`.
  /// - Returns: nil where the label is none of the scheme's.
  public init?(_ label: String, scheme: VersionScheme) {
    self.label = label
    switch scheme {
    case .semver:
      guard let rank = Self.semanticRank(label) else { return nil }
      self.rank = rank
    case .integer:
      guard let number = Self.number(label.utf8[...]) else { return nil }
      rank = .numbers([number])
    case .date:
      guard let rank = Self.dateRank(label) else { return nil }
      self.rank = rank
    case .list(let labels):
      guard let index = labels.firstIndex(where: { $0.utf8.elementsEqual(label.utf8) }) else { return nil }
      rank = .numbers([UInt64(index)])
    }
  }
}

extension Version: Comparable, Hashable {
  /// By rank: `2.1` and `2.1.0` are one version. Versions of different schemes are not comparable.
  public static func == (left: Version, right: Version) -> Bool { left.rank == right.rank }

  public static func < (left: Version, right: Version) -> Bool {
    switch (left.rank, right.rank) {
    case (.numbers(let a), .numbers(let b)): a.lexicographicallyPrecedes(b)
    case (.semver(let a, let aPre), .semver(let b, let bPre)):
      a != b ? a.lexicographicallyPrecedes(b) : precedes(aPre, bPre)
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(rank) }

  /// A release is newer than its own prereleases; else by identifier (Semantic Versioning 2.0.0, section 11).
  private static func precedes(_ a: [Identifier], _ b: [Identifier]) -> Bool {
    if a.isEmpty || b.isEmpty { return !a.isEmpty && b.isEmpty }
    for (left, right) in zip(a, b) where left != right {
      switch (left, right) {
      case (.number(let x), .number(let y)): return x < y
      case (.number, .word): return true
      case (.word, .number): return false
      case (.word(let x), .word(let y)): return x.utf8.lexicographicallyPrecedes(y.utf8)
      }
    }
    return a.count < b.count
  }
}

extension Version: CustomStringConvertible {
  public var description: String { label }
}

extension Version {
  private static func number(_ text: Substring.UTF8View) -> UInt64? {
    guard !text.isEmpty, text.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
    return UInt64(Substring(text))
  }

  private static func semanticRank(_ label: String) -> Rank? {
    let withoutBuild = label.utf8.prefix { $0 != UInt8(ascii: "+") }
    let coreText = withoutBuild.prefix { $0 != UInt8(ascii: "-") }
    var core: [UInt64] = []
    for part in coreText.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      guard let number = number(part) else { return nil }
      core.append(number)
    }
    guard (1...3).contains(core.count) else { return nil }
    core += repeatElement(0, count: 3 - core.count)
    var prerelease: [Identifier] = []
    if coreText.endIndex < withoutBuild.endIndex {
      let text = withoutBuild[coreText.endIndex...].dropFirst()
      for part in text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
        guard !part.isEmpty else { return nil }
        prerelease.append(number(part).map(Identifier.number) ?? .word(String(Substring(part))))
      }
    }
    return .semver(core: core, prerelease: prerelease)
  }

  private static func dateRank(_ label: String) -> Rank? {
    var parts: [UInt64] = []
    for part in label.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false) {
      guard let number = number(part) else { return nil }
      parts.append(number)
    }
    guard (1...3).contains(parts.count), parts.count < 2 || (1...12).contains(parts[1]),
      parts.count < 3 || (1...days(in: parts[1], of: parts[0])).contains(parts[2])
    else { return nil }
    return .numbers(parts)
  }

  private static func days(in month: UInt64, of year: UInt64) -> UInt64 {
    switch month {
    case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
