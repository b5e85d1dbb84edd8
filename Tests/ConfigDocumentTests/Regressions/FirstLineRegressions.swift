import ConfigDocument
import TestSupport
import Testing

/// Where a collection opens behind a dash, no comment may come into the token that its first line ends in.
@Suite struct FirstLineRegressions {
  @Test func `comments stay above what goes on below its first line`() throws {
    #expect(
      try edited("- e\n  f\n- {}# c\n") { try $0.copy($0["/0"], toKey: "k", in: $0["/1"]) }
        == "- e\n  f\n- # c\n  k: e\n    f\n")
    #expect(
      try edited("k:\n-\n# c\n   {}\n") { try $0.insert("x\ny\n", forKey: "l", into: $0["/k/0"]) }
        == "k:\n-\n# c\n  l: |\n    x\n    y\n")
    for old in ["", "| # c\n  x"] {
      let text = old.isEmpty ? "- 'e\n  f'\n- # c\n" : "- 'e\n  f'\n- \(old)\n"
      #expect(
        try edited(text) { document in
          let map = try document.set(document["/1"], to: .object(Object()))
          try document.move(document["/0"], toKey: "k", in: map)
        } == "- # c\n  k: 'e\n    f'\n")
    }
  }

  @Test func `no blank comes behind an escaped line break`() throws {
    #expect(
      try edited("- \n  - a\n- \"\\\n   x\"\n") { document in
        let map = try document.set(document["/0"], to: .object(Object()))
        try document.move(document["/1"], toKey: "k", in: map)
      } == "- k: \"\\\n     x\"\n")
  }

  @Test func `the comment of brackets that open as a block stands above it`() throws {
    #expect(
      try edited("l:\n- 7\nx: {}# c\n") { document in
        try document.move(document["/x"], into: document["/l"])
        try document.insert(["z": 1], forKey: "k", into: document["/l/1"])
      } == "l:\n- 7\n# c\n- k:\n    z: 1\n")
  }

  @Test func `a comment between a tag and its value stays`() throws {
    #expect(try edited("&a # c\nn\n") { try $0.set($0[""], to: [], onlyHere: true) } == " # c\n[]\n")
    #expect(try edited("k: !t # c\n  n\n") { try $0.set($0["/k"], to: []) } == "k:  # c\n  []\n")
    #expect(try edited("! \t# c\ni\n") { try $0.set($0[""], to: ["x": 1]) } == "# c\nx: 1\n")
  }

  @Test func `what follows an entry that went away again stands before the next one`() throws {
    #expect(
      try edited("---\n5:\n-\n") { document in
        try document.insert(1, forKey: "a", into: document[""], at: .first)
        try document.insert(2, forKey: "b", into: document[""], at: .after(document["/a"]))
        try document.move(document["/a"], into: document["/5"])
      } == "---\nb: 2\n5:\n-\n- 1\n")
    #expect(
      try edited("- x\n- z\n") { document in
        let node = try document.set(document["/0"], to: ["k": 1])
        try document.insert("new", into: document[""], at: .before(node))
      } == "- new\n- k: 1\n- z\n")
  }

  @Test func `a comment on a line whose blanks go has a blank before it`() throws {
    #expect(
      try edited("a: 1\nb: \t\n") { document in
        try document.setComment("why", of: document["/b"], at: .line)
        try document.wrap(document["/b"], underKey: "w")
      } == "a: 1\nb: # why\n  w:\n")
  }

  @Test func `what starts like a marker of documents is text`() throws {
    let root = try Document(Array("---&text\n".utf8), as: .yaml, named: "root")
    let text = try edited("a: 1\nl: [2]\n") { document in
      try document.insert(root[""], from: root, forKey: "r", into: document[""])
      try document.insert(root[""], from: root, into: document["/l"])
    }
    #expect(text == "a: 1\nl: [2, \"---&text\"]\nr:\n  ---&text\n")
    #expect(
      try edited("a: 1\n# head\n---b: 2\n") { try $0.remove($0["/---b"]) } == "a: 1\n")
  }

  @Test func `a scalar that looks like a marker is quoted when it becomes the root`() throws {
    for marker in ["---", "...", "--- x"] {
      let unwrapped = try edited("---\na: \(marker)\n") { document in
        try document.unwrap(document[""], keeping: document["/a"])
      }
      #expect(unwrapped == "---\n\"\(marker)\"\n")
    }
  }

  @Test func `a plain text above a directive ends before it`() throws {
    for text in ["{a}\n", "\"x\"\n", "- a\n"] {
      let rest = "%TAG ! t:\n--- !x\n- b\n"
      #expect(try edited(text + rest) { try $0.set($0[""], to: true) } == "true\n...\n" + rest)
      #expect(try edited(text + "...\n" + rest) { try $0.set($0[""], to: true) } == "true\n...\n" + rest)
    }
  }

  @Test func `tabs before a comment become blanks where only a dash stands before them`() throws {
    let lines: Value = ["k": "x\ny\n"]
    #expect(try edited("- a\t \t# c\n") { try $0.set($0["/0"], to: lines) } == "-   # c\n  k: |\n    x\n    y\n")
    #expect(try edited("- a\t# c\n") { try $0.set($0["/0"], to: 1) } == "- 1\t# c\n")
    #expect(try edited("m: a\t# c\n") { try $0.set($0["/m"], to: lines) } == "m:\t# c\n  k: |\n    x\n    y\n")
  }

  @Test func `a tab behind a root's tag goes with the tag`() throws {
    #expect(try edited(" !\t#\rx") { try $0.set($0[""], to: "word") } == " #\rword")
    #expect(try edited("!\t# c\nx\n") { try $0.set($0[""], to: 5) } == "# c\n5\n")
  }

  @Test func `a tab between a dash and the tag that goes becomes a space`() throws {
    #expect(try edited("- !\t\n#\n a") { try $0.set($0["/0"], to: "word") } == "-  \n#\n word")
    #expect(try edited("k: !\t\n#\n a") { try $0.set($0["/k"], to: "word") } == "k: \t\n#\n word")
    #expect(try edited("?\n: !<y>\t\n-") { try $0.set($0["/"], to: ["x": 1]) } == "?\n: \n  x: 1")
  }

  @Test func `a comment between a root's tag and its empty list stays when that is filled`() throws {
    #expect(try edited("! # c\n[]") { try $0.insert(["x": 1], into: $0[""]) } == "! # c\n- x: 1")
    #expect(
      try edited("&a # c\n # d\n{}\n") { try $0.insert(1, forKey: "n", into: $0[""]) } == "&a # c\n # d\n\"n\": 1\n")
  }

  @Test func `blank lines behind a dash stay above all entries of what is put there`() throws {
    #expect(
      try edited("-\n\n 4:\n- e\n w") { document in
        try document.set(document["/0"], to: ["x": 1])
        try document.move(document["/1"], toKey: "new", in: document["/0"], at: .first)
      } == "-\n\n  new: e\n   w\n  x: 1")
  }

  @Test func `a new comment on the line of a text in quotes stands above what is put around both`() throws {
    #expect(
      try edited("- b\n- 'x\n  y'\n") { document in
        try document.setComment("why", of: document["/1"], at: .line)
        try document.wrap(document["/1"], underKey: "k")
      } == "- b\n- # why\n  k: 'x\n    y'\n")
  }
}
