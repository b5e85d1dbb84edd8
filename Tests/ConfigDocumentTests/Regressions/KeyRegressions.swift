import ConfigDocument
import TestSupport
import Testing

/// Keys that are aliases, anchors alone, collections, or longer than libyaml waits for a colon.
@Suite struct KeyRegressions {
  /// The code of the refusal of an edit that leaves the document as it was; nil where it is made.
  private func refusal(_ text: String, _ edit: (inout Document) throws -> Void) throws -> Diagnostic.Code? {
    var document = try Document(Array(text.utf8), as: .yaml, named: "file")
    do {
      try edit(&document)
      return nil
    } catch let error as Diagnostic {
      #expect(try document.render().bytes == document.source)
      return error.code
    }
  }

  @Test func `an alias that is a key becomes what it stood for`() throws {
    #expect(try edited("a: &b b\n*b : a\nc: *b\n") { try $0.remove($0["/a"]) } == "&b b : a\nc: *b\n")
    #expect(
      try edited("a: &b b\nm: {*b : a}\n") { document in
        try document.remove(document["/a"])
        try document.rename(document["/m/b"], to: "k")
      } == "m: {&b k : a}\n")
    #expect(try edited("a: &b b\nm: {*b :}\n") { try $0.remove($0["/a"]) } == "m: {&b b : }\n")
    #expect(try edited("a: &b b\nm: {*b :[1]}\n") { try $0.remove($0["/a"]) } == "m: {&b b : [1]}\n")
    #expect(try edited("m: {&b :[1]}\n") { try $0.rename($0["/m/"], to: "k") } == "m: {&b k : [1]}\n")
    #expect(try edited("a: &b |\n  b\n*b : a\n") { try $0.remove($0["/a"]) } == "&b \"b\\n\" : a\n")
    #expect(try edited("a: &b '\u{2028}'\n*b : a\n") { try $0.remove($0["/a"]) } == "&b \"\\u2028\" : a\n")
    #expect(try refusal("a: &b [1]\n*b : a\n") { try $0.remove($0["/a"]) } == .editRefused)
    #expect(try refusal("a: &n\n*n :\n&m :\n") { try $0.remove($0["/a"]) } == .editRefused)
  }

  @Test func `an alias that became a key is found among many`() throws {
    let many = (0..<200).map { "k\($0): 1\n" }.joined()
    let text = "a: &b b\n\(many)*b : 2\n"
    let result = try edited(text) { document in
      try document.remove(document["/a"])
      try document.set(document["/b"], to: 3)
    }
    #expect(result == "\(many)&b b : 3\n")
  }

  @Test func `a key of several lines is indented where it leaves its brackets`() throws {
    let text = "m: {? a\nb : 1}\nn:\n  c: 2\n"
    #expect(
      try edited(text) { _ = try $0.insert($0["/m/a b"], from: $0, forKey: "d", into: $0["/n"]) } == text
        + "  ? d\n  : 1\n")
  }

  @Test func `what stood at the left edge is indented where it would go on in the next line`() throws {
    #expect(try edited("?\n|\n2a#:\n") { try $0.rename($0["/"], to: "k") } == "?\n k\n2a#:\n")
    #expect(try edited("m:\n  ?\n  |\n  b:\n") { try $0.rename($0["/m/"], to: "k") } == "m:\n  ?\n   k\n  b:\n")
    #expect(try edited("? 'a'\n:\n|\nb: 1\n") { try $0.set($0["/a"], to: "k") } == "? 'a'\n:\n k\nb: 1\n")
    #expect(try edited("a:\n|\n  x\nb: 1\n") { try $0.set($0["/a"], to: 5) } == "a:\n 5\nb: 1\n")
  }

  @Test func `a key that is a tag alone keeps its colon apart`() throws {
    #expect(try edited("{!!str, b: 1}\n") { try $0.set($0["/"], to: 5) } == "{!!str : 5, b: 1}\n")
    let text = "m: {foo : !!str, !!str : bar}\nl:\n- 1\n"
    #expect(try edited(text) { _ = try $0.insert($0["/m/"], from: $0, into: $0["/l"]) } == text + "- bar\n")
    #expect(
      try edited("m: {a: {!!str : 1}}\n") { try $0.move($0["/m/a"], toKey: "b", in: $0[""]) }
        == "m: {}\nb: {!!str : 1}\n")
    #expect(
      try edited("m: [{a: {!!str : 1, b: 2}}]\nx:\n  y: 1\n") {
        try $0.copy($0["/m/0/a"], toKey: "c", in: $0["/x"])
      } == "m: [{a: {!!str : 1, b: 2}}]\nx:\n  y: 1\n  c: {!!str : 1, b: 2}\n")
  }

  @Test func `a key that is written where none was keeps its colon and question mark apart`() throws {
    #expect(try edited("{ ?:x\n}\n") { try $0.rename($0["/"], to: "k") } == "{ ?k: x\n}\n")
    #expect(try edited("{?: x, b: 1}\n") { try $0.rename($0["/"], to: "k") } == "{?k: x, b: 1}\n")
    #expect(try edited("{\"a\":x, b: 1}\n") { try $0.rename($0["/a"], to: "k") } == "{\"k\":x, b: 1}\n")
  }

  @Test func `what takes the place of a value right of its indicator stands as far to the right`() throws {
    for (text, wrapped) in [
      ("? a\n:  b: 1\n", "? a\n:  - # why\n     c: v\n     b: 1\n"),
      ("? a\n: b: 1\n", "? a\n: - # why\n    c: v\n    b: 1\n"),
      ("? a\n:     b: 1\n", "? a\n:     - # why\n        c: v\n        b: 1\n"),
    ] {
      let result = try edited(text) { document in
        try document.insert("v", forKey: "c", into: document["/a"], at: .first, comment: "why")
        try document.wrap(document["/a"])
      }
      #expect(result == wrapped)
    }
  }

  @Test func `a key that would be a marker at the left edge stays away from it`() throws {
    let text = "m:\n- --- b: 1\n- {}\n"
    #expect(try refusal(text) { try $0.unwrap($0[""], keeping: $0["/m/0"]) } == .editRefused)
    #expect(
      try refusal(text) { _ = try $0.insert($0["/m/0/--- b"], from: $0, forKey: "k", into: $0["/m/1"]) }
        == .editRefused)
    #expect(try edited(text) { try $0.move($0["/m/0"], toKey: "k", in: $0[""]) } == "m:\n- {}\nk:\n  --- b: 1\n")
    #expect(try edited("a: 1\n") { try $0.rename($0["/a"], to: "--- b") } == "\"--- b\": 1\n")
  }

  @Test func `a key that is not there stands behind its own question mark`() throws {
    #expect(try edited("!a?b!\n?\n: d\n") { try $0.rename($0["/"], to: "k") } == "!a?b!\n? k\n: d\n")
    #expect(try edited("m: !a?b {? : d}\n") { try $0.rename($0["/m/"], to: "k") } == "m: !a?b {?k : d}\n")
    #expect(try edited("!7?! \n? \n: !!str d\n") { try $0.remove($0["/"]) } == "!7?! {} \n")
  }

  @Test func `anchors without a text`() throws {
    #expect(
      try edited("\u{FEFF}a: 1\n&n :\n") { try $0.move($0["/"], toKey: "k", in: $0[""], at: .first) }
        == "\u{FEFF}&n k :\na: 1\n")
    #expect(try edited("&tag:k: b\n") { try $0.rename($0["/:k"], to: "k") } == "&tag k: b\n")
    #expect(try refusal("8: {&n : 1}\n") { try $0.copy($0["/8"], toKey: "k", in: $0[""]) } == .editRefused)
    #expect(
      try edited("a: [&a ,b]\n") { try $0.copy($0["/a"], toKey: "c", in: $0[""]) } == "a: [&a ,b]\nc: [null,b]\n")
  }

  @Test func `a value whose alias stands for something in its key cannot lose the key`() throws {
    #expect(
      try refusal("? {&x k}\n: *x\nl: [1]\n") { document in
        try document.move(document.entries(of: document[""])[0].value, into: document["/l"])
      } == .editRefused)
    #expect(
      try refusal("? {# c\n k}\nl:\n- 1\n") { document in
        try document.move(document.entries(of: document[""])[0].value, into: document["/l"])
      } == .editRefused)
  }

  @Test(arguments: ["b", "b(c:", "b: c", "- b", "[b(c: ]", "{b: }", "|\n    b"])
  func `a complex key without a value takes any`(_ key: String) throws {
    for (value, lines) in [([1], "\n  - 1"), (["x": 1], "\n  x: 1"), (5, " 5")] as [(Value, String)] {
      #expect(
        try edited("? \(key)\nz: 1\n") { try $0.set($0.entries(of: $0[""])[0].value, to: value) }
          == "? \(key)\n:\(lines)\nz: 1\n")
    }
  }

  @Test func `a question mark is found behind comments, and without a blank`() throws {
    #expect(try edited("? # c\n r\n: 1\n") { try $0.set($0[""], to: "w") } == "w\n")
    #expect(
      try edited("{ ?k\nbar: 41\n}\n") { try $0.insert(1, forKey: "a", into: $0[""], at: .first) }
        == "{ a: 1, ?k\nbar: 41\n}\n")
  }

  @Test func `a long key has a question mark, or is refused`() throws {
    let long = String(repeating: "k", count: 1_100)
    #expect(try edited("a: 1\n") { try $0.insert(2, forKey: long, into: $0[""]) } == "a: 1\n? \(long)\n: 2\n")
    #expect(try edited("{a: 1}\n") { try $0.insert(2, forKey: long, into: $0[""]) } == "{a: 1, ? \(long): 2}\n")
    #expect(try edited("a: 1\n") { try $0.move($0["/a"], toKey: long, in: $0[""]) } == "? \(long)\n: 1\n")
    #expect(try refusal("a: 1\n") { try $0.rename($0["/a"], to: long) } == .editRefused)
    #expect(try edited("{\"a\": 1}\n", as: .json) { try $0.rename($0["/a"], to: long) } == "{\"\(long)\": 1}\n")
  }

  @Test func `keys within keys are read in bounded time`() throws {
    let own = try Document(Array("&x {*x : 1, ? [*x] : 2, k: *x}\n".utf8), as: .yaml, named: "file")
    #expect(own.entries(of: own[""]).count == 3)
    #expect(own.keyText(of: own.entries(of: own[""])[1].key) == "[null]")
    #expect(own.value(of: own[""]).object?["k"] == .null)
    let nested = String(repeating: "{", count: 200) + "a: 1" + String(repeating: "}: 1", count: 199) + "}"
    let deep = try Document(Array(nested.utf8), as: .yaml, named: "file")
    #expect(deep.value(of: deep[""]).object?.members.map(\.key) == ["{\"{…}\": 1}"])
    #expect(throws: Diagnostic.self) { try ValueTree(own) }
  }

  @Test func `a value with two equal keys is refused`() throws {
    let text = "m:\n  ? - a\n  : 1\n  ? - a\n  : 2\n"
    #expect(
      try refusal(text) { try $0.insert($0.value(of: $0["/m"]), forKey: "n", into: $0[""]) } == .editRefused)
  }

  @Test func `an alias that what an edit made would leave behind is refused at a place that there is`() throws {
    let text = "ca: &x\n  kb:\n  <<: *x\nd:\n  <<: *x\n"
    let document = try Document(Array(text.utf8), as: .yaml, named: "file")
    for outer in document.entries(of: document[""]).map(\.value) {
      for inner in document.entries(of: outer).map(\.value) {
        var changed = document
        do throws(Diagnostic) {
          try changed.unwrap(outer, keeping: inner)
          _ = try changed.render()
        } catch {
          #expect([.editRefused, .aliasExpansion].contains(error.code))
        }
      }
    }
  }

  @Test func `an anchored value below its anchor becomes a key on one line, of its own type`() throws {
    #expect(try edited("-: &n2\n true\n*n2 :\n") { try $0.remove($0["/-"]) } == "&n2 true :\n")
    #expect(try edited("-: &n2\r true\r*n2:") { try $0.remove($0["/-"]) } == "&n2 true:")
  }

  @Test func `an alias of keys that are anchors without a text is not expanded, in the document and out of it`() throws
  {
    for text in ["m: &m\n  a: 1\n  &c : v\nn: *m\n", "m: &m\n  a: 1\n  &c : v\nn:\n  <<: *m\n  l: 1\n"] {
      let document = try Document(Array(text.utf8), as: .yaml, named: "a.yaml")
      let error = #expect(throws: Diagnostic.self) {
        try edited(text) { try $0.insert(document["/n"], from: document, forKey: "t", into: $0[""]) }
      }
      #expect(error?.code == .editRefused)
    }
  }

  @Test func `what was taken from another document is looked at in its own text`() throws {
    let donor = try Document(
      Array("# a long comment, so that the offset is no one of the receiver\nk:\n  &n : 1\n".utf8), as: .yaml,
      named: "d.yaml")
    let error = #expect(throws: Diagnostic.self) {
      try edited("a: 1\n") { document in
        try document.insert(donor["/k"], from: donor, forKey: "k", into: document[""])
        try document.copy(document["/k"], toKey: "l", in: document[""])
      }
    }
    #expect(error?.code == .editRefused)
  }

  @Test func `a copied key that came from elsewhere has no anchor`() throws {
    for (key, copied) in [("&4 k", "k"), ("&4 !!str k", "!!str k"), ("&4 !!str ", "!!str ")] {
      #expect(
        try edited("r:\n  a: &n\n   m: 1\n  \(key):\n  b:\ns: *n\n") { document in
          let entry = document.entries(of: document["/r"])[1]
          try document.move(entry.value, toKey: document.keyText(of: entry.key), in: document["/r/a"], at: .first)
          try document.expand(document["/s"])
        } == "r:\n  a: &n\n   \(key):\n   m: 1\n  b:\ns:\n \(copied):\n m: 1\n")
    }
  }

  @Test func `an entry without a colon has no line of its own below a key in block style`() throws {
    #expect(throws: Diagnostic.self) {
      try edited("? a: x\n  b: |\n   c") { document in
        try document.setComment("why", of: document.entries(of: document[""])[0].value, at: .line)
      }
    }
    #expect(
      try edited("? a: 1\n:\nb: 2\n") { document in
        try document.setComment("why", of: document.entries(of: document[""])[0].value, at: .line)
      } == "? a: 1\n: # why\nb: 2\n")
  }

  /// Keys that are not one key, and one text: as data, the mappings were equal where one holds what the other does, but not the other
  /// way round, and who counted them trapped.
  @Test func `mappings in which two keys are one text are equal both ways, or not`() throws {
    let entries = ["? {[a]: 1}\n  : 1\n", "? {[b]: 1}\n  : 1\n", "? {[c]: 1}\n  : 2\n", "y: 1\n", "z: 2\n"]
    var texts: [String] = []
    for one in entries { texts += entries.filter { $0 != one }.map { "- \(one)  \($0)" } }
    let document = try Document(Array(texts.joined().utf8), as: .yaml, named: "file")
    let values = try #require(document.value(of: document.roots[0]).array)
    for (left, one) in values.enumerated() {
      for (right, other) in values.enumerated() {
        #expect((one == other) == (other == one), "\(left) and \(right)")
        #expect(one != other || one.hashValue == other.hashValue, "\(left) and \(right)")
      }
    }
    let code = try refusal(texts.joined()) { try $0.reconcile($0.roots[0], with: .array(values.reversed())) }
    #expect(code == .editRefused)
  }
}
