import DocumentLaws
import Testing

@testable import ConfigDocument

/// A document never denies a key that it holds, whatever was edited; and data read from bytes is what the values say.
@Suite struct KeyFilterTests {
  private func expectHeld(_ document: Document) {
    for index in document.nodes.indices where document.nodes[index].flags.contains(.key) {
      let node = document.nodes[index]
      guard node.kind == .scalar, document.isPresent(UInt32(index)) else { continue }
      #expect(document.keyFilter.mayHold(node.keyHash), "\(document.text(of: NodeID(index)) ?? "")")
    }
  }

  @Test func `what is not there is denied, mostly`() throws {
    let document = try Document(Array("a: {b: 1, c: [d, {e: f}]}\n".utf8), as: .yaml, named: "a")
    expectHeld(document)
    let denied = (0..<1000).count { !document.keyFilter.mayHold(KeyHash.hash("key-\($0)")) }
    #expect(denied > 950)
  }

  @Test func `keys that come with edits are held`() throws {
    var document = try Document(Array("a: {b: 1}\nc: &x [1]\nd: *x\n".utf8), as: .yaml, named: "a")
    let donor = try Document(Array("outer: {inner: {innermost: 1}}\n".utf8), as: .yaml, named: "b")
    let root = document.roots[0]
    let a = try #require(document.child("a", of: root))
    try document.insert(["new": ["newer": 1]], forKey: "made", into: root)
    try document.rename(a, to: "renamed")
    try document.insert(
      try #require(donor.child("outer", of: donor.roots[0])), from: donor, forKey: "outer", into: root)
    expectHeld(document)
    for key in ["made", "renamed", "outer"] { #expect(document.child(key, of: root) != nil, "\(key)") }
    #expect(document.node(at: Pointer(["outer", "inner", "innermost"])) != nil)
    #expect(document.node(at: Pointer(["made", "new", "newer"])) != nil)
  }

  @Test func `edits of generated texts keep all keys`() throws {
    for seed in UInt64(0)..<300 {
      var texts = YAMLTexts(seed: seed)
      guard var document = try? Document(texts.text(), as: .yaml, named: "text") else { continue }
      for index in document.nodes.indices {
        let node = NodeID(index)
        if document.parent(of: node) != nil, document.key(of: node) != nil, document.isPresent(node.raw) {
          _ = try? document.rename(node, to: "renamed-\(index)")
        }
      }
      expectHeld(document)
    }
  }
}

@Suite struct EvidentKindTests {
  private static let texts = [
    "", "a", "abc", "true", "True", "trueish", "false", "falsehood", "null", "Null", "nullable", "~", "~a", "yes", "Y",
    "yesterday",
    "on", "On", "only", "0", "00", "08", "017", "1", "12", "1e3", "1e", "0x1f", "0o17", "0b1", "30s", "512Mi", "1_000",
    "1:30",
    "12:30:45", "1.5", "1.", ".5", ".inf", "-.inf", "-1", "+1", "-", "+", ".nan", "2.1.0", "0xzz", "1d", "9f", "=",
    "<<", "no", "off",
  ]

  @Test(arguments: texts) func `a glance agrees with a closer look`(_ text: String) {
    for version in [Document.YAMLVersion.yaml11, .yaml12] {
      let glance = Array(text.utf8).withUnsafeBufferPointer { ScalarResolution.evidentKind(of: $0, version: version) }
      guard let glance else { continue }
      let value = ScalarResolution.plainValue(of: text, version: version)
      let kind: ValueTree.Kind =
        switch value {
        case .null: .null
        case .bool: .bool
        case .number: .number
        default: .string
        }
      #expect(glance == kind, "\(text) in YAML \(version.rawValue)")
    }
  }

  @Test func `data from bytes is what the values say`() throws {
    for seed in UInt64(0)..<400 {
      var texts = YAMLTexts(seed: seed)
      let text = texts.text()
      guard let document = try? Document(text, as: .yaml, named: "text") else { continue }
      for (number, root) in document.roots.enumerated() {
        guard let tree = try? ValueTree(document, root: number) else { continue }
        // Two complex keys may be the same as text, so that no value has both.
        #expect(
          said(by: tree) == said(by: ValueTree(document.value(of: root))), "\(String(decoding: text, as: UTF8.self))")
        for index in tree.nodes.indices where tree.nodes[index].key.count > 0 {
          #expect(tree.nodes[index].keyHash == KeyHash.hash(tree.string(tree.nodes[index].key)))
        }
      }
    }
  }

  private func said(by tree: ValueTree) -> [String] {
    tree.nodes.map {
      "\($0.kind) \($0.isTrue) \(tree.string($0.key).debugDescription) \(tree.string($0.text).debugDescription) \($0.count)"
    }
  }

  @Test func `scalars that stay are told from those that do not`() throws {
    for seed in UInt64(0)..<200 {
      var texts = YAMLTexts(seed: seed)
      guard var document = try? Document(texts.text(), as: .yaml, named: "text") else { continue }
      let scalars = document.sourceScalars
      for (number, node) in scalars.enumerated() where document.isPresent(node.raw) {
        switch number % 5 {
        case 0: _ = try? document.rename(node, to: "renamed-\(number)")
        case 1: _ = try? document.remove(node)
        case 2: _ = try? document.set(node, to: .string("other"))
        case 3: if let parent = document.parent(of: node) { _ = try? document.set(parent, to: .string("gone")) }
        default: break
        }
      }
      let told = document.changedScalars
      let expected = scalars.filter { document.fate(of: $0) != .kept }
      #expect(told.changed.map(\.node) == expected)
      #expect(told.kept == scalars.count - expected.count)
    }
  }
}
