import ConfigDocument
import TestSupport
import Testing

/// Cases 11 to 15: anchors, quotes, streams of documents, line endings, duplicate keys.
@Suite struct StreamCases {
  @Test func `case 11: an anchor that aliases need is handed on`() throws {
    #expect(
      try edited("a: &x\n  k: 1\nb: *x\nc: *x\n") { try $0.remove($0["/a"]) } == "b: &x\n  k: 1\nc: *x\n")
    #expect(try edited("a: &x 1\nb: *x\n") { try $0.set($0["/a"], to: 2) } == "a: &x 2\nb: *x\n")
    #expect(try edited("&x a: 1\nb: *x\n") { try $0.remove($0["/a"]) } == "b: &x a\n")
    #expect(
      try edited("a: &x {k: 1}\nb:\n  <<: *x\n  l: 2\n") { try $0.remove($0["/b/<<"]) } == "a: &x {k: 1}\nb:\n  l: 2\n")
    #expect(try edited("a: &x [1]\nb: *x\n") { try $0.set($0["/b"], to: 5) } == "a: &x [1]\nb: 5\n")
    #expect(
      try edited("a: &x\n  p: &y 1\n  q: *y\nb: *x\n") { try $0.remove($0["/a"]) } == "b: &x\n  p: &y 1\n  q: *y\n")
  }

  @Test func `case 11: a copy has no anchors, and may not stand before them`() throws {
    #expect(
      try edited("a: &x\n  p: &y 1\n  q: *y\n") { try $0.copy($0["/a"], toKey: "b", in: $0[""]) }
        == "a: &x\n  p: &y 1\n  q: *y\nb:\n  p: 1\n  q: *y\n")
    #expect(throws: Diagnostic.self) {
      try edited("a: &x\n  p: &y 1\n  q: *y\n") { try $0.copy($0["/a"], toKey: "b", in: $0[""], at: .first) }
    }
    #expect(throws: Diagnostic.self) {
      try edited("a: &x 1\nb: *x\n") { try $0.move($0["/b"], toKey: "b", in: $0[""], at: .first) }
    }
    #expect(throws: Diagnostic.self) {
      try edited("a: &x 1\nb: *x\n---\nc: 1\n") { document in
        try document.move(document["/b"], toKey: "b", in: document["", root: 1])
      }
    }
  }

  @Test func `case 11: mappings that merge each other many times are read in linear time`() throws {
    var text = "m0: &m0 {k: 1}\n"
    for level in 1...60 { text += "m\(level): &m\(level) {<<: [*m\(level - 1), *m\(level - 1)]}\n" }
    let document = try Document(Array(text.utf8), as: .yaml, named: "file")
    #expect(document.value(of: document["/m60"]) == ["k": 1])
    #expect(document.node(at: Pointer(["m60", "none"])) == nil)
    let own = try Document(Array("a: &a {<<: [*a, *a], k: 1}\n".utf8), as: .yaml, named: "file")
    #expect(own.value(of: own["/a"]) == ["k": 1])
  }

  @Test func `case 12: the old quotes where they are legal`() throws {
    #expect(try edited("a: 'x'\n") { try $0.set($0["/a"], to: "it's") } == "a: 'it''s'\n")
    #expect(try edited("a: 'x'\n") { try $0.set($0["/a"], to: "one\ntwo") } == "a: \"one\\ntwo\"\n")
    #expect(try edited("a: \"x\"\n") { try $0.set($0["/a"], to: 5) } == "a: 5\n")
    for text in ["yes", "No", "on", "0o17", "017", "1e3", "12:30", "~", "=", "<<", "2001-01-01", "null", "1_000", ".5"]
    {
      #expect(try edited("a: x\n") { try $0.set($0["/a"], to: .string(text)) } == "a: \"\(text)\"\n")
      #expect(try edited("a: x\n") { try $0.rename($0["/a"], to: text) } == "\"\(text)\": x\n")
    }
    // There and back: the spelling of the source.
    #expect(
      try edited("\"\\x61\": 'b'\n") { document in
        try document.rename(document["/a"], to: "c")
        try document.rename(document["/c"], to: "a")
      } == "\"\\x61\": 'b'\n")
  }

  @Test func `case 13: documents of a stream`() throws {
    let text = "%YAML 1.1\n---\na: 1\n# end\n...\n# between\n---\nb: 2\n---\n"
    #expect(
      try edited(text) { try $0.insert(3, forKey: "c", into: $0[""]) }
        == text.replacing("a: 1\n# end\n", with: "a: 1\n# end\nc: 3\n"))
    #expect(try edited(text) { try $0.remove($0["/b", root: 1]) } == text.replacing("b: 2", with: "{}"))
    #expect(
      try edited(text) { try $0.insert(3, forKey: "c", into: $0["", root: 1]) }
        == text.replacing("b: 2\n", with: "b: 2\nc: 3\n"))
    #expect(try edited("--- |\n  text\n---\nb: 1\n") { try $0.set($0[""], to: "x") } == "--- x\n---\nb: 1\n")
    #expect(try edited("---\n---\nb: 1\n") { try $0.set($0[""], to: ["x": 1]) } == "---\nx: 1\n---\nb: 1\n")
    #expect(
      try edited("a: 1\n---\nb: 2\n") { document in
        try document.move(document["/a"], toKey: "a", in: document["", root: 1])
      } == "{}\n---\nb: 2\na: 1\n")
    #expect(throws: Diagnostic.self) { try edited("--- a: 1\n") { _ in } }
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func `case 14: the line ending of the file`(_ eol: String) throws {
    func text(_ lines: String) -> String {
      lines.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: eol)
    }
    #expect(
      try edited(text("a: 1\nb:\n  c: 2\n")) { try $0.insert(["x": 1], forKey: "d", into: $0["/b"]) }
        == text("a: 1\nb:\n  c: 2\n  d:\n    x: 1\n"))
    #expect(
      try edited(text("a: 1\nb: 2\n")) { try $0.set($0["/a"], to: "one\ntwo\n") } == text("a: |\n  one\n  two\nb: 2\n"))
    #expect(try edited(text("a: 1\nb: 2\n")) { try $0.remove($0["/a"]) } == text("b: 2\n"))
  }

  @Test func `case 14: mixed line endings, and those that only YAML 1.1 has`() throws {
    #expect(
      try edited("a: 1\r\nb: 2\nc: 3\n") { try $0.insert(9, forKey: "x", into: $0[""], at: .after($0["/a"])) }
        == "a: 1\r\nx: 9\r\nb: 2\nc: 3\n")
    #expect(try edited("a: \"x\u{2028}y\"\nb: 1\n") { try $0.set($0["/b"], to: 2) } == "a: \"x\u{2028}y\"\nb: 2\n")
    #expect(try edited("a: x\n") { try $0.set($0["/a"], to: "b\u{85}c") } == "a: \"b\\x85c\"\n")
    #expect(
      try edited("\u{FEFF}a: 1\n") { try $0.insert(2, forKey: "b", into: $0[""], at: .first) } == "\u{FEFF}b: 2\na: 1\n"
    )
  }

  @Test func `case 15: a key that is there already is refused, with its place`() throws {
    do {
      _ = try Document(Array("a: 1\nb: 2\na: 3\n".utf8), as: .yaml, named: "file")
      Issue.record("a duplicate key was read")
    } catch {
      #expect(error.code == .duplicateKey)
      #expect(error.place?.line == 3)
      #expect(error.related.first?.place.line == 1)
    }
    for edit in [
      { (document: inout Document) in try document.rename(document["/a"], to: "b") },
      { document in try document.insert(1, forKey: "b", into: document[""]) },
      { document in try document.copy(document["/a"], toKey: "b", in: document[""]) },
      { document in try document.move(document["/c/a"], toKey: "b", in: document[""]) },
    ] as [(inout Document) throws -> Void] {
      var document = try Document(Array("a: 1\nb: 2\nc: {a: 1}\n".utf8), as: .yaml, named: "file")
      do {
        try edit(&document)
        Issue.record("an edit made a duplicate key")
      } catch let error as Diagnostic {
        #expect(error.code == .editRefused)
        #expect(error.place?.line == 2)
      }
      #expect(try document.render().bytes == document.source)
    }
  }
}
