package import ConfigDocument
package import ConfigStore

/// An `upgrade.yaml`, read and checked: everything that the engine needs, with a place in the file for each part.
package struct UpgradeSpec: Sendable {
  /// The file as it was named.
  package var file: String
  /// The directory that relative paths start in.
  package var directory: String
  package var identity: UpgradeIdentity
  package var title: String
  /// In an order in which each comes behind those that it depends on.
  package var components: [Component]
  package var checks: [DeclaredCheck]
  /// In an order in which each comes behind those that it comes after.
  package var steps: [DeclaredStep]
  /// Gates that are asked during the whole run.
  package var watches: [DeclaredGate]
  package var channels: [DeclaredChannel]
  package var emergencies: [EmergencyProcedure]
  package var window: MaintenanceWindow?
  package var communication: CommunicationPlan?
  /// Who and what must be at hand, a line each.
  package var resources: [String]
  /// What people look at when all is done, a line each.
  package var validations: [String]
  package var preparation: TimeEstimate?
  package var validation: TimeEstimate?
  /// Whether a failed step takes everything back that was done before it.
  package var rollsBack: Bool
  /// How many steps may run side by side.
  package var parallelism: Int
  /// The digest of the parts that a run is bound to: versions, components and steps, whatever their layout.
  package var digest: Digest

  package func step(_ id: String) -> DeclaredStep? { steps.first { $0.id == id } }
}

extension UpgradeSpec {
  /// Reads a spec.
  ///
  /// - Throws: what is wrong with it, at its place: a syntax error, what the schema says first, a field that a driver
  ///   cannot use, `component-cycle`, `no-undo` and the other rules of ``UpgradePlanRules``.
  package static func read(_ path: String, catalog: UpgradeCatalog) throws(Diagnostic) -> UpgradeSpec {
    try read(try StandaloneFile(path).read(), named: path, catalog: catalog)
  }

  package static func read(
    _ bytes: [UInt8], named path: String, catalog: UpgradeCatalog
  ) throws(Diagnostic) -> UpgradeSpec {
    let document = try Document(bytes, as: DocumentFormat(pathOf: path) ?? .yaml, named: path)
    let findings = try UpgradeSchema.findings(in: document)
    if let first = findings.first(where: { $0.severity == .error }) {
      throw Diagnostic(
        first.code, first.message, at: first.place, hint: first.hint,
        related: first.related
          + findings.filter { $0.severity == .error }.dropFirst().compactMap { finding in
            finding.place.map { .init(finding.message, at: $0) }
          })
    }
    var reader = SpecReader(document: document, path: path, catalog: catalog)
    return try reader.read()
  }
}

extension Diagnostic.Code {
  /// Components, or steps, wait for each other in a circle.
  package static let componentCycle: Self = "component-cycle"
  /// A name in a spec that nothing in it has.
  package static let unknownReference: Self = "unknown-reference"
  /// Two parts of a spec have the same ID.
  package static let duplicateID: Self = "duplicate-id"
}
