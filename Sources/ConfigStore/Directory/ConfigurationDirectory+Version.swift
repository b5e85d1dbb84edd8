public import ConfigDocument
public import ConfigMigration

extension ConfigurationDirectory {
  /// The version of the set: what its files say; else what was named, or is recorded in its `cfgmigrate.yaml`; else what its
  /// contents look like.
  ///
  /// - Parameter named: a label that somebody gives for a set that does not say its version.
  /// - Throws: `version-mixed` where the label contradicts what the set or the record says; `version-unknown`.
  public func version(of set: ConfigurationSet, named: String? = nil) throws(Diagnostic) -> SetVersion {
    let found: SetVersion?
    do throws(Diagnostic) { found = try set.version() } catch {
      // With a place, something says a version that is none.
      guard error.code == .versionUnknown, error.place == nil else { throw error }
      guard named != nil || settings.version != nil else { throw withoutRecord(error) }
      found = nil
    }
    if let found, !found.isDetected {
      if let named, try parse(named, at: nil) != found.version {
        throw contradiction(named, to: "the set says version \(found.version)", at: found.places.first)
      }
      return found
    }
    guard let label = named ?? settings.version else {
      if let found { return found }
      return try set.version()
    }
    let version = try parse(label, at: named == nil ? settings.placeOfVersion : nil)
    if let named, let recorded = settings.version, try parse(recorded, at: settings.placeOfVersion) != version {
      throw contradiction(named, to: "version \(recorded) is recorded for the set", at: settings.placeOfVersion)
    }
    var findings: [Diagnostic] = []
    if let found, found.version > version {
      findings.append(
        Diagnostic(
          .versionContradicted,
          "the set is taken for version \(version), and what it holds looks like \(found.version)",
          severity: .warning, at: settings.placeOfVersion,
          hint: "was a part of it migrated by hand? the result may need a look"))
    }
    return SetVersion(known: version, at: settings.placeOfVersion, findings: findings)
  }

  /// Whether the set's version stands in `cfgmigrate.yaml`, or is to stand there after a run: none of its own files says it.
  func recordsVersion(of set: ConfigurationSet, named: String?) throws(Diagnostic) -> Bool {
    if named == nil, settings.version == nil, product.product.saysVersion { return false }
    do throws(Diagnostic) { return try set.version().isDetected } catch { return error.code == .versionUnknown }
  }

  /// The plan for `cfgmigrate.yaml` that records a version; nil where it is recorded already.
  /// - Throws: `edit-refused`.
  func record(of label: String) throws(Diagnostic) -> Plan.PlannedFile? {
    guard settings.version != label else { return nil }
    guard var document = settings.document else {
      return Plan.PlannedFile(
        newRecordAt: SetSettings.fileName,
        lines: ["product: \(product.product.name)", "version: \(Self.scalar(label))"])
    }
    guard let root = document.roots.first else {
      throw Diagnostic(
        .badSettings, "cfgmigrate.yaml is empty, and the version is to be recorded there",
        hint: "Write `product: \(product.product.name)` into it, or remove it")
    }
    if let node = document.child("version", of: root) {
      try document.set(node, to: .string(label))
    } else {
      try document.insert(.string(label), forKey: "version", into: root)
    }
    return Plan.PlannedFile(
      recordAt: SetSettings.fileName, old: document.source, rendering: try document.render())
  }

  /// A version such as 1.20 would be read as the number 1.2.
  private static func scalar(_ label: String) -> String {
    label.split(separator: ".").count == 3 ? label : Value.string(label).description
  }

  private func parse(_ label: String, at place: SourcePlace?) throws(Diagnostic) -> Version {
    let scheme = product.product.versions.scheme
    if let version = Version(label, scheme: scheme) { return version }
    throw Diagnostic(
      .versionUnknown, "`\(label)` is no version of the scheme `\(scheme.name)`", at: place,
      hint: "a version looks like \(scheme.example)")
  }

  private func contradiction(_ named: String, to fact: String, at place: SourcePlace?) -> Diagnostic {
    Diagnostic(
      .versionMixed, "\(fact), and `--from` names \(named)", at: place,
      hint: "leave `--from` out, or correct what is written here")
  }

  private func withoutRecord(_ unknown: Diagnostic) -> Diagnostic {
    var error = unknown
    if !product.product.saysVersion {
      error.hint = "name it with `--from VERSION`; it is recorded in cfgmigrate.yaml when it is applied"
    }
    return error
  }
}

extension Product {
  /// Whether a set has a place of its own for its version.
  fileprivate var saysVersion: Bool {
    versions.places.contains { $0.file?.text != SetSettings.fileName }
  }
}
