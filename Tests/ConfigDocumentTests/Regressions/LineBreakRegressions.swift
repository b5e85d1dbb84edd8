import ConfigDocument
import TestSupport
import Testing

/// Files that mix carriage returns with line feeds, and tabs where only libyaml takes them for blanks.
@Suite struct LineBreakRegressions {
  @Test func `a line feed behind a carriage return stays a line break of its own`() throws {
    #expect(try edited("\n\rk") { try $0.set($0[""], to: "\n\nx\n") } == "\n\r|\r\r\n\n  x\r")
    #expect(
      try edited("- 2:\r  3: e\n\n   o\n") { try $0.move($0["/0/3"], into: $0[""], at: .first) }
        == "- e\n\n o\r- 2:\r")
    #expect(
      try edited("7:\r 8: |+\r \n\n") { try $0.move($0["/7/8"], toKey: "k", in: $0[""], at: .first) }
        == "k: \"\\n\\n\"\r7: {}\r")
    #expect(
      try edited("- 1\n---\r2:\n\n3:") { document in
        let entries = document.entries(of: document["", root: 1])
        try document.remove(entries[0].value)
        try document.move(entries[1].value, into: document[""])
      } == "- 1\n-\n---\r{}\r\r")
  }

  @Test func `a comment that goes along with kept line breaks takes none of them`() throws {
    #expect(
      try edited("9:\n- |+\n t\r\r#") { try $0.move($0["/9/0"], toKey: "k", in: $0[""], at: .first) }
        == "k: |+\n t\r\r\n#\n9: []")
  }

  @Test func `a tab below a plain scalar becomes a space below anything else`() throws {
    #expect(
      try edited("a:\n  b: x\n   \t\nc: 1\n") { try $0.set($0["/a/b"], to: "yes") }
        == "a:\n  b: \"yes\"\n    \nc: 1\n")
    #expect(
      try edited("a: 'q'\nb: x\n \t# c\nc: 1\n") { try $0.set($0["/b"], to: "yes") }
        == "a: 'q'\nb: 'yes'\n  # c\nc: 1\n")
    #expect(
      try edited("a:\n  b: x\n   \t\nc: 1\n") { try $0.set($0["/a"], to: [["d": 1]]) }
        == "a:\n  - d: 1\n    \nc: 1\n")
    #expect(try edited("word\n\t") { try $0.set($0[""], to: ["x": 1]) } == "x: 1\n ")
    let twice = try edited("b: 1\n \t\na:\n") { document in
      for key in ["/a", "/b"] { try document.setComment("why", of: document[key], at: .line) }
    }
    #expect(twice == "b: 1 # why\n  \na: # why\n")
    // What stands still keeps its tab.
    #expect(try edited("b: x\n   \t\nc: 1\n") { try $0.rename($0["/b"], to: "d") } == "d: x\n   \t\nc: 1\n")
  }
}
