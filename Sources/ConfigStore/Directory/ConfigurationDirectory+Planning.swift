public import ConfigDocument
public import ConfigMigration
internal import ConfigSchema

extension ConfigurationDirectory {
  /// Plans the way to a version, in memory. Nothing is written.
  ///
  /// Secrets are masked in its diffs, findings and notes, unless the directory was opened to show them.
  ///
  /// - Parameters:
  ///   - target: a label, also with its last parts left out; nil for the newest version that can be reached.
  ///   - source: the version of a set that does not say it. When the plan is applied it is recorded.
  ///   - validatesEach: whether the versions between are checked against their schemas as well.
  ///   - choice: on a way down, what becomes of places where an edit since the upgrade and the older form differ.
  /// - Throws: `interrupted-run`; what is wrong with the set, the chain or a schema. What the schemas find in the
  ///   configuration is part of the plan.
  public func plan(
    to target: String? = nil, from source: String? = nil, validatingEach validatesEach: Bool = false,
    preferring choice: ConflictChoice? = nil
  ) throws(Diagnostic) -> Plan {
    try hidingSecrets { () throws(Diagnostic) in
      try plainPlan(to: target, from: source, validatingEach: validatesEach, preferring: choice)
    }
  }

  private func plainPlan(
    to target: String?, from source: String?, validatingEach validatesEach: Bool, preferring choice: ConflictChoice?
  ) throws(Diagnostic) -> Plan {
    try history.requireWhole(path)
    let listing = try list()
    if parts(of: listing).count > 1, choice == nil,
      let plan = try planInParts(listing, to: target, from: source, validatesEach: validatesEach)
    {
      return plan
    }
    let (set, realPaths) = (try read(listing.files), listing.realPaths)
    let detected = try version(of: set, named: source)
    let way = try product.registry.way(from: detected.version, to: target, at: detected.places.first)
    let records = way.isDown ? try recordedRuns(upTo: detected.version.label, realPaths) : []
    let (planner, schemas) = try planner(for: way, from: detected.version, validatesEach: validatesEach)
    var plan = try planner.plan(
      showsSecrets ? set : set.naming(secretsOf: schemas), to: target, from: detected.version,
      validatesEach: validatesEach, records: records, preferring: choice)
    plan.warnings.insert(contentsOf: detected.findings, at: 0)
    let secrets = try secrets(of: set, and: plan, records: records, schemas: schemas)
    if try recordsVersion(of: set, named: source), let record = try record(of: plan.to) { plan.files.append(record) }
    try nameRealFiles(in: &plan, realPaths)
    if let secrets { plan.hide(secrets, pathsInDiffs: realPaths.mapValues(\.description)) }
    return plan
  }

  /// The planner of a way, and the schemas that it asks.
  func planner(
    for way: MigrationWay, from version: Version, validatesEach: Bool
  ) throws(Diagnostic) -> (Planner, schemas: [Schema]) {
    var versions = [version]
    if validatesEach { versions += way.transformers.map(\.to) } else { versions.append(way.goal) }
    var schemas: [String: Schema] = [:]
    for version in versions { schemas[version.label] = try product.schema(for: version)?.schema }
    let planner = Planner(
      registry: product.registry, schemas: { [schemas] in schemas[$0] },
      runtime: .ofThisMachine(runsPrograms: !product.isNamedBySet))
    return (planner, Array(schemas.values))
  }

  func nameRealFiles(in plan: inout Plan, _ realPaths: [String: RelativePath]) throws(Diagnostic) {
    for index in plan.files.indices {
      let file = plan.files[index]
      // The diff names the file that will be written, not a link to it.
      guard file.isChanged, let path = file.oldPath, let real = realPaths[path], real.description != path else {
        continue
      }
      guard file.fate == .kept else { throw linked(path, to: real) }
      plan.files[index].diff = UnifiedDiff.text(
        of: Rendering(bytes: file.new, changes: file.changes), from: file.old, path: real.description)
    }
  }

  private func linked(_ path: String, to real: RelativePath) -> Diagnostic {
    Diagnostic(
      .linkedFile, "\(path) is a link to \(real), and the plan would remove or rename it",
      hint: "Replace the link by the file itself first, or do this step by hand")
  }

  /// The plan in a form to keep: digests of everything that it was made of and of what it will write, and no contents.
  public func save(_ plan: Plan) throws(Diagnostic) -> SavedPlan {
    var schemas: [SavedPlan.Entry] = []
    for label in [plan.from] + plan.steps.map(\.to) {
      guard let version = Version(label, scheme: product.product.versions.scheme),
        plan.from == label || plan.to == label, let schema = try product.schema(for: version)
      else { continue }
      schemas.append(.init(name: label, digest: schema.checksum))
    }
    return SavedPlan(
      product: plan.product, directory: path, from: plan.from, to: plan.to, productChecksum: product.checksum,
      transformers: plan.steps.map { .init(name: $0.id, digest: Digest(of: $0.canonicalForm)) }, schemas: schemas,
      inputs: plan.files.compactMap { file in file.oldPath.map { .init(name: $0, digest: Digest(of: file.old)) } },
      outputs: plan.files.compactMap { file in file.newPath.map { .init(name: $0, digest: Digest(of: file.new)) } })
  }

  /// Computes a saved plan again.
  /// - Throws: `plan-drift`, where anything that the plan binds has changed, or the result would be another one.
  public func plan(_ saved: SavedPlan) throws(Diagnostic) -> Plan {
    let set = try read().set
    let isSaid = try !recordsVersion(of: set, named: saved.from) || settings.version != nil
    let plan = try plan(to: saved.to, from: isSaid ? nil : saved.from)
    let differences = try save(plan).differences(from: saved)
    guard differences.isEmpty else {
      throw Diagnostic(
        .planDrift, "the saved plan is out of date: \(differences.joined(separator: "; "))",
        hint: "Make a new plan, and have it reviewed")
    }
    return plan
  }
}

extension Diagnostic.Code {
  /// Something that a saved plan binds has changed.
  public static let planDrift: Self = "plan-drift"
  /// A plan would remove or rename a file that is a link.
  public static let linkedFile: Self = "linked-file"
}
