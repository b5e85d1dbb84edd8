import ConfigDocument

/// A chain that is run part by part: what shares nothing with the rest of the set is migrated by itself, on any core, and all
/// edges of the chain while it is at hand.
///
/// It is the same run as that of the whole set, operation by operation. Where that is not certain it is not done.
extension WorkingSet {
  /// Below so many fragments, parting them costs more than it brings.
  private static let fewestFragments = 64
  private static let mostParts = 64

  /// Runs the chain part by part.
  ///
  /// - Returns: the steps, as if the transformers had run one after the other; nil where they have to, and nothing was done.
  mutating func runPartByPart(_ chain: [Transformer]) -> [Plan.Step]? {
    guard trace == nil, replayed == nil, !chain.isEmpty, mountedUnits.count == 1, let mount = mountedUnits.keys.first,
      chain.allSatisfy({ $0.staysInParts(at: mount) }), let parts = parts(at: mount)
    else { return nil }
    let migrated = ResultSlots<File>(count: files.count)
    guard let ran = run(chain, in: parts, to: migrated), let first = ran.first, let findings = Self.findings(of: ran),
      let files = try? migrated.take()
    else { return nil }
    self.files = files
    self.findings += findings
    // The units of a file stand together.
    var firstUnits = [Int](repeating: 0, count: files.count)
    for unit in units.indices.reversed() { firstUnits[units[unit].file] = unit }
    for (part, numbers) in zip(ran, parts) { take(part.set, as: numbers, firstUnits: firstUnits) }
    (authors, nextAuthor, transformer) = (first.set.authors, first.set.nextAuthor, first.set.transformer)
    findingsBefore = []
    return chain.enumerated().map { index, transformer in
      var outcomes = first.outcomes[index]
      for part in ran.dropFirst() { outcomes.join(part.outcomes[index]) }
      return Plan.Step(transformer, outcomes: outcomes)
    }
  }

  /// Runs the chain in every part, on any core, and puts the files of each where those of the whole set are.
  ///
  /// - Returns: the parts, without files; nil where one failed, or where the parts do not agree.
  private func run(
    _ chain: [Transformer], in parts: [[Int]], to migrated: ResultSlots<File>
  ) -> [MigratedPart]? {
    // Which error comes first, the run of the whole set says.
    let ran = try? runtime.work.map(parts.count, grain: 1) { (index) throws(Diagnostic) -> MigratedPart in
      var part = self.part(parts[index])
      var outcomes: [[Plan.OperationOutcome]] = []
      for transformer in chain { outcomes.append(try part.outcomes(of: transformer)) }
      let isWhole = part.files.count == parts[index].count
      if isWhole { for (file, number) in zip(part.files, parts[index]) { migrated.set(number, file) } }
      part.files = []
      return MigratedPart(part, isWhole: isWhole, outcomes)
    }
    guard let ran, ran.allSatisfy({ $0.isWhole && $0.set.authors == ran[0].set.authors }) else { return nil }
    return ran
  }

  /// The set with these files alone, before anything was done to it.
  private func part(_ numbers: [Int]) -> WorkingSet {
    var part = self
    part.files = numbers.map { files[$0] }
    part.findings = []
    part.units = []
    for index in part.files.indices { part.addUnits(of: index) }
    part.groupUnits()
    return part
  }

  private mutating func take(_ part: WorkingSet, as numbers: [Int], firstUnits: [Int]) {
    var taken: (file: Int, unit: Int)?
    for unit in part.units {
      let own = taken.flatMap { $0.file == unit.file ? $0.unit + 1 : nil } ?? firstUnits[numbers[unit.file]]
      units[own].root = unit.root
      taken = (unit.file, own)
    }
    for (author, count) in part.tallies { tallies[author, default: 0] += count }
  }

  /// What was found, operation by operation, and for each in the order of the parts; nil where files of the first part, which
  /// may stand before and behind those of the others, had a share in it.
  private static func findings(of ran: [MigratedPart]) -> [Diagnostic]? {
    let parts = ran.map(\.set)
    guard parts.contains(where: { !$0.findings.isEmpty }) else { return [] }
    var found: [Diagnostic] = []
    for author in parts[0].findingsBefore.indices {
      let shares = parts.map { part in
        let end = author + 1 < part.findingsBefore.count ? part.findingsBefore[author + 1] : part.findings.count
        return part.findings[part.findingsBefore[author]..<end]
      }
      if !shares[0].isEmpty, shares.dropFirst().contains(where: { !$0.isEmpty }) { return nil }
      found += shares.joined()
    }
    return found
  }

  // MARK: What shares nothing

  /// The numbers of the files that are one part each: the first holds the base, the overlays, and every fragment that has a key
  /// in common with another file. Nil where it is not worth while, or not known what is shared.
  private func parts(at mount: Pointer) -> [[Int]]? {
    let fragments = files.indices.filter { files[$0].layer.mount == mount && !mount.isRoot }
    guard fragments.count >= Self.fewestFragments, fragments.count + sharedFiles(mount).count == files.count,
      var holders = keysOfSharedFiles(at: mount)
    else { return nil }
    var shared = Set(sharedFiles(mount))
    for file in fragments {
      let document = files[file].document
      guard !document.hasAnchors, document.roots.count == 1, document.kind(of: document.roots[0]) == .mapping else {
        return nil
      }
      for (key, _) in document.entries(of: document.roots[0]) {
        guard let text = document.text(of: key) else { return nil }
        if let other = holders.updateValue(file, forKey: Array(text.utf8)), other != file {
          shared.formUnion([other, file])
        }
      }
    }
    let alone = fragments.filter { !shared.contains($0) }
    let size = max(alone.count / Self.mostParts, 8)
    return [shared.sorted()]
      + stride(from: 0, to: alone.count, by: size).map { Array(alone[$0..<min($0 + size, alone.count)]) }
  }

  private func sharedFiles(_ mount: Pointer) -> [Int] {
    files.indices.filter { files[$0].layer.mount.isRoot && !files[$0].layer.isStandalone }
  }

  /// The keys that base files and overlays have where the fragments are put, with one of the files; nil where something else
  /// than a mapping stands there.
  private func keysOfSharedFiles(at mount: Pointer) -> [[UInt8]: Int]? {
    var keys: [[UInt8]: Int] = [:]
    for unit in units.indices where units[unit].mount.isRoot {
      switch value(at: mount, in: [unit]) {
      case nil: continue
      case .object(let object)?: for key in object.keys { keys[Array(key.utf8)] = units[unit].file }
      default: return nil
      }
    }
    return keys
  }
}

/// A part of a set behind the chain. A class, since a set is much to copy.
private final class MigratedPart: Sendable {
  let set: WorkingSet
  /// Whether it has the files that it began with.
  let isWhole: Bool
  /// What each operation found, transformer by transformer.
  let outcomes: [[Plan.OperationOutcome]]

  init(_ set: WorkingSet, isWhole: Bool, _ outcomes: [[Plan.OperationOutcome]]) {
    self.set = set
    self.isWhole = isWhole
    self.outcomes = outcomes
  }
}
