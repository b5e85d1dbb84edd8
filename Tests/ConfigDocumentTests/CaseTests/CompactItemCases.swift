import ConfigDocument
import TestSupport
import Testing

/// Cases 1, 2 and 18: the first key of a compact item, the last member of a collection, lines that hold more than the entry.
@Suite struct CompactItemCases {
  @Test func `case 1: the next key moves up to the dash`() throws {
    #expect(try edited("- name: x\n  port: 1\n") { try $0.remove($0["/0/name"]) } == "- port: 1\n")
    #expect(try edited("-   name: x\n    port: 1\n") { try $0.remove($0["/0/name"]) } == "-   port: 1\n")
    #expect(try edited("- - a\n  - b\n") { try $0.remove($0["/0/0"]) } == "- - b\n")
    #expect(
      try edited("- name: x # c\n  # head\n  port: 1\n") { try $0.remove($0["/0/name"]) } == "- # head\n  port: 1\n")
    #expect(try edited("- a: 1\n\n  b: 2\n") { try $0.remove($0["/0/a"]) } == "- b: 2\n")
  }

  @Test func `case 1: the only key goes`() throws {
    #expect(try edited("- name: x\n- b: 1\n") { try $0.remove($0["/0/name"]) } == "- {}\n- b: 1\n")
    #expect(try edited("- - a\n- b\n") { try $0.remove($0["/0/0"]) } == "- []\n- b\n")
    #expect(try edited("- name: x\n- b: 1\n") { try $0.remove($0["/0"]) } == "- b: 1\n")
  }

  @Test func `case 1: new keys before the first one`() throws {
    #expect(
      try edited("- name: x\n  port: 1\n") { try $0.insert(2, forKey: "id", into: $0["/0"], at: .first) }
        == "- id: 2\n  name: x\n  port: 1\n")
    #expect(
      try edited("- name: x\n") { document in
        try document.insert(2, forKey: "id", into: document["/0"], at: .first)
        try document.insert(3, forKey: "nr", into: document["/0"], at: .first)
      } == "- nr: 3\n  id: 2\n  name: x\n")
    #expect(
      try edited("- - a\n  - b\n") { try $0.insert("new", into: $0["/0"], at: .first) } == "- - new\n  - a\n  - b\n")
  }

  @Test func `case 1: the first key moves out, and another moves to its place`() throws {
    #expect(
      try edited("- name: x\n  port: 1\nlast:\n".replacing("last:\n", with: "")) { document in
        let item = try document.insert(.object(Object()), into: document[""])
        try document.move(document["/0/name"], toKey: "name", in: item)
      } == "- port: 1\n- name: x\n")
    #expect(
      try edited("- a: 1\n  b: 2\n") { try $0.move($0["/0/a"], toKey: "a", in: $0["/0"]) } == "- b: 2\n  a: 1\n")
    #expect(
      try edited("- a: 1\n  b: 2\n") { try $0.move($0["/0/b"], toKey: "b", in: $0["/0"], at: .first) }
        == "- b: 2\n  a: 1\n")
  }

  @Test func `case 1: an item gives way to another value`() throws {
    #expect(try edited("- a: 1\n  b: 2\n- c\n") { try $0.set($0["/0"], to: "x") } == "- x\n- c\n")
    #expect(try edited("-   a: 1\n- c\n") { try $0.set($0["/0"], to: ["x": ["k": 1]]) } == "- x:\n    k: 1\n- c\n")
    #expect(try edited("-   a\n- c\n") { try $0.set($0["/0"], to: ["x": 1, "k": 2]) } == "- x: 1\n  k: 2\n- c\n")
  }

  @Test func `case 2: what is emptied never becomes null`() throws {
    #expect(try edited("parent:\n  a: 1\nb: 2\n") { try $0.remove($0["/parent/a"]) } == "parent: {}\nb: 2\n")
    #expect(try edited("parent:\n- a\nb: 2\n") { try $0.remove($0["/parent/0"]) } == "parent: []\nb: 2\n")
    #expect(try edited("a: 1\n") { try $0.remove($0["/a"]) } == "{}\n")
    #expect(try edited("parent: # c\n  a: 1\n") { try $0.remove($0["/parent/a"]) } == "parent: {} # c\n")
    #expect(try edited("p: {a: 1}\n") { try $0.remove($0["/p/a"]) } == "p: {}\n")
    #expect(try edited("p: &x\n  a: 1\nq: *x\n") { try $0.remove($0["/p/a"]) } == "p: &x {}\nq: *x\n")
    #expect(
      try edited("p:\n  a: 1\n  b: 2\nq: 3\n") { document in
        try document.move(document["/p/a"], toKey: "a", in: document[""])
        try document.move(document["/p/b"], toKey: "b", in: document[""])
      } == "p: {}\nq: 3\na: 1\nb: 2\n")
  }

  @Test func `case 18: a line that also holds a marker or a parent`() throws {
    #expect(try edited("--- # c\na: 1\nb: 2\n") { try $0.remove($0["/a"]) } == "--- # c\nb: 2\n")
    #expect(try edited("--- {a: 1, b: 2}\n") { try $0.remove($0["/a"]) } == "--- {b: 2}\n")
    #expect(try edited("a: {b: 1}\n") { try $0.remove($0["/a/b"]) } == "a: {}\n")
    #expect(try edited("? a\n: - x\n  - y\n") { try $0.remove($0["/a/0"]) } == "? a\n: - y\n")
    #expect(try edited("--- word\n") { try $0.set($0[""], to: ["x": 1]) } == "---\nx: 1\n")
  }
}
