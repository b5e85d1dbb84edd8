/// How a product names its versions, and so which of two is newer.
public enum VersionScheme: Hashable, Sendable {
  /// Semantic versions: `2.1.0`, `3.0.0-rc.1`. Parts that are left out count as zero.
  case semver
  /// Whole numbers: `7`.
  case integer
  /// Calendar dates, `2026-04-01`; also a month or a year.
  case date
  /// Labels in the order of the list, oldest first.
  case list([String])

  /// The word that a product file says.
  public var name: String {
    switch self {
    case .semver: "semver"
    case .integer: "integer"
    case .date: "date"
    case .list: "list"
    }
  }

  /// What a label of this scheme looks like, for messages.
  package var example: String {
    switch self {
    case .semver: "`2.1.0`"
    case .integer: "`7`"
    case .date: "`2026-04-01`"
    case .list(let labels): labels.isEmpty ? "none" : labels.map { "`\($0)`" }.joined(separator: ", ")
    }
  }
}
