package import ConfigDocument

/// What a spec may name: the kinds of steps, gates, checks and channels, and how each is made of its declaration.
///
/// The pipeline knows no driver. `UpgradeDrivers` fills a catalog, and tests fill their own.
package struct UpgradeCatalog: Sendable {
  package private(set) var steps: [String: @Sendable (Declaration) throws(Diagnostic) -> any UpgradeStep] = [:]
  package private(set) var gates: [String: @Sendable (Declaration) throws(Diagnostic) -> any Gate] = [:]
  package private(set) var checks: [String: @Sendable (Declaration) throws(Diagnostic) -> any PreflightCheck] = [:]
  package private(set) var channels: [String: @Sendable (Declaration) throws(Diagnostic) -> any NotificationChannel] =
    [:]

  package init() {}

  package mutating func add(
    step kind: String, _ make: @escaping @Sendable (Declaration) throws(Diagnostic) -> any UpgradeStep
  ) { steps[kind] = make }

  package mutating func add(
    gate kind: String, _ make: @escaping @Sendable (Declaration) throws(Diagnostic) -> any Gate
  ) { gates[kind] = make }

  package mutating func add(
    check kind: String, _ make: @escaping @Sendable (Declaration) throws(Diagnostic) -> any PreflightCheck
  ) { checks[kind] = make }

  package mutating func add(
    channel kind: String, _ make: @escaping @Sendable (Declaration) throws(Diagnostic) -> any NotificationChannel
  ) { channels[kind] = make }
}

extension Diagnostic.Code {
  /// A spec names a kind of step, gate, check or channel that this program does not have.
  package static let unknownKind: Self = "unknown-kind"
}
