import DocumentLaws
import Testing

@testable import ConfigDocument

/// The data of several layers: from documents as they stand, from trees, and by the definition.
@Suite struct LayeringTests {
  /// What layers combine to, value by value.
  private static func combined(_ layers: [Value], _ lists: ValueTree.ListCombination) -> Value {
    var result = layers[0]
    for layer in layers.dropFirst() { result = combined(result, layer, lists) }
    return result
  }

  private static func combined(_ low: Value, _ high: Value, _ lists: ValueTree.ListCombination) -> Value {
    switch (low, high) {
    case (.object(let low), .object(let high)):
      var members = low.members
      for (key, value) in high.members {
        if let index = members.firstIndex(where: { $0.key.utf8.elementsEqual(key.utf8) }) {
          members[index].value = combined(members[index].value, value, lists)
        } else {
          members.append((key, value))
        }
      }
      return .object(Object(members))
    case (.array(let low), .array(let high)) where lists == .append: return .array(low + high)
    default: return high
    }
  }

  private static func tree(_ documents: [Document], _ mounts: [Pointer]) throws -> [ValueTree] {
    try documents.enumerated().map { number, document in
      try ValueTree(document, root: document.roots.first, layer: number, at: mounts[number])
    }
  }

  /// Documents of generated texts, with edits, that have one root.
  private static func documents(seed: UInt64) -> [Document] {
    (0..<3).compactMap { number in
      guard let (document, cases) = PropertyRun.cases(.yaml, seed: seed &* 3 &+ UInt64(number), lists: 1) else {
        return nil
      }
      guard document.roots.count == 1 else { return nil }
      var pair = EditedPair(document)
      for edit in cases[0].edits { _ = try? pair.apply(edit) }
      return pair.document
    }
  }

  @Test func `layers of documents combine as their trees and values do`() throws {
    var (plain, merged) = (0, 0)
    for seed in 0..<UInt64(4_000) {
      let documents = Self.documents(seed: seed)
      guard documents.count > 1 else { continue }
      let mounts = documents.indices.map { seed % 3 == 0 && $0 > 0 ? Pointer(["a", "b"]) : Pointer() }
      guard let trees = try? Self.tree(documents, mounts) else { continue }
      for lists in [ValueTree.ListCombination.replace, .append] {
        let layers = try documents.enumerated().map { number, document in
          try ValueTree.Layer(document, root: document.roots.first, layer: number, at: mounts[number])
        }
        plain += layers.count { if case .plain = $0 { true } else { false } }
        let byTrees = ValueTree(layering: trees, lists: lists)
        let byDocuments = ValueTree(layering: layers, lists: lists)
        let withoutOrigins = ValueTree(layering: layers, lists: lists, tellsOrigins: false)
        let expected = Self.combined(trees.map { $0.value() }, lists)
        #expect(byTrees.value() == expected, "seed \(seed)")
        #expect(byDocuments.value() == expected, "seed \(seed)")
        #expect(withoutOrigins.value() == expected, "seed \(seed)")
        #expect(byDocuments.origins == byTrees.origins, "seed \(seed)")
        #expect(withoutOrigins.origins.isEmpty)
        for (one, other) in zip(byDocuments.nodes, byTrees.nodes) {
          #expect(one.end == other.end && one.count == other.count && one.keyHash == other.keyHash, "seed \(seed)")
        }
        for (layer, tree) in zip(layers, trees) { #expect(layer.isNull == (tree.nodes[0].kind == .null)) }
        if expected != trees[trees.count - 1].value() { merged += 1 }
      }
    }
    print("layers: \(plain) plain documents, \(merged) combinations that are not the last layer")
    #expect(plain > 1_000 && merged > 500)
  }
}
