package import UpgradePipeline

extension UpgradeCatalog {
  /// What this program can do: every driver adds its kinds here.
  package static let standard = UpgradeCatalog()
}
