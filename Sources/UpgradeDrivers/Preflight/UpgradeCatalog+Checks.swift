internal import ConfigDocument
internal import UpgradePipeline

extension UpgradeCatalog {
  mutating func addChecks() {
    add(check: "run") { (declaration) throws(Diagnostic) -> any PreflightCheck in try CommandCheck(declaration) }
    add(check: "http") { (declaration) throws(Diagnostic) -> any PreflightCheck in try HTTPCheck(declaration) }
    add(check: "version") { (declaration) throws(Diagnostic) -> any PreflightCheck in try VersionCheck(declaration) }
    add(check: "packages") { (declaration) throws(Diagnostic) -> any PreflightCheck in try PackagesCheck(declaration) }
    add(check: "backup") { (declaration) throws(Diagnostic) -> any PreflightCheck in try BackupCheck(declaration) }
    add(check: "disk") { (declaration) throws(Diagnostic) -> any PreflightCheck in try DiskCheck(declaration) }
    add(check: "memory") { (declaration) throws(Diagnostic) -> any PreflightCheck in try MemoryCheck(declaration) }
    add(check: "cpu") { (declaration) throws(Diagnostic) -> any PreflightCheck in try ProcessorCheck(declaration) }
    add(check: "clock") { (declaration) throws(Diagnostic) -> any PreflightCheck in try ClockCheck(declaration) }
    add(check: "writable") { (declaration) throws(Diagnostic) -> any PreflightCheck in try WritableCheck(declaration) }
    add(check: "sql") { (declaration) throws(Diagnostic) -> any PreflightCheck in try DatabaseCheck(declaration) }
  }
}
