package import ConfigDocument

/// What a spec may name: the kinds of steps, gates, checks and channels, and how each is made of its declaration.
///
/// The pipeline knows no driver. `UpgradeDrivers` fills a catalog, and tests fill their own.
package struct UpgradeCatalog: Sendable {
  package var steps: [String: @Sendable (Declaration) throws(Diagnostic) -> any UpgradeStep] = [:]
  package var gates: [String: @Sendable (Declaration) throws(Diagnostic) -> any Gate] = [:]
  package var checks: [String: @Sendable (Declaration) throws(Diagnostic) -> any PreflightCheck] = [:]
  package var channels: [String: @Sendable (Declaration) throws(Diagnostic) -> any NotificationChannel] = [:]

  package init() {}
}

extension Diagnostic.Code {
  /// A spec names a kind of step, gate, check or channel that this program does not have.
  package static let unknownKind: Self = "unknown-kind"
}
