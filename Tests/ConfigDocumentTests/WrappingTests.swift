import ConfigDocument
import TestSupport
import Testing

/// A node that comes to stand in a new collection, or in the place of its own.
@Suite struct WrappingTests {
  private func unwrapped(_ text: String, _ inner: String, as format: DocumentFormat = .yaml) throws -> String {
    try edited(text, as: format) { document in
      let outer = inner.prefix(through: inner.lastIndex(of: "/")!).dropLast()
      try document.unwrap(document[String(outer)], keeping: document[inner])
    }
  }

  @Test func `an inner value takes the place, with the comments of both`() throws {
    #expect(
      try unwrapped("# h\na: # c\n  # inner\n  value: 'x' # line\n  # foot\nb: 2\n", "/a/value")
        == "# h\n# inner\n# line\na: 'x' # c\n# foot\n\nb: 2\n")
    #expect(try unwrapped("a:\n  value: 1 # line\nb: 2\n", "/a/value") == "a: 1 # line\nb: 2\n")
    #expect(
      try unwrapped("a:\n    value: # c\n        x: 1 # d\n        # e\n        y: 2\nb: 2\n", "/a/value")
        == "# c\na:\n    x: 1 # d\n    # e\n    y: 2\nb: 2\n")
    #expect(
      try unwrapped("a:\n  value: | # c\n    one\n    two\nb: 2\n", "/a/value") == "a: | # c\n  one\n  two\nb: 2\n")
    #expect(try unwrapped("a: {value: 1, z: 2} # c\nb: 2\n", "/a/value") == "a: 1 # c\nb: 2\n")
    #expect(try unwrapped("a:\n- # c\n  x: 1\nb: 2\n", "/a/0") == "# c\na:\n  x: 1\nb: 2\n")
    #expect(try unwrapped("a: {\n  # h\n  v: 1, # l\n}\n", "/a/v") == "# h\n# l\na: 1\n")
  }

  @Test func `comments that are no member's are kept, where there is room for them`() throws {
    #expect(try unwrapped("a: { # c\n  v: 1 # line\n  # end\n  } # e\n", "/a/v") == "# c\n# line\n# end\na: 1 # e\n")
    #expect(
      try unwrapped("{\n  \"a\": [ // c\n    // float\n\n    1 // line\n  ] // e\n}\n", "/a/0", as: .jsonc)
        == "{\n  // c\n  // float\n  // line\n  \"a\": 1 // e\n}\n")
    #expect(try unwrapped("a:\n  x: 0\n\n  # float\n\n  v: 1\nb: 2\n", "/a/v") == "# float\na: 1\nb: 2\n")
    #expect(throws: Diagnostic.self) { try unwrapped("{ # c\n  v: 1}\n", "/v") }
  }

  @Test func `an item gives up its collection`() throws {
    #expect(try unwrapped("l:\n- v: 1 # c\n  w: 2\n- x\n", "/l/0/v") == "l:\n# c\n- 1\n- x\n")
    #expect(
      try unwrapped("l:\n- v:\n    a: 1\n    b: 2\n- x\n", "/l/0/v") == "l:\n- a: 1\n  b: 2\n- x\n")
    #expect(try unwrapped("l:\n- - - a # c\n    - b\n", "/l/0/0") == "l:\n- - a # c\n  - b\n")
    #expect(try unwrapped("- k:\n    # h\n    v: 1\n  l: 2\n", "/0/k/v") == "- # h\n  k: 1\n  l: 2\n")
    #expect(try unwrapped("v:\n  a: 1 # c\n", "/v") == "a: 1 # c\n")
    #expect(throws: Diagnostic.self) { try unwrapped("# h\n# of v\nv: 1\n", "/v") }
  }

  @Test func `in JSON`() throws {
    #expect(
      try unwrapped("{\n  \"a\": {\n    \"v\": [1, 2]\n  },\n  \"b\": 1\n}\n", "/a/v", as: .json)
        == "{\n  \"a\": [1, 2],\n  \"b\": 1\n}\n")
    #expect(
      try unwrapped("{\n  \"a\": {\n    // h\n    \"v\": 1 // l\n  },\n  \"b\": 1\n}\n", "/a/v", as: .jsonc)
        == "{\n  // h\n  // l\n  \"a\": 1,\n  \"b\": 1\n}\n")
  }

  @Test func `anchors go on standing for what the entry means`() throws {
    #expect(try unwrapped("a: &x\n  v: 1\nb: *x\n", "/a/v") == "a: &x 1\nb: *x\n")
    #expect(try unwrapped("a:\n  v: &x 1\nb: *x\n", "/a/v") == "a: &x 1\nb: *x\n")
    #expect(try unwrapped("a:\n  w: &x 1\n  v: *x\nb: *x\n", "/a/v") == "a: 1\nb: &x 1\n")
  }

  @Test func `an edited value is unwrapped as it is`() throws {
    #expect(
      try edited("a:\n  v: 1 # c\nb:\n  k: 1\n") { document in
        try document.set(document["/a/v"], to: ["x": 1])
        try document.setComment("head", of: document["/a/v"], at: .head)
        try document.unwrap(document["/a"], keeping: document["/a/v"])
        try document.insert(2, forKey: "z", into: document["/a"])
        try document.move(document["/a"], toKey: "a", in: document["/b"])
      } == "b:\n  k: 1\n  # head\n  a: # c\n    x: 1\n    z: 2\n")
  }

  @Test func `a value is wrapped, and its comments stay with the entry`() throws {
    func wrapped(_ text: String, _ pointer: String, key: String?, as format: DocumentFormat = .yaml) throws -> String {
      try edited(text, as: format) { try $0.wrap($0[pointer], underKey: key) }
    }
    #expect(try wrapped("# h\na: 'x' # c\nb: 2\n", "/a", key: "v") == "# h\na: # c\n  v: 'x'\nb: 2\n")
    #expect(try wrapped("a: 'x' # c\nb: 2\n", "/a", key: nil) == "a: # c\n  - 'x'\nb: 2\n")
    #expect(
      try wrapped("a: # c\n    x: 1 # d\n    # e\n    y: 2\nb: 2\n", "/a", key: "v")
        == "a: # c\n    v:\n        x: 1 # d\n        # e\n        y: 2\nb: 2\n")
    #expect(try wrapped("a: |+\n  one\n\nb: 2\n", "/a", key: "v") == "a:\n  v: |+\n    one\n\nb: 2\n")
    #expect(try wrapped("l: [1, 2]\n", "/l/0", key: "v") == "l: [{v: 1}, 2]\n")
    #expect(try wrapped("- a # c\n- b\n", "/0", key: "v") == "- v: a # c\n- b\n")
    #expect(try wrapped("a: &x 1 # c\nb: *x\n", "/a", key: "v") == "a: # c\n  v: &x 1\nb: *x\n")
    #expect(try wrapped("a: 1 # c\n", "", key: "v") == "v:\n  a: 1 # c\n")
    #expect(
      try wrapped("{\n  \"a\": [1, 2],\n  \"b\": 1\n}\n", "/a", key: "v", as: .json)
        == "{\n  \"a\": {\n    \"v\": [1, 2]\n  },\n  \"b\": 1\n}\n")
    #expect(
      try edited("# h\na: 'x' # c\nb: 2\n") { document in
        let outer = try document.wrap(document["/a"], underKey: "v")
        try document.unwrap(outer, keeping: document["/a/v"])
      } == "# h\na: 'x' # c\nb: 2\n")
  }

  @Test func `what is wrapped and unwrapped again has its comments back`() throws {
    let text = "# h\na: {x: 1} # c\n# f\n\nb: 2\n"
    var document = try Document(Array(text.utf8), as: .yaml, named: "test.yaml")
    let node = document["/a"]
    for _ in 0..<2 { try document.unwrap(document.wrap(node, underKey: "v"), keeping: node) }
    #expect(document.comment(of: node, at: .line) == "c")
    #expect(try String(decoding: document.render().bytes, as: UTF8.self) == text)
    let wrapper = try document.wrap(node)
    #expect(document.comment(of: node, at: .line) == nil)
    try document.setComment("new", of: wrapper, at: .line)
    #expect(try String(decoding: document.render().bytes, as: UTF8.self) == "# h\na: # new\n  - {x: 1}\n# f\n\nb: 2\n")
  }

  @Test func `reconciling recognises both`() throws {
    func reconciled(_ text: String, _ value: Value) throws -> String {
      try edited(text) { try $0.reconcile($0.roots[0], with: value) }
    }
    #expect(
      try reconciled("a: 'x' # c\nb: 2\n", ["a": ["v": "x", "w": 1], "b": 2]) == "a: # c\n  v: 'x'\n  w: 1\nb: 2\n")
    #expect(
      try reconciled("a: # c\n  x: 0x1F # d\nb: 2\n", ["a": ["v": ["x": 31]], "b": 2])
        == "a: # c\n  v:\n    x: 0x1F # d\nb: 2\n")
    #expect(try reconciled("a: # c\n  v: 'x' # d\nb: 2\n", ["a": "x", "b": 2]) == "# d\na: 'x' # c\nb: 2\n")
    #expect(
      try reconciled("# of port\nport: 0x1F90 # c\nb: 2\n", ["b": 2, "server": ["port": 8080, "host": "h"]])
        == "b: 2\nserver:\n  # of port\n  port: 0x1F90 # c\n  host: h\n")
    #expect(
      try reconciled("l:\n# h\n- 'name' # c\n", ["l": [["name": "name"]]]) == "l:\n- # h\n  name: 'name' # c\n")
  }
}
