import DocumentLaws
import TestSupport
import Testing

@testable import ConfigDocument

/// The cases that ``PropertyTests`` holds to the laws reach every edit in every circumstance.
@Suite struct ReachTests {
  /// Why an edit cannot meet a circumstance; nil where it can.
  private static func obstacle(to circumstance: Circumstance, for kind: RandomEdit.Kind) -> String? {
    let listsOnly: Set<Circumstance> = [.list, .indentless, .offset2, .offset4, .compactList]
    let mapsOnly: Set<Circumstance> = [.map, .step2, .step4, .step8, .compactMap, .merged]
    let movement: Set<Circumstance> = [.deeper, .shallower]
    switch kind {
    case .setScalar, .setCollection, .rename, .expand:
      if movement.union([.intoEmpty, .leavingEmpty]).contains(circumstance) { return "the member stays in its place" }
      if kind == .rename, listsOnly.contains(circumstance) { return "an item has no key" }
      if kind == .expand, [.anchored, .aliased, .anchorBelow, .blockScalar].contains(circumstance) {
        return "an alias has no anchor, and nothing in it"
      }
    case .remove:
      if movement.union([.intoEmpty]).contains(circumstance) { return "what is removed comes nowhere" }
    case .insert, .insertItem:
      if movement.union([.only, .leavingEmpty]).contains(circumstance) { return "what is new was nowhere" }
      if kind == .insert, listsOnly.contains(circumstance) { return "an entry comes into a mapping" }
      if kind == .insertItem, mapsOnly.contains(circumstance) { return "an item comes into a list" }
    case .copy:
      if circumstance == .leavingEmpty { return "the original stays" }
    case .moveToKey, .moveToList: break
    }
    return nil
  }

  private static func obstacle(
    to separation: Separation, for kind: RandomEdit.Kind, in format: DocumentFormat
  ) -> String? {
    if kind == .expand { return "JSON has no aliases" }
    let comments: Set<Separation> = [.headComment, .lineComment, .trailingComma]
    return format == .json && comments.contains(separation) ? "strict JSON has no comments and trailing commas" : nil
  }

  @Test func `generated YAML reaches every edit in every circumstance`() {
    let all = RandomEdit.Kind.allCases.flatMap { kind in Circumstance.allCases.map { Combination(kind: kind, of: $0) } }
    let wanted = Set(all.filter { Self.obstacle(to: $0.circumstance, for: $0.kind) == nil })
    let reach = Self.reach(of: wanted, .yaml, seeds: 0..<20_000) { $0.all($1) }
    for combination in all {
      let obstacle = Self.obstacle(to: combination.circumstance, for: combination.kind)
      #expect(reach.contains(combination) == (obstacle == nil), "\(combination): \(obstacle ?? "never reached")")
    }
  }

  @Test(arguments: [DocumentFormat.json, .jsonc])
  func `generated JSON reaches every edit with every separator`(_ format: DocumentFormat) {
    let all = RandomEdit.Kind.allCases.flatMap { kind in Separation.allCases.map { Combination(kind: kind, of: $0) } }
    let wanted = Set(all.filter { Self.obstacle(to: $0.circumstance, for: $0.kind, in: format) == nil })
    let reach = Self.reach(of: wanted, format, seeds: 0..<4_000) { circumstances, _ in circumstances.separations }
    for combination in all {
      let obstacle = Self.obstacle(to: combination.circumstance, for: combination.kind, in: format)
      #expect(reach.contains(combination) == (obstacle == nil), "\(combination): \(obstacle ?? "never reached")")
    }
  }

  private struct Combination<Case: Hashable>: Hashable {
    var kind: RandomEdit.Kind
    var circumstance: Case

    init(kind: RandomEdit.Kind, of circumstance: Case) {
      self.kind = kind
      self.circumstance = circumstance
    }
  }

  /// The combinations that the first edits of the cases of these seeds meet where they are done.
  ///
  /// - Parameter wanted: when all of these are met, the other seeds are left.
  private static func reach<Case: Hashable>(
    of wanted: Set<Combination<Case>>, _ format: DocumentFormat, seeds: Range<UInt64>,
    met: (CircumstancesOfEdit, RandomEdit.Kind) -> Set<Case>
  ) -> Set<Combination<Case>> {
    var reach: Set<Combination<Case>> = []
    var missing = wanted
    for seed in seeds {
      if missing.isEmpty { break }
      guard let (document, cases) = PropertyRun.cases(format, seed: seed, lists: 4) else { continue }
      for edit in cases.compactMap(\.edits.first) {
        var pair = EditedPair(document)
        guard case .done? = try? pair.apply(edit), let circumstances = CircumstancesOfEdit(edit, in: document) else {
          continue
        }
        for circumstance in met(circumstances, edit.kind) {
          reach.insert(Combination(kind: edit.kind, of: circumstance))
          missing.remove(Combination(kind: edit.kind, of: circumstance))
        }
      }
    }
    return reach
  }
}
