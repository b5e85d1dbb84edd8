internal import ConfigDocument
internal import ConfigMigration
internal import ConfigSchema

/// Sets that are too large for memory: where each file is a configuration of its own, few of them are there at a time.
extension ConfigurationDirectory {
  /// The files that are in memory at a time: all, or few where the set is large and each stands alone.
  func parts(of listing: SetListing) -> [ArraySlice<SetListing.File>] {
    guard listing.size > partLimits.whole, product.registry.worksFileByFile([]) else { return [listing.files[...]] }
    return listing.parts(of: partLimits.part)
  }

  /// The version of a set that is read part by part; see ``version(of:named:)``.
  func version(of listing: SetListing, named: String?) throws(Diagnostic) -> SetVersion {
    var version: SetVersion?
    var unknown: Diagnostic?
    for part in parts(of: listing) {
      do throws(Diagnostic) {
        let found = try self.version(of: try read(part), named: named)
        version = version?.joined(with: found) ?? found
      } catch {
        guard error.code == .versionUnknown, error.place == nil else { throw error }
        unknown = unknown ?? error
      }
    }
    if let version { return version }
    throw unknown ?? Diagnostic(.versionUnknown, "the set has no file")
  }

  /// The plan of a large set, made part by part, its texts on a shelf.
  /// - Returns: nil where the way has to see the whole set.
  func planInParts(
    _ listing: SetListing, to target: String?, from source: String?, validatesEach: Bool
  ) throws(Diagnostic) -> Plan? {
    let detected = try version(of: listing, named: source)
    let way = try product.registry.way(from: detected.version, to: target, at: detected.places.first)
    guard !way.isDown, product.registry.worksFileByFile(way.transformers) else { return nil }
    let (planner, schemas) = try planner(for: way, from: detected.version, validatesEach: validatesEach)
    let shelf = try TemporaryShelf()
    let realPaths = listing.realPaths
    var whole: Plan?
    var plain: [Range<Int>] = []
    for files in parts(of: listing) {
      let set = try read(files)
      var part = try planner.plan(
        showsSecrets ? set : set.naming(secretsOf: schemas), to: target, from: detected.version,
        validatesEach: validatesEach)
      try nameRealFiles(in: &part, realPaths)
      if let secrets = try secrets(of: set, and: part, schemas: schemas) {
        part.hide(secrets, pathsInDiffs: realPaths.mapValues(\.description))
      }
      let start = whole?.files.count ?? 0
      if !part.hidesSecrets { plain.append(start..<start + part.files.count) }
      for index in part.files.indices { try part.files[index].shelve(on: shelf) }
      if whole == nil { whole = part } else { whole?.append(part) }
    }
    guard var plan = whole else { return nil }
    if plan.hidesSecrets {
      for range in plain {
        plan.showDiffsForReading(range)
        for index in range { try plan.files[index].shelve(on: shelf) }
      }
    }
    plan.warnings.insert(contentsOf: detected.findings, at: 0)
    // None of these files says the version.
    if let record = try record(of: plan.to) { plan.files.append(record) }
    return plan
  }
}

extension SetVersion {
  /// The version of two parts of a set: what bounds it more, or is newer where nothing but its looks tells it.
  fileprivate func joined(with other: SetVersion) -> SetVersion {
    let isOther = isUpperBound && other.isUpperBound ? other.version < version : other.version > version
    var joined = isOther ? other : self
    if joined.findings.isEmpty { joined.findings = findings + other.findings }
    return joined
  }
}
