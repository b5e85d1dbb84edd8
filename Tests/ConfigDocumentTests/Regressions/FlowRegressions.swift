import ConfigDocument
import TestSupport
import Testing

/// Between brackets.
@Suite struct FlowRegressions {
  @Test func `what was a block and stands between brackets now is filled between brackets`() throws {
    #expect(
      try edited("5:\n 6: []\n---\n{k: 1}\n") { document in
        try document.copy(document[""], toKey: "m", in: document["", root: 1])
        try document.insert("w", into: document["/m/5/6", root: 1])
      } == "5:\n 6: []\n---\n{k: 1, m: {5: {6: [w]}}}\n")
  }

  @Test func `a pair whose key has braces has none itself`() throws {
    #expect(try edited("[ {a: b}:c ]\n") { try $0.insert(1, forKey: "m", into: $0["/0"]) } == "[ {{a: b}:c, m: 1} ]\n")
  }

  @Test func `a brace keeps away from a colon`() throws {
    #expect(try edited("[ tag: ]\n") { try $0.insert(1, forKey: "m", into: $0["/0"]) } == "[ {tag: , m: 1} ]\n")
    #expect(
      try edited("[ tag: ]\n") { try $0.insert(1, forKey: "m", into: $0["/0"], at: .first) } == "[ {m: 1, tag: } ]\n")
    #expect(
      try edited("a: [ tag: ]\nb: 1\n") { try $0.copy($0["/a/0"], toKey: "c", in: $0[""]) }
        == "a: [ tag: ]\nb: 1\nc: {tag: }\n")
  }

  @Test func `a tag ends before a blank`() throws {
    #expect(try edited("[!,b]\n") { try $0.remove($0["/1"]) } == "[! ]\n")
  }

  @Test func `a copy that is edited has no anchor`() throws {
    #expect(
      try edited("a: {x: &a 1}\n") { document in
        try document.copy(document["/a"], toKey: "m", in: document[""])
        try document.set(document["/m/x"], to: "w")
      } == "a: {x: &a 1}\nm: {x: w}\n")
  }

  @Test func `the lines around a pair without braces are the item's`() throws {
    #expect(
      try edited("5: [e,\n6: # c\n]\nm:\n  x: 1\n") { try $0.move($0["/5/1/6"], toKey: "k", in: $0["/m"]) }
        == "5: [e,\n{} # c\n]\nm:\n  x: 1\n  k:\n")
  }

  @Test func `a key of several lines has a question mark between brackets too`() throws {
    #expect(
      try edited("- ? [\n ]\n---\n{e: 1}\n") { try $0.move($0["/0"], toKey: "k", in: $0["", root: 1]) }
        == "[]\n---\n{e: 1, k: {? [\n ]: null}}\n")
  }

  @Test func `a copy of what holds its old place ends`() throws {
    #expect(
      try edited("a:\n  b: {x: 1}\nc: 2\n") { document in
        try document.move(document["/a/b"], toKey: "b", in: document[""])
        try document.move(document["/a"], toKey: "a", in: document["/b"])
        try document.copy(document["/b"], toKey: "d", in: document[""])
      } == "c: 2\nb: {x: 1, a: {}}\nd: {x: 1, a: {}}\n")
    #expect(
      try edited("l:\n  - a: 1\n    b: 2\n  - c\n") { document in
        try document.set(document["/l/0/a"], to: ["x": 1])
        try document.set(document["/l/0"], to: ["z": 1])
        try document.copy(document["/l"], toKey: "k", in: document[""])
      } == "l:\n  - z: 1\n  - c\nk:\n  - z: 1\n  - c\n")
  }

  @Test func `a key over several lines that gets a value gets a question mark`() throws {
    #expect(try edited("{a\n b, c}\n") { try $0.set($0["/a b"], to: 1) } == "{? a\n b: 1, c}\n")
    #expect(try edited("{a\n b}\n") { try $0.set($0["/a b"], to: ["k": [1]]) } == "{? a\n b: {k: [1]}}\n")
    #expect(try edited("{? a\n b}\n") { try $0.set($0["/a b"], to: 1) } == "{? a\n b: 1}\n")
    #expect(
      try edited("{a\n b}\n") { document in
        try document.rename(document["/a b"], to: "c")
        try document.set(document["/c"], to: 1)
      } == "{c: 1}\n")
  }

  @Test func `the comments of a file are looked for in its own text, behind imports too`() throws {
    let other = try Document(Array("{\"x\": 1}".utf8), as: .jsonc, named: "other")
    #expect(
      try edited("{\n  /* one */\n  \"a\": 1\n}\n", as: .jsonc) { document in
        try document.insert(other["/x"], from: other, forKey: "x", into: document[""])
        try document.insert(2, forKey: "b", into: document[""], comment: "two")
      } == "{\n  /* one */\n  \"a\": 1,\n  \"x\": 1,\n  /* two */\n  \"b\": 2\n}\n")
  }

  @Test func `what is copied below a tab between brackets is indented with spaces`() throws {
    let copied = try edited("- [\n\ta\nb,\n c ]\n") { document in
      try document.insert(document["/0"], from: document, into: document["/0"])
    }
    #expect(copied == "- [\n\ta\nb,\n c, [\n \ta\n b,\n  c ] ]\n")
  }

  @Test func `an indicator that is text between brackets is quoted outside of them`() throws {
    let moved = try edited("- [-, x]\n- y\n") { try $0.move($0["/0/0"], into: $0[""]) }
    #expect(moved == "- [x]\n- y\n- \"-\"\n")
  }

  @Test func `a text that becomes a key between brackets is quoted where they would cut it`() throws {
    #expect(try edited("a: &b x,y\nm: {*b : 1}\n") { try $0.remove($0["/a"]) } == "m: {&b \"x,y\" : 1}\n")
    #expect(try edited("a: &b x,y\nm: {*b : }\n*b : c\n") { try $0.remove($0["/a"]) } == "m: {&b \"x,y\" : }\n*b : c\n")
    #expect(try edited("a: &b\nm: {*b : 1, c: 2}\n") { try $0.remove($0["/a"]) } == "m: {&b  : 1, c: 2}\n")
  }

  @Test func `a pair without braces that gets an anchor leaves its key's to the key`() throws {
    for (text, result) in [
      ("&r [a, &o c: d, e]\n", "&r {&o c: d}\n"),
      ("&r [a, &o {c: 1} : d, e]\n", "&r {&o {c: 1} : d}\n"),
      ("&r\n- a\n- &o c: d\n- e\n", "&r\n&o c: d\n"),
    ] {
      #expect(try edited(text) { try $0.unwrap($0[""], keeping: $0["/1"]) } == result)
    }
    #expect(
      try edited("m: &r [a, &o c: d, e]\nx: *r\n") { try $0.unwrap($0["/m"], keeping: $0["/m/1"]) }
        == "m: &r {&o c: d}\nx: *r\n")
  }

  @Test func `a brace that a pair gets keeps away from its tag`() throws {
    #expect(
      try edited("- [? [\n ]: !0, b]\n- [c]\n") { try $0.move($0["/0/0"], into: $0["/1"]) }
        == "- [b]\n- [c, {? [\n ]: !0 }]\n")
    #expect(
      try edited("- [a: !0, b]\n") { try $0.insert(5, forKey: "x", into: $0["/0/0"], at: .first) }
        == "- [{x: 5, a: !0 }, b]\n")
  }

  @Test func `the comment behind a pair without braces is the list's`() throws {
    let text = "[\n7: x # c\n]\n"
    #expect(try edited(text) { try $0.move($0["/0/7"], toKey: "k", in: $0["/0"]) } == "[\n{k: x} # c\n]\n")
    #expect(
      try edited(text) { document in
        try document.remove(document["/0/7"])
        try document.insert(5, forKey: "m", into: document["/0"])
      } == "[\n{m: 5} # c\n]\n")
  }

  @Test func `a comment that was glued to a comma keeps apart from what stands before it then`() throws {
    #expect(try edited("- [2,# c\n  x]\n") { try $0.remove($0["/0/1"]) } == "- [2 # c\n  ]\n")
    #expect(try edited("- [x,#c\n  2,# d\n y]\n") { try $0.remove($0["/0/2"]) } == "- [x,#c\n  2 # d\n ]\n")
    #expect(
      try edited("- [a,#c\n b, 2]\n") { document in
        try document.remove(document["/0/1"])
        try document.move(document["/0/1"], into: document["/0"], at: .first)
        try document.remove(document["/0/1"])
      } == "- [2 #c\n ]\n")
    #expect(try edited("\u{FEFF}6:\n#\n7:") { try $0.remove($0["/6"]) } == "\u{FEFF}#\n7:")
  }

  @Test func `a tag's own colon is none of an entry`() throws {
    #expect(try edited("{\n !:\n }\n") { try $0.set($0["/"], to: 1) } == "{\n !: : 1\n }\n")
    #expect(try edited("{!:, a}\n") { try $0.wrap($0["/"]) } == "{!: : [null], a}\n")
  }

  @Test func `a pair without braces that ends in the tag of its key gets a blank before its brace`() throws {
    #expect(
      try edited("[{a: b}, ?!, 6]") { try $0.copy($0["/1"], toKey: "c", in: $0["/0"]) } == "[{a: b, c: {?! }}, ?!, 6]")
    #expect(
      try edited("[{a: b}, ? k, 6]") { try $0.copy($0["/1"], toKey: "c", in: $0["/0"]) } == "[{a: b, c: {? k}}, ? k, 6]"
    )
  }

  @Test func `a comment that is glued to a colon or to quotes is one`() throws {
    for (text, added) in [
      ("{\n  \"a\":# b, c\n}\n", "{\n  \"a\": ,# b, c\n  \"n\": 1\n}\n"),
      ("{\n  \"a\"# b, c\n}\n", "{\n  \"a\",# b, c\n  \"n\": 1\n}\n"),
      ("{\n  \"a\": 'x'# b, c\n}\n", "{\n  \"a\": 'x',# b, c\n  'n': 1\n}\n"),
    ] {
      #expect(try edited(text) { try $0.insert(1, forKey: "n", into: $0[""]) } == added)
      #expect(try edited(text) { try $0.set($0["/a"], to: 2) }.contains("# b, c\n"), "\(text)")
    }
    #expect(throws: Diagnostic.self) { try edited("a: [\"x\"#c\n]\nb: {}\n") { try $0.move($0["/a"], into: $0["/b"]) } }
  }

  @Test func `tabs below a plain scalar between brackets become spaces`() throws {
    let list = "m: [\n\t\t\"a\",\n\t\t\"x\"\n\t]\n"
    #expect(try edited(list) { try $0.set($0["/m/1"], to: 5) } == "m: [\n\t\t\"a\",\n\t\t5\n ]\n")
    #expect(try edited(list) { try $0.set($0["/m/0"], to: 5) } == "m: [\n\t\t5,\n\t\t\"x\"\n\t]\n")
    #expect(
      try edited(list) { try $0.insert(5, into: $0["/m"], at: .last) }
        == "m: [\n\t\t\"a\",\n\t\t\"x\",\n\t\t5\n ]\n")
    #expect(
      try edited("m: [\n\t\tb,\n\t\t\"x\"\n\t]\n") { try $0.remove($0["/m/1"]) } == "m: [\n\t\tb\n ]\n")
    #expect(
      try edited("m: [\n\t\t\"a\"\n\t\t, \"x\"\n\t]\n") { try $0.set($0["/m/0"], to: 5) }
        == "m: [\n\t\t5\n  , \"x\"\n\t]\n")
    #expect(
      try edited("m: {\n\t\t\"a\": 1,\n\t\t\"x\": [1]\n\t}\n") { try $0.set($0["/m/x"], to: "b") }
        == "m: {\n\t\t\"a\": 1,\n\t\t\"x\": b\n }\n")
  }

  @Test func `a plain scalar between brackets may end in a quote`() throws {
    #expect(try edited("t: {V: [i\",&m\n\t],z}\n") { try $0.remove($0["/t/V/1"]) } == "t: {V: [i\"\n ],z}\n")
    #expect(try edited("m: [i\", 'x'\n\t]\n") { try $0.remove($0["/m/1"]) } == "m: [i\"\n ]\n")
    #expect(try edited("m: [\"i\", 'x'\n\t]\n") { try $0.remove($0["/m/1"]) } == "m: [\"i\"\n\t]\n")
    #expect(
      try edited("m: [\"a, i\", x, 'y'\n\t]\n") { document in
        for item in ["/m/2", "/m/1"] { try document.remove(document[item]) }
      } == "m: [\"a, i\" \n\t]\n")
    #expect(
      try edited("m: {k: i', x: 1, y: '2'\n\t}\n") { document in
        for key in ["x", "y"] { try document.remove(document["/m/\(key)"]) }
      } == "m: {k: i' \n }\n")
    #expect(try edited("m: {k', x: '1'\n\t}\n") { try $0.remove($0["/m/x"]) } == "m: {k'\n }\n")
  }

  @Test func `a tab before a bracket becomes a space where a plain scalar comes above it`() throws {
    let list = try edited("- [\ns,\n\t=,<]\n") { try $0.reconcile($0["/0"], with: [1, 2]) }
    #expect(list == "- [\n1,\n2\n ]\n")
  }

  @Test func `a tab before a key that has its tag above becomes a space in a block`() throws {
    let taken = try edited("- {!\n\t)}\n") { document in
      try document.insert(document["/0/)"], from: document, into: document[""])
    }
    #expect(taken == "- {!\n\t)}\n-\n")
  }

  @Test func `a comment before a comma goes where its entry goes`() throws {
    let text = "{\n  \"l\": {\"a\": 1 /* n */, \"b\": 2 /* m */},\n  \"m\": {}\n}\n"
    #expect(
      try edited(text, as: .jsonc) { try $0.move($0["/l/a"], toKey: "a", in: $0["/m"]) }
        == "{\n  \"l\": {\"b\": 2 /* m */},\n  \"m\": {\n    /* n */\n    \"a\": 1\n  }\n}\n")
    #expect(
      try edited("l: {a: 1 # n\n  , b: 2}\n") { try $0.move($0["/l/a"], toKey: "a", in: $0[""]) }
        == "l: {b: 2}\n# n\na: 1\n")
    #expect(throws: Diagnostic.self) {
      try edited("l: {a: 1 # n\n  , b: 2}\nm: {c: 3}\n") { try $0.move($0["/l/a"], toKey: "a", in: $0["/m"]) }
    }
  }

  @Test func `a new comment comes behind the comma that the old one stood before`() throws {
    let text = "{\n  \"a\": 1 /* n */,\n  \"b\": {\"c\": 2 /* m */, \"d\": 3}\n}\n"
    #expect(
      try edited(text, as: .jsonc) { try $0.setComment("new", of: $0["/a"], at: .line) }
        == "{\n  \"a\": 1, // new\n  \"b\": {\"c\": 2 /* m */, \"d\": 3}\n}\n")
    #expect(
      try edited(text, as: .jsonc) { try $0.setComment(nil, of: $0["/b/c"], at: .line) }
        == "{\n  \"a\": 1 /* n */,\n  \"b\": {\"c\": 2, \"d\": 3}\n}\n")
  }

  @Test func `an alias in a key that is a collection gets what it stood for`() throws {
    #expect(try edited("0: &m 5\n1: {p,[*m]}\n") { try $0.remove($0["/0"]) } == "1: {p,[&m 5]}\n")
    #expect(
      try edited("0: &m 5\n1: {[*m]: 1}\nl: []\n") { document in
        try document.insert(document["/1"], from: document, into: document["/l"])
      } == "0: &m 5\n1: {[*m]: 1}\nl:\n  - {[5]: 1}\n")
  }

  @Test func `a key's tag without a value does not take the brace when the last member goes`() throws {
    #expect(try edited("{!t,b}") { try $0.remove($0["/b"]) } == "{!t }")
    #expect(try edited("{? &a !t,b}") { try $0.remove($0["/b"]) } == "{? &a !t }")
  }
}
