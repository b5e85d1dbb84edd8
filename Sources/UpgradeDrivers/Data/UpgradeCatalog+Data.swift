internal import ConfigDocument
internal import UpgradePipeline

extension UpgradeCatalog {
  /// `data`, which runs scripts, takes a backup, exports key data, or restores a backup: the field that is there says which.
  mutating func addData() {
    add(step: "data") { (declaration) throws(Diagnostic) -> any UpgradeStep in
      let fields = declaration.value.object
      if fields?["backup"] != nil { return try DatabaseBackupStep(declaration) }
      if fields?["export"] != nil { return try KeyDataExportStep(declaration) }
      if fields?["restore"] != nil { return try DatabaseRestoreStep(declaration) }
      return try DataMigrationStep(declaration)
    }
  }
}
