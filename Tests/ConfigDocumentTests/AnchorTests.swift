import ConfigDocument
import TestSupport
import Testing

/// An anchor is edited once: whoever stands for it sees the new value, unless this place alone is meant.
@Suite struct AnchorTests {
  @Test(
    arguments: [
      ("a: &x 1 # c\nb: *x\n", 2, "a: &x 2 # c\nb: *x\n"),
      ("a: &x # c\n  k: 1\nb: *x\n", 5, "a: &x 5 # c\nb: *x\n"),
      ("a: &x 1 # c\nb: *x\n", ["k": 1], "a: &x # c\n  k: 1\nb: *x\n"),
      ("a: &x [1]\nb: *x\n", ["k": 1], "a: &x\n  k: 1\nb: *x\n"),
      ("a: &x\n- 1\nb: *x\n", "text", "a: &x text\nb: *x\n"),
      ("a: !t &x 1\nb: *x\n", 2, "a: &x 2\nb: *x\n"),
      ("a: &x {k: 1}\nb:\n  <<: *x\n", ["l": 2], "a: &x\n  l: 2\nb:\n  <<: *x\n"),
      ("a: &x {k: 1}\n", 2, "a: &x 2\n"),
    ] as [(String, Value, String)])
  func `every alias sees the new value`(_ text: String, _ value: Value, _ expected: String) throws {
    let result = try edited(text) { document in
      let node = try document.set(document["/a"], to: value)
      #expect(document.anchor(of: node) == "x")
      if let user = document.node(at: Pointer(["b"])), document.kind(of: user) == .alias {
        #expect(document.value(of: user) == value)
      }
    }
    #expect(result == expected)
  }

  @Test(
    arguments: [
      ("a: &x 1 # c\nb: *x # d\ne: *x\n", 2, "a: 2 # c\nb: &x 1 # d\ne: *x\n"),
      ("a: &x\n  k: 1\nb: *x\n", 5, "a: 5\nb: &x\n  k: 1\n"),
      ("a: &x 1\nb: *x\n", ["k": 1], "a:\n  k: 1\nb: &x 1\n"),
      ("a: &x 1\n", 2, "a: 2\n"),
    ] as [(String, Value, String)])
  func `this place alone, where that is meant`(_ text: String, _ value: Value, _ expected: String) throws {
    #expect(try edited(text) { try $0.set($0["/a"], to: value, onlyHere: true) } == expected)
  }

  @Test func `an alias of what contains it has no end that could be written`() throws {
    for edit in [
      { (document: inout Document) in _ = try document.expand(document["/a/b"]) },
      { (document: inout Document) in try document.unwrap(document[""], keeping: document["/a/b"]) },
    ] {
      var document = try Document(Array("a: &x\n  b: *x\n".utf8), as: .yaml, named: "test.yaml")
      let error = try #require(throws: Diagnostic.self) { try edit(&document) }
      #expect(error.code == .editRefused)
      #expect(error.place?.description == "test.yaml:2:6")
    }
  }

  @Test func `an alias that is set leaves its anchor`() throws {
    #expect(try edited("a: &x [1]\nb: *x # c\n") { try $0.set($0["/b"], to: 5) } == "a: &x [1]\nb: 5 # c\n")
  }

  @Test func `anchors within what goes are handed on, and its own stays`() throws {
    #expect(
      try edited("a: &x\n  p: &y 1\n  q: *y\nb: *x\nc: *y\n") { try $0.set($0["/a"], to: 5) }
        == "a: &x 5\nb: *x\nc: &y 1\n")
    #expect(
      try edited("a: &x\n  p: 1\nb: *x\n") { document in
        let node = try document.set(document["/a"], to: ["k": ["l": 1]])
        try document.set(document["/a/k/l"], to: 2)
        try document.set(node, to: "end")
      } == "a: &x end\nb: *x\n")
  }

  @Test func `an alias of what holds it goes with it`() throws {
    #expect(try edited("a: &x [*x, 1]\nb: *x\n") { try $0.set($0["/a"], to: 5) } == "a: &x 5\nb: *x\n")
  }

  @Test func `an alias of what contains it cannot outlive it`() throws {
    var document = try Document(Array("a: &x\n  k: 1\n  b: [*x]\n".utf8), as: .yaml, named: "file")
    let error = #expect(throws: Diagnostic.self) { try document.unwrap(document[""], keeping: document["/a/b"]) }
    #expect(error?.code == .editRefused)
    #expect(try document.render().bytes == document.source)
  }
}
