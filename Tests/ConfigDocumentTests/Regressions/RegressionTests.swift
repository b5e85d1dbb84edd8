import ConfigDocument
import TestSupport
import Testing

/// What generated cases found, in its smallest form.
@Suite struct RegressionTests {
  @Test func `a root that is set twice`() throws {
    for format in [DocumentFormat.yaml, .json] {
      #expect(
        try edited("{}\n", as: format) { document in
          let node = try document.set(document[""], to: "word")
          try document.set(node, to: 5)
        } == "5\n")
    }
  }

  @Test func `an empty value between brackets stands behind its colon`() throws {
    #expect(try edited("{8: }\n") { try $0.insert(1, forKey: "x", into: $0[""]) } == "{8: , x: 1 }\n")
    #expect(try edited("[&e]\n") { try $0.set($0["/0"], to: "w") } == "[&e w]\n")
  }

  @Test func `a question mark alone`() throws {
    #expect(try edited("?\n") { try $0.set($0["/"], to: 1) } == "?\n: 1\n")
    #expect(try edited("?\n") { try $0.rename($0["/"], to: "k") } == "? k\n")
  }

  @Test func `the value of an anchored key's alias is its own`() throws {
    #expect(
      try edited("&n1 a:\n5: *n1\n") { document in
        try document.remove(document["/a"])
        try document.insert("v", forKey: "k", into: document[""], at: .first)
      } == "k: v\n5: &n1 a\n")
  }

  @Test func `an item that shares its line goes with its comma alone`() throws {
    #expect(
      try edited("[1, /* c */ 2]", as: .jsonc) { try $0.remove($0["/1"]) } == "[1 /* c */ ]")
    let moved = try edited("{\"a\": 1}", as: .json) {
      try $0.move($0["/a"], toKey: "b", in: $0[""], at: .first)
    }
    #expect(moved == "{\"b\": 1}")
  }

  @Test func `a comment glued to a bracket, and one behind a byte order mark`() throws {
    #expect(try edited("- {}# c\n") { try $0.insert(["x": 1], forKey: "k", into: $0["/0"]) } == "- k: # c\n    x: 1\n")
    #expect(throws: Diagnostic.self) {
      try edited("\u{FEFF}# c\na: 1\nl: [2]\n") { try $0.move($0["/a"], into: $0["/l"]) }
    }
  }

  @Test func `a refused edit changes nothing`() throws {
    var document = try Document(Array("a: 1\nl: [2]\nm: {x: 1}\n".utf8), as: .yaml, named: "file")
    #expect(throws: Diagnostic.self) {
      try document.move(document["/a"], into: document["/l"], at: .after(document["/m/x"]))
    }
    #expect(throws: Diagnostic.self) {
      try document.move(document["/a"], toKey: "a", in: document[""], at: .before(document["/a"]))
    }
    #expect(try document.render().bytes == document.source)
  }

  @Test func `a comment behind an anchor holds no tag`() throws {
    #expect(
      try edited("&x #l !no k\n !yes #n\n [a]\n") { try $0.wrap($0[""]) } == " #l !no k\n #n\n- &x !yes [a]\n")
  }

  @Test(arguments: [
    ("a: &x #l\n  !t #n\n  [b]\n", "a:  #l\n   #n\n  &x 5\n"), ("a: &x #l\n  !t #n\n  k: 1\n", "a: &x 5 #l\n   #n\n"),
    ("a: &x #l\n  !t #n\n  |\n  b\n", "a:  #l\n   #n\n  &x 5\n"),
  ])
  func `a comment between an anchor and a tag stays`(text: String, edit: String) throws {
    #expect(try edited(text) { try $0.set($0["/a"], to: 5) } == edit)
  }

  @Test func `a comment between an anchor and a tag does not come into a text of several lines`() throws {
    #expect(
      try edited("a: &x #l\n  !t #n\n  k: 1\n") { try $0.set($0["/a"], to: "b\nc\n") }
        == "a: &x \"b\\nc\\n\" #l\n   #n\n")
  }
}
