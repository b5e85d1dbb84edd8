import ConfigDocument
import TestSupport
import Testing

/// Comments that edits write, change and remove.
@Suite struct CommentTests {
  static let text = """
    # header

    # of a
    # in two lines
    a: 1   # line of a
    b:  # line of b
      - x # line of x
      # foot of x

      - k: 1
        l: 2   # line of l
    # foot of b

    c: |  # line of c
      text
    d: [1,
      2] # line of d
    e:
    f: &x
      g: 1
      # foot of g
    # foot of f
    """

  /// The text with a comment set, in block style.
  private func commented(
    _ comment: String?, _ pointer: String, _ place: CommentPlace, in text: String = Self.text,
    as format: DocumentFormat = .yaml
  ) throws -> String {
    try edited(text, as: format) { document in
      let node = document[pointer]
      try document.setComment(comment, of: node, at: place)
      #expect(document.comment(of: node, at: place) == comment)
      let reread = try Document(try document.render().bytes, as: format, named: "file")
      #expect(reread.comment(of: reread[pointer], at: place) == comment)
    }
  }

  @Test(
    arguments: [
      ("/a", .head, "of a\nin two lines"), ("/a", .line, "line of a"), ("/a", .foot, nil),
      ("/b", .head, nil), ("/b", .line, "line of b"), ("/b", .foot, "foot of b"),
      ("/b/0", .line, "line of x"), ("/b/0", .foot, "foot of x"), ("/b/1", .line, nil), ("/b/1/l", .line, "line of l"),
      ("/c", .line, "line of c"), ("/d", .line, "line of d"), ("/e", .line, nil), ("/f/g", .foot, "foot of g"),
      ("/f", .foot, "foot of f"), ("/f", .line, nil), ("", .head, nil),
    ] as [(String, CommentPlace, String?)])
  func `comments are read where they belong`(_ pointer: String, _ place: CommentPlace, _ comment: String?) throws {
    let document = try Document(Array(Self.text.utf8), as: .yaml, named: "file")
    #expect(document.comment(of: document[pointer], at: place) == comment)
  }

  @Test func `a head is written, changed and removed`() throws {
    #expect(
      try commented("new", "/a", .head) == Self.text.replacing("# of a\n# in two lines\n", with: "# new\n"))
    #expect(try commented(nil, "/a", .head) == Self.text.replacing("# of a\n# in two lines\n", with: ""))
    #expect(try commented("one\n\ntwo", "/b", .head) == Self.text.replacing("b:  #", with: "# one\n#\n# two\nb:  #"))
    #expect(try commented("new", "/b/0", .head) == Self.text.replacing("  - x", with: "  # new\n  - x"))
    #expect(try commented("new", "/b/1/l", .head) == Self.text.replacing("    l: 2", with: "    # new\n    l: 2"))
    #expect(try commented("new", "/f/g", .head) == Self.text.replacing("  g: 1", with: "  # new\n  g: 1"))
    #expect(throws: Diagnostic.self) { try commented("new", "/b/1/k", .head) }
  }

  @Test func `a line's comment is written, changed and removed`() throws {
    #expect(try commented("new", "/a", .line) == Self.text.replacing("# line of a", with: "# new"))
    #expect(try commented(nil, "/a", .line) == Self.text.replacing("   # line of a", with: ""))
    for (pointer, old) in [("b", "b:  #"), ("b/0", "x #"), ("c", "|  #"), ("d", "2] #")] {
      #expect(try commented("new", "/" + pointer, .line).contains(old.dropLast(1) + "# new\n"))
      #expect(try commented(nil, "/" + pointer, .line).contains(old.prefix { $0 != " " } + "\n"))
    }
    #expect(try commented("new", "/e", .line) == Self.text.replacing("e:\n", with: "e:   # new\n"))
    #expect(try commented("new", "/f", .line) == Self.text.replacing("&x\n", with: "&x   # new\n"))
    #expect(try commented("new", "/b/1/k", .line) == Self.text.replacing("k: 1\n", with: "k: 1   # new\n"))
    #expect(throws: Diagnostic.self) { try commented("new", "/b/1", .line) }
    #expect(throws: Diagnostic.self) { try commented("one\ntwo", "/a", .line) }
    #expect(try commented("new", "/a", .line, in: "a: 1") == "a: 1 # new")
    #expect(try commented("new", "/a", .line, in: "a: 1  \n") == "a: 1  # new\n")
    #expect(try commented("new", "/a", .line, in: "a: 'x\n  y'\n") == "a: 'x\n  y' # new\n")
  }

  @Test func `a foot is written, changed and removed`() throws {
    #expect(try commented("new", "/b", .foot) == Self.text.replacing("# foot of b", with: "# new"))
    #expect(try commented(nil, "/b", .foot) == Self.text.replacing("# foot of b\n", with: ""))
    #expect(try commented("new", "/a", .foot) == Self.text.replacing("line of a\n", with: "line of a\n# new\n\n"))
    #expect(try commented("new", "/f/g", .foot) == Self.text.replacing("# foot of g", with: "# new"))
    #expect(try commented("new", "/f", .foot) == Self.text.replacing("# foot of f", with: "# new"))
    #expect(try commented("new", "/b/1", .foot) == Self.text.replacing("line of l\n", with: "line of l\n  # new\n"))
    #expect(try commented("new", "/a", .foot, in: "a: 1") == "a: 1\n# new")
    #expect(try commented("new", "/a", .foot, in: "a: 1\nb: 2\n") == "a: 1\n# new\n\nb: 2\n")
    #expect(try commented("new", "/c", .foot) == Self.text.replacing("  text\n", with: "  text\n# new\n\n"))
  }

  @Test func `line endings are the file's`() throws {
    #expect(
      try commented("one\ntwo", "/b", .head, in: "a: 1\r\nb: 2\r\n") == "a: 1\r\n# one\r\n# two\r\nb: 2\r\n")
    #expect(try commented("new", "/a", .foot, in: "a: 1\r\nb: 2\r\n") == "a: 1\r\n# new\r\n\r\nb: 2\r\n")
  }

  @Test func `between brackets, where an entry has a line of its own`() throws {
    let text = "a: {\n  x: 1, # c\n  # head of y\n  y: 2\n}\nb: [1, 2]\n"
    #expect(try commented("new", "/a/x", .line, in: text) == text.replacing("# c", with: "# new"))
    #expect(try commented(nil, "/a/x", .line, in: text) == text.replacing(" # c", with: ""))
    #expect(try commented("new", "/a/y", .line, in: text) == text.replacing("y: 2", with: "y: 2 # new"))
    #expect(try commented("new", "/a/x", .head, in: text) == text.replacing("  x: 1", with: "  # new\n  x: 1"))
    #expect(try commented(nil, "/a/y", .head, in: text) == text.replacing("  # head of y\n", with: ""))
    #expect(throws: Diagnostic.self) { try commented("new", "/b/0", .head, in: text) }
    #expect(throws: Diagnostic.self) { try commented("new", "/a/x", .foot, in: text) }
  }

  @Test func `in JSON`() throws {
    #expect(throws: Diagnostic.self) { try commented("new", "/a", .head, in: "{\"a\": 1}", as: .json) }
    let lines = "{\n  // of a\n  \"a\": 1, // line\n  \"b\": 2\n}\n"
    #expect(try commented("new", "/a", .head, in: lines, as: .jsonc) == lines.replacing("of a", with: "new"))
    #expect(try commented("new", "/b", .line, in: lines, as: .jsonc) == lines.replacing("2\n", with: "2 // new\n"))
    #expect(try commented(nil, "/a", .line, in: lines, as: .jsonc) == lines.replacing(" // line", with: ""))
    let block = "{\n  /* of a */\n  \"a\": 1,\n  \"b\": 2\n}\n"
    #expect(try commented("new", "/a", .head, in: block, as: .jsonc) == block.replacing("of a", with: "new"))
    #expect(
      try commented("x\ny", "/b", .head, in: block, as: .jsonc)
        == block.replacing("  \"b\"", with: "  /* x */\n  /* y */\n  \"b\""))
    #expect(throws: Diagnostic.self) { try commented("a */ b", "/b", .head, in: block, as: .jsonc) }
  }

  @Test func `with other edits of the same entry`() throws {
    let text = "a: 1 # old\nb: 2\nc:\n  k: 1\n"
    func edits(_ edit: (inout Document) throws -> Void) throws -> String { try edited(text, edit) }
    #expect(
      try edits {
        try $0.setComment("new", of: $0["/b"], at: .line)
        try $0.set($0["/b"], to: 3)
      } == text.replacing("b: 2", with: "b: 3 # new"))
    #expect(
      try edits {
        try $0.set($0["/b"], to: "one\ntwo\n")
        try $0.setComment("new", of: $0["/b"], at: .line)
        try $0.setComment("head", of: $0["/b"], at: .head)
      } == text.replacing("b: 2\n", with: "# head\nb: | # new\n  one\n  two\n"))
    #expect(
      try edits {
        try $0.setComment("new", of: $0["/b"], at: .line)
        try $0.set($0["/b"], to: ["x": 1])
      } == text.replacing("b: 2\n", with: "b: # new\n  x: 1\n"))
    #expect(
      try edits {
        try $0.setComment("new", of: $0["/c"], at: .line)
        try $0.setComment("foot", of: $0["/c"], at: .foot)
        try $0.insert(2, forKey: "l", into: $0["/c"])
        try $0.insert(3, forKey: "d", into: $0[""])
      } == text.replacing("c:\n  k: 1\n", with: "c: # new\n  k: 1\n  l: 2\n# foot\nd: 3\n"))
    #expect(
      try edits {
        try $0.setComment("new", of: $0["/c"], at: .line)
        try $0.remove($0["/c/k"])
      } == text.replacing("c:\n  k: 1\n", with: "c: {} # new\n"))
    #expect(
      try edits {
        try $0.setComment("new", of: $0["/a"], at: .line)
        try $0.setComment("head", of: $0["/a"], at: .head)
        try $0.move($0["/a"], toKey: "z", in: $0["/c"])
      } == "b: 2\nc:\n  k: 1\n  # head\n  z: 1 # new\n")
    let inserted = try edits {
      let node = try $0.insert(["x": [1]], forKey: "new", into: $0["/c"], comment: "why")
      #expect($0.isNew(node))
      #expect($0.comment(of: node, at: .head) == "why")
      try $0.setComment("line", of: node, at: .line)
      try $0.setComment("inner", of: $0["/c/new/x"], at: .line)
      try $0.setComment("foot", of: node, at: .foot)
    }
    #expect(inserted == text + "  # why\n  new: # line\n    x: # inner\n      - 1\n  # foot\n")
    #expect(
      try edited("- a: 1\n  b: 2\n") {
        try $0.setComment("new", of: $0["/0/b"], at: .head)
        try $0.remove($0["/0/a"])
      } == "- # new\n  b: 2\n")
  }

  @Test func `an entry keeps its comments when it gets another value and moves`() throws {
    #expect(
      try edited("# h\na: 1 # c\nb:\n  k: 1\n") { document in
        let node = try document.set(document["/a"], to: ["x": 1])
        try document.move(node, toKey: "a", in: document["/b"])
      } == "b:\n  k: 1\n  # h\n  a: # c\n    x: 1\n")
    #expect(
      try edited("l:\n# h\n- 1 # c\n- 2\n") { document in
        let node = try document.set(document["/l/0"], to: ["x": 1])
        try document.move(node, into: document["/l"])
      } == "l:\n- 2\n# h\n- x: 1 # c\n")
    #expect(
      try edited("a: &x {k: 1}\nb: *x # c\nm:\n  z: 1\n") { document in
        let node = try document.expand(document["/b"])
        try document.move(node, toKey: "b", in: document["/m"])
      } == "a: &x {k: 1}\nm:\n  z: 1\n  b: {k: 1} # c\n")
  }
}
