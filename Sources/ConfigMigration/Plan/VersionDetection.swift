public import ConfigDocument

/// The version of a set, and how it is known.
public struct SetVersion: Sendable {
  public var version: Version
  /// Where the set says it; empty where it was detected by what the set holds.
  public var places: [SourcePlace]
  /// A warning where what the set holds looks like a newer version.
  public var findings: [Diagnostic]
  /// Whether it is only the newest version that it can be.
  public var isUpperBound = false

  public var isDetected: Bool { places.isEmpty }
}

extension ConfigurationSet {
  /// The version that the set says, or that the product's `detect` conditions find.
  /// - Throws: `version-mixed` where two places differ; `version-unknown` where nothing says it, or what says it is none
  ///   of the product's scheme.
  public func version() throws(Diagnostic) -> SetVersion { try WorkingSet(self).version() }
}

extension WorkingSet {
  /// See ``ConfigurationSet/version()``.
  func version() throws(Diagnostic) -> SetVersion {
    var said: (version: Version, places: [SourcePlace])?
    for (unit, node) in versionNodes() {
      let document = document(of: unit)
      let place = document.place(of: node)
      let label = document.text(of: document.resolved(node)) ?? ""
      guard let version = Version(label, scheme: product.versions.scheme) else {
        throw Diagnostic(
          .versionUnknown, "`\(label)` is no version of the scheme `\(product.versions.scheme.name)`", at: place,
          hint: "a version looks like \(product.versions.scheme.example)")
      }
      guard let known = said else {
        said = (version, [place])
        continue
      }
      guard known.version == version else {
        throw Diagnostic(
          .versionMixed, "the set says version \(version) here and \(known.version) elsewhere", at: place,
          hint: "a set has one version: correct the one that is wrong",
          related: [Diagnostic.Related("it says \(known.version)", at: known.places[0])])
      }
      said?.places.append(place)
    }
    let detected = try detection()
    if let said {
      let findings = detected?.contradiction(of: said.version, at: said.places[0])
      return SetVersion(version: said.version, places: said.places, findings: findings.map { [$0] } ?? [])
    }
    if let detected {
      return SetVersion(version: detected.version, places: [], findings: [], isUpperBound: detected.isUpperBound)
    }
    let places = product.versions.places.map { "`\($0)`" }
    throw Diagnostic(
      .versionUnknown, "the set does not say its version, and nothing that it holds tells it",
      hint: places.isEmpty
        ? "name it on the command line" : "write it at \(places.joined(separator: " or "))")
  }

  private func detection() throws(Diagnostic) -> Product.Detection? {
    // The base is asked without its overlays; of what stands alone, each document.
    var subjects = standaloneUnits.map { ConditionSubject(units: [$0], effectiveUnits: [$0]) }
    if !baseUnits.isEmpty { subjects.insert(ConditionSubject(units: baseUnits, effectiveUnits: baseUnits), at: 0) }
    for detection in product.versions.detection {
      for subject in subjects where try holds(detection.condition, for: subject) { return detection }
    }
    return nil
  }
}

extension Product.Detection {
  /// A warning where what was found does not go with the version that the set says.
  fileprivate func contradiction(of said: Version, at place: SourcePlace) -> Diagnostic? {
    guard isUpperBound ? version < said : version > said else { return nil }
    return Diagnostic(
      .versionContradicted,
      isUpperBound
        ? "the set says version \(said), and holds what no version after \(version) knows"
        : "the set says version \(said), and what it holds looks like \(version)",
      severity: .warning, at: place,
      hint: isUpperBound
        ? "start from \(version), so that this is migrated too"
        : "was a part of it migrated by hand? the result may need a look")
  }
}

extension WorkingSet {
  /// The scalars that say the set's version, in the order of the files.
  package func versionNodes() -> [(unit: Int, node: NodeID)] {
    var found: [(unit: Int, node: NodeID)] = []
    let places = product.versions.places.map { (address: $0, probe: KeyProbe($0)) }
    for unit in units.indices {
      for (address, probe) in places where mayHold(probe, in: unit, within: Pointer()) {
        guard fileMatches(address, unit: unit, Captures()) else { continue }
        let captures = fileCaptures(address, unit: unit, Captures())
        for match in self.found(address, in: unit, captures) {
          let document = document(of: unit)
          guard document.kind(of: document.resolved(match.node)) == .scalar, !match.isMerged else { continue }
          if found.contains(where: { $0 == (unit, match.node) }) { continue }
          found.append((unit, match.node))
        }
      }
    }
    return found
  }

  /// - Throws: `version-unknown` where the set said its version before, and the file or key that did is gone.
  func checkVersionIsSaid(since detected: SetVersion) throws(Diagnostic) {
    guard let place = detected.places.first, versionNodes().isEmpty else { return }
    throw Diagnostic(
      .versionUnknown, "the set says its version here, and would say it nowhere afterwards", at: place,
      hint: "let `versions.at` in `product.yaml` name the new place too: it takes a list")
  }

  /// Writes the version wherever the set says it, in the form and quotes that it has there.
  package mutating func writeVersion(_ version: Version) throws(Diagnostic) {
    let author = newAuthor("version", at: nil)
    current = CurrentOperation(name: "version", place: nil, author: author)
    for (unit, node) in versionNodes() {
      let isNumber = if case .number = document(of: unit).value(of: node) { true } else { false }
      let number = isNumber && product.versions.scheme == .integer ? Number(version.label) : nil
      let value = number.map(Value.number) ?? .string(version.label)
      try edit(unit: unit) { document throws(Diagnostic) in try document.set(node, to: value) }
      tallies[author.rawValue, default: 0] += 1
    }
    current = nil
  }
}
