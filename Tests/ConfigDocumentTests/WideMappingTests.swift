import ConfigDocument
import DocumentLaws
import TestSupport
import Testing

/// Mappings with so many keys that the document keeps a table of them: what it finds is what a look at every entry finds.
@Suite struct WideMappingTests {
  static func text(keys: Int) -> String {
    "base: &base {a: 1}\nuser: *base\n" + (0..<keys).map { "key-\($0): \($0)\n" }.joined()
  }

  /// The value under a key, by looking at every entry.
  static func lookedUp(_ key: String, of mapping: NodeID, in document: Document) -> NodeID? {
    document.entries(of: mapping).first { document.text(of: $0.key) == key }?.value
  }

  @Test(arguments: [1, 12, 13, 63, 64, 300])
  func `every key is found, and no other`(keys: Int) throws {
    let document = try Document(Array(Self.text(keys: keys).utf8), as: .yaml, named: "file")
    let root = document.roots[0]
    for index in 0..<keys { #expect(document.child("key-\(index)", of: root).flatMap(document.text) == "\(index)") }
    #expect(document.child("key-\(keys)", of: root) == nil)
    #expect(document.child("", of: root) == nil)
  }

  @Test func `random edits leave every key findable`() throws {
    var random = SplitMix(seed: 7)
    var document = try Document(
      Array((Self.text(keys: 90) + "other:\n  x: 1\nlist:\n- 1\n").utf8), as: .yaml, named: "file")
    let root = document.roots[0]
    var names = Set(document.entries(of: root).compactMap { document.text(of: $0.key) })
    for step in 0..<150 {
      let other = try #require(document.child("other", of: root))
      let name = "key-\(random.next() % 120)"
      switch (document.child(name, of: root), random.next() % 6) {
      case (nil, _): try document.insert(.string("new"), forKey: name, into: root, at: step % 2 == 0 ? .last : .first)
      case (let node?, 0): try document.remove(node)
      case (let node?, 1): try document.rename(node, to: "renamed-\(step)")
      case (let node?, 2): try document.set(node, to: .array([1, 2]))
      case (let node?, 3): try document.move(node, toKey: "moved-\(step)", in: other)
      case (let node?, 4): try document.move(node, toKey: name, in: root, at: .first)
      case (let node?, _): try document.copy(node, toKey: "copied-\(step)", in: root, at: .before(node))
      }
      if step % 7 == 0, let back = document.entries(of: other).last?.value, document.entries(of: other).count > 1 {
        try document.move(back, toKey: "back-\(step)", in: root)
      }
      names.formUnion(["renamed-\(step)", "copied-\(step)", "back-\(step)", name])
      // All at the end, and the ones that this step may have changed.
      let changed = step == 149 ? names : [name, "renamed-\(step)", "copied-\(step)", "back-\(step)"]
      for name in changed {
        #expect(document.child(name, of: root) == Self.lookedUp(name, of: root, in: document), "\(name), step \(step)")
      }
    }
    _ = try document.render()
  }

  @Test(arguments: [2, 13, 64, 1000])
  func `a duplicate key is found in a mapping of any width`(keys: Int) throws {
    let text = (0..<keys).map { "key-\($0): 1\n" }.joined() + "\"key-\(keys / 2)\": 2\n"
    let error = #expect(throws: Diagnostic.self) { try Document(Array(text.utf8), as: .yaml, named: "file") }
    #expect(error?.code == .duplicateKey)
    #expect(error?.place?.line == keys + 1)
    #expect(error?.related.first?.place.line == keys / 2 + 1)
  }

  @Test func `an insertion before a neighbour stands before it, also among others that came`() throws {
    let out = try edited("a: 1\nb: {x: 1}\nc: 3\n") { document in
      let root = document.roots[0]
      for name in ["p", "q", "r"] {
        try document.insert(.null, forKey: name, into: root, at: .before(document.child("c", of: root)!))
      }
      try document.insert(.null, forKey: "o", into: root, at: .before(document.child("a", of: root)!))
    }
    #expect(out == "o: null\na: 1\nb: {x: 1}\np: null\nq: null\nr: null\nc: 3\n")
  }
}
