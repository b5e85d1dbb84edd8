import ConfigDocument
import TestSupport
import Testing

/// Block scalars of blanks, at the file's end, as keys, and before blank lines.
@Suite struct BlockScalarRegressions {
  @Test func `blanks beyond an indicator are text`() throws {
    #expect(
      try edited("a: |3\n    \nb: 1\n") { try $0.move($0["/a"], toKey: "c", in: $0[""]) }
        == "b: 1\n\nc: |3\n    \n")
    #expect(
      try edited("a: |1\n  r\n  ") { try $0.copy($0["/a"], toKey: "c", in: $0[""], at: .first) }
        == "c: |1-\n  r\n  \na: |1\n  r\n  ")
  }

  @Test func `blanks at the file's end do not become a line of the text`() throws {
    #expect(try edited("- a: >+\n ") { try $0.insert(1, forKey: "b", into: $0["/0"]) } == "- a: >+\n  b: 1\n ")
    #expect(
      try edited("- a: >+\n ") { document in
        try document.insert(1, forKey: "b", into: document["/0"], at: .first)
        try document.copy(document["/0/a"], toKey: "c", in: document["/0"])
      } == "- b: 1\n  a: >+\n  c: >+\n")
  }

  @Test func `a key in which the file ends keeps its text`() throws {
    #expect(
      try edited("? |\n d") { try $0.set($0.entries(of: $0[""])[0].value, to: ["x": 1]) } == "? |-\n d\n:\n  x: 1")
    #expect(try edited("? >#:\n") { try $0.set($0.entries(of: $0[""])[0].value, to: 5) } == "? >#:\n: 5\n")
  }

  @Test func `blank lines behind never become text`() throws {
    #expect(try edited("- []\n\n- a: |+\n    x\n") { try $0.move($0["/1"], into: $0["/0"]) } == "- - a: \"x\\n\"\n\n")
    #expect(try edited("- {}\n- |+\n\n") { try $0.move($0["/1"], toKey: "k", in: $0["/0"]) } == "- k: \"\\n\"\n")
    #expect(
      try edited("- x\n- z\n\n") { document in
        let node = try document.set(document["/0"], to: "keep\n\n")
        try document.move(node, into: document[""])
      } == "- z\n- \"keep\\n\\n\"\n\n")
    #expect(
      try edited("- a: 1\n  b: |+\n    x\n- c: 2\n\n- d\n") { document in
        try document.move(document["/0/b"], toKey: "b", in: document["/1"], at: .first)
        try document.remove(document["/1/c"])
      } == "- a: 1\n- b: |+\n    x\n- d\n")
  }

  @Test func `blank lines above a comment that comes along never become text`() throws {
    #expect(
      try edited("r:\n  - x: 1\n\n   # c\n  - b\n") { document in
        let node = try document.set(document["/r/0"], to: ["y": "keep\n\n"])
        try document.move(node, toKey: "k", in: document[""])
      } == "r:\n  - b\nk:\n  \"y\": \"keep\\n\\n\"\n\n# c\n")
  }

  @Test func `a last line of blanks that goes with the indentation keeps its line break`() throws {
    #expect(
      try edited("8:\r  - |2+\r\r      deeper\r  \r") { try $0.copy($0["/8/0"], toKey: "b", in: $0[""]) }
        == "8:\r  - |2+\r\r      deeper\r  \rb: |2+\r\r    deeper\r\r")
  }

  @Test func `what takes the place of a block scalar on its own line is deeper than its key`() throws {
    #expect(try edited("a:\n|\n x\nb: 1\n") { try $0.set($0["/a"], to: "w") } == "a:\n w\nb: 1\n")
    #expect(try edited("a:\n|\n x\nb: 1\n") { try $0.set($0["/a"], to: []) } == "a:\n []\nb: 1\n")
    #expect(
      try edited("a:\n>\nb:\n   \n") { try $0.move($0["/a"], toKey: "a", in: $0[""]) } == "b:\na:\n \"\"\n   \n")
  }

  @Test func `a list in the place of a block scalar stands one blank behind its dash`() throws {
    #expect(try edited("-  | # c\n   x\n- b\n") { try $0.set($0["/0"], to: [1, [2]]) } == "- - 1 # c\n  - - 2\n- b\n")
    #expect(try edited("-\n|\n x\n") { try $0.set($0["/0"], to: ["x": 1, "z": 2]) } == "- x: 1\n  z: 2\n")
  }

  @Test func `a tab behind the indicators goes with them`() throws {
    #expect(try edited("k: >\t\n") { try $0.set($0["/k"], to: ["x": 1]) } == "k:\n  x: 1\n")
    #expect(try edited(">\t\n") { try $0.set($0[""], to: ["x": 1]) } == "x: 1\n")
  }

  @Test func `the comment of a header is the entry's, and no copy has it`() throws {
    #expect(
      try edited("a: &x |# c\n  t\nb: *x\n") { try $0.set($0["/a"], to: ["x": 1], onlyHere: true) }
        == "a: # c\n  x: 1\nb: &x |\n  t\n")
  }

  @Test func `a root of several lines is copied below its key`() throws {
    #expect(
      try edited("a: 1\n--- one\ntwo\n") { try $0.copy($0["", root: 1], toKey: "k", in: $0[""]) }
        == "a: 1\nk: one\n two\n--- one\ntwo\n")
  }

  @Test func `an open block scalar that gets a comment and a line break stays as it was`() throws {
    let text = "a: >2\n\n\n   x"
    let wrapped = try edited(text) { document in
      try document.setComment("why", of: document["/a"], at: .line)
      try document.wrap(document[""])
    }
    #expect(wrapped == "- a: >2- # why\n\n\n     x\n")
    let followed = try edited("a: |+ # old\n  x") { document in
      try document.setComment("why", of: document["/a"], at: .line)
      try document.insert(1, forKey: "b", into: document[""])
    }
    #expect(followed == "a: |- # why\n  x\nb: 1")
  }

  @Test func `an open block scalar that two entries follow is told to strip once`() throws {
    for (text, expected) in [("a: |\n  x", "a: |-\n  x\nb: 1\nc: 2"), ("a: |+2\n  x", "a: |-2\n  x\nb: 1\nc: 2")] {
      let followed = try edited(text) { document in
        try document.insert(1, forKey: "b", into: document[""])
        try document.insert(2, forKey: "c", into: document[""])
      }
      #expect(followed == expected)
    }
  }

  @Test(arguments: ["|+\n `", "  |+\n  `", "|\n `", "--- |+ # c\n `", "|2+\n  `"])
  func `a root that the file cuts off is taken as it is`(text: String) throws {
    let other = try Document(Array(text.utf8), as: .yaml, named: "other")
    let result = try edited("a: 1\n") { document in
      _ = try document.insert(other.roots[0], from: other, forKey: "b", into: document[""])
    }
    let document = try Document(Array(result.utf8), as: .yaml, named: "file")
    #expect(document.value(of: document[""]) == ["a": 1, "b": "`"], "\(result)")
  }

  @Test func `the comment below a block scalar at the end of a file leaves it its line break`() throws {
    #expect(
      try edited("k: |\n  text\n# foot") { try $0.setComment(nil, of: $0["/k"], at: .foot) } == "k: |\n  text\n")
    #expect(
      try edited("k: |+\n  text\n\n # foot") { try $0.setComment(nil, of: $0["/k"], at: .foot) }
        == "k: |+\n  text\n\n")
    #expect(
      try edited("k: |-\n  text\n# foot") { try $0.setComment(nil, of: $0["/k"], at: .foot) } == "k: |-\n  text")
  }

  @Test(arguments: ["|1\n \t", "|1\n \t\n", "|1 # old\n \t\n", ">1\n \t\n \t\n x\n"])
  func `tabs of a block scalar stay below a comment on its header`(scalar: String) throws {
    let text = "u: \(scalar)"
    for comment in ["why", nil] {
      let result = try edited(text) { try $0.setComment(comment, of: $0["/u"], at: .line) }
      #expect(
        result.dropFirst(result.firstIndex(of: "\n")!.utf16Offset(in: result))
          == text.dropFirst(text.firstIndex(of: "\n")!.utf16Offset(in: text)))
    }
    let both = try edited("t: \(scalar)\nu: \(scalar)") { document in
      for key in ["t", "u"] { try document.setComment("why", of: document["/\(key)"], at: .line) }
    }
    #expect(both.filter { $0 == "\t" }.count == 2 * scalar.filter { $0 == "\t" }.count)
  }
}
