internal import ConfigDocument
package import UpgradePipeline

extension UpgradeCatalog {
  /// What this program can do: every driver adds its kinds here.
  package static let standard: UpgradeCatalog = {
    var catalog = UpgradeCatalog()
    for kind in ["run", "deploy"] {
      catalog.add(step: kind) { (declaration) throws(Diagnostic) -> any UpgradeStep in try CommandStep(declaration) }
    }
    catalog.add(step: "configure") { (declaration) throws(Diagnostic) -> any UpgradeStep in
      try ConfigureStep(declaration)
    }
    catalog.add(gate: "run") { (declaration) throws(Diagnostic) -> any Gate in try CommandGate(declaration) }
    catalog.add(gate: "http") { (declaration) throws(Diagnostic) -> any Gate in try HTTPGate(declaration) }
    catalog.addChecks()
    catalog.addData()
    catalog.add(channel: "run") { (declaration) throws(Diagnostic) -> any NotificationChannel in
      try CommandChannel(declaration)
    }
    catalog.add(channel: "webhook") { (declaration) throws(Diagnostic) -> any NotificationChannel in
      try WebhookChannel(declaration)
    }
    catalog.add(channel: "smtp") { (declaration) throws(Diagnostic) -> any NotificationChannel in
      try MailChannel(declaration)
    }
    return catalog
  }()
}
