/// The versions that a transformer starts from: `2.1` is any 2.1.x, `2.1.4` only that one.
public struct VersionRange: Hashable, Sendable {
  /// The range as it is written.
  public let label: String
  private let prefix: [UInt64]?
  /// The oldest release in the range.
  package let lowest: Version

  /// Reads `label`: a version, or one with its last parts left out.
  /// - Returns: nil where the label is none of the scheme's.
  public init?(_ label: String, scheme: VersionScheme) {
    guard let version = Version(label, scheme: scheme) else { return nil }
    self.label = label
    lowest = version
    let parts = label.utf8.split(separator: scheme == .date ? UInt8(ascii: "-") : UInt8(ascii: "."))
    switch (scheme, version.rank) {
    case (.semver, .semver(let core, let prerelease)) where parts.count < 3 && prerelease.isEmpty:
      prefix = Array(core.prefix(parts.count))
    case (.date, .numbers(let numbers)) where numbers.count < 3: prefix = numbers
    default: prefix = nil
    }
  }

  /// Whether the range is of one version.
  public var isExact: Bool { prefix == nil }

  public func contains(_ version: Version) -> Bool {
    guard let prefix else { return version == lowest }
    switch version.rank {
    // A prerelease of 2.1.0 is not yet a 2.1.
    case .semver(let core, let prerelease): return prerelease.isEmpty && core.starts(with: prefix)
    case .numbers(let numbers): return numbers.starts(with: prefix)
    }
  }

  public static func == (left: VersionRange, right: VersionRange) -> Bool {
    left.prefix == right.prefix && left.lowest == right.lowest
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(prefix)
    hasher.combine(lowest)
  }
}

extension VersionRange: CustomStringConvertible {
  public var description: String { label }
}

extension VersionRange {
  /// The oldest release in the range: 2.1.0 for `2.1`.
  public var oldest: Version {
    guard case .semver(let core, let prerelease) = lowest.rank, prerelease.isEmpty else { return lowest }
    return Version(core.map(String.init).joined(separator: "."), scheme: .semver) ?? lowest
  }
}
