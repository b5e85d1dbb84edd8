import ConfigDocument
import TestSupport
import Testing

/// Cases 9 and 10: collections in flow style, JSON's separators, complex keys.
@Suite struct FlowAndKeyCases {
  @Test func `case 9: commas on either side`() throws {
    #expect(try edited("a: [1, 2, 3]\n") { try $0.remove($0["/a/0"]) } == "a: [2, 3]\n")
    #expect(try edited("a: [1, 2, 3]\n") { try $0.remove($0["/a/1"]) } == "a: [1, 3]\n")
    #expect(try edited("a: [1, 2, 3]\n") { try $0.remove($0["/a/2"]) } == "a: [1, 2]\n")
    #expect(try edited("a: [1, 2]\n") { try $0.insert(3, into: $0["/a"]) } == "a: [1, 2, 3]\n")
    #expect(try edited("a: [1, 2]\n") { try $0.insert(0, into: $0["/a"], at: .first) } == "a: [0, 1, 2]\n")
    #expect(
      try edited("a: [\n  1, # one\n  2, # two\n]\n") { try $0.remove($0["/a/0"]) } == "a: [\n  2, # two\n]\n")
    #expect(
      try edited("a: [\n  1, # one\n  2 # two\n]\n") { try $0.insert(3, into: $0["/a"]) }
        == "a: [\n  1, # one\n  2, # two\n  3\n]\n")
    #expect(try edited("a: [1, 2]\n") { try $0.move($0["/a/0"], into: $0["/a"]) } == "a: [2, 1]\n")
  }

  @Test func `case 9: pairs, keys without values, stricter text`() throws {
    #expect(try edited("[a: b]\n") { try $0.insert(1, forKey: "c", into: $0["/0"]) } == "[{a: b, c: 1}]\n")
    #expect(try edited("[a: b]\n") { try $0.remove($0["/0/a"]) } == "[{}]\n")
    #expect(try edited("[a: b]\n") { try $0.set($0["/0/a"], to: "c") } == "[a: c]\n")
    #expect(try edited("{a, b: }\n") { try $0.set($0["/a"], to: 1) } == "{a: 1, b: }\n")
    #expect(try edited("{a, b: }\n") { try $0.set($0["/b"], to: 1) } == "{a, b: 1 }\n")
    #expect(try edited("{\"a\":1}\n") { try $0.set($0["/a"], to: 2) } == "{\"a\":2}\n")
    #expect(try edited("{a: x}\n") { try $0.set($0["/a"], to: "b, c") } == "{a: \"b, c\"}\n")
    #expect(
      try edited("k: x, y]\nm: {a: 1}\n") { try $0.move($0["/k"], toKey: "k", in: $0["/m"]) }
        == "m: {a: 1, k: \"x, y]\"}\n")
    #expect(try edited("l: [x]\nk:\n") { try $0.move($0["/k"], into: $0["/l"]) } == "l: [x, null]\n")
  }

  @Test func `case 9: out of brackets`() throws {
    #expect(
      try edited("m: {a: 1, b: {c: 2}}\nn:\n  x: 1\n") { try $0.move($0["/m/b"], toKey: "b", in: $0["/n"]) }
        == "m: {a: 1}\nn:\n  x: 1\n  b: {c: 2}\n")
    #expect(
      try edited("m: {\n  # head\n  a: 1, # line\n  b: 2\n}\nn:\n  x: 1\n") {
        try $0.move($0["/m/a"], toKey: "a", in: $0["/n"])
      } == "m: {\n  b: 2\n}\nn:\n  x: 1\n  # head\n  # line\n  a: 1\n")
  }

  @Test func `case 9: JSON with every separator`() throws {
    let styles: [(String, String, String)] = [
      ("{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2,\"c\":[3,4]}", "{\"b\":2}"),
      ("{\"a\": 1, \"b\": 2}", "{\"a\": 1, \"b\": 2, \"c\": [3, 4]}", "{\"b\": 2}"),
      ("{ \"a\" : 1, \"b\" : 2 }", "{ \"a\" : 1, \"b\" : 2, \"c\" : [3, 4] }", "{ \"b\" : 2 }"),
      (
        "{\n    \"a\": 1,\n    \"b\": 2\n}\n",
        "{\n    \"a\": 1,\n    \"b\": 2,\n    \"c\": [\n        3,\n        4\n    ]\n}\n",
        "{\n    \"b\": 2\n}\n"
      ),
      (
        "{\r\n\t\"a\"  : 1,\r\n\t\"bcd\": 2\r\n}",
        "{\r\n\t\"a\"  : 1,\r\n\t\"bcd\": 2,\r\n\t\"c\" : [\r\n\t\t3,\r\n\t\t4\r\n\t]\r\n}", "{\r\n\t\"bcd\": 2\r\n}"
      ),
    ]
    for (text, added, removed) in styles {
      #expect(try edited(text, as: .json) { try $0.insert([3, 4], forKey: "c", into: $0[""]) } == added)
      #expect(try edited(text, as: .json) { try $0.remove($0["/a"]) } == removed)
      #expect(
        try edited(text, as: .json) { try $0.set($0["/a"], to: 7) } == text.replacing("1", with: "7"))
      #expect(
        try edited(text, as: .json) { try $0.rename($0["/a"], to: "z") } == text.replacing("\"a\"", with: "\"z\""))
    }
    #expect(try edited("[\n  1\n]\n", as: .json) { try $0.remove($0["/0"]) } == "[]\n")
    #expect(try edited("[1]", as: .json) { try $0.move($0["/0"], into: $0[""], at: .first) } == "[1]")
  }

  @Test func `case 9: JSON with comments`() throws {
    let text = "{\n  // head\n  \"a\": 1, // line\n  \"b\": { /* in */ },\n}\n"
    #expect(
      try edited(text, as: .jsonc) { try $0.set($0["/a"], to: 2) } == text.replacing("1", with: "2"))
    #expect(
      try edited(text, as: .jsonc) { try $0.remove($0["/a"]) } == "{\n  \"b\": { /* in */ },\n}\n")
    #expect(
      try edited(text, as: .jsonc) { try $0.insert(true, forKey: "c", into: $0[""], comment: "Why.") }
        == "{\n  // head\n  \"a\": 1, // line\n  \"b\": { /* in */ },\n  // Why.\n  \"c\": true,\n}\n")
    #expect(
      try edited("{\n  // head\n  \"a\": 1, // line\n  \"m\": {\n    \"x\": 2\n  }\n}\n", as: .jsonc) {
        try $0.move($0["/a"], toKey: "a", in: $0["/m"])
      } == "{\n  \"m\": {\n    \"x\": 2,\n    // head\n    // line\n    \"a\": 1\n  }\n}\n")
  }

  @Test func `case 10: complex keys and sets`() throws {
    #expect(try edited("? a\n: 1\n? b\n: 2\n") { try $0.remove($0["/a"]) } == "? b\n: 2\n")
    #expect(try edited("? a\n? b\n") { try $0.set($0["/a"], to: 1) } == "? a\n: 1\n? b\n")
    #expect(try edited("? a\n? b\n") { try $0.set($0["/b"], to: ["x": 1]) } == "? a\n? b\n:\n  x: 1\n")
    #expect(try edited("? a\n? b\n") { try $0.rename($0["/b"], to: "c") } == "? a\n? c\n")
    #expect(
      try edited("? |\n  a\n: 1\n") { document in
        let node = document.entries(of: document[""])[0].value
        try document.set(node, to: 2)
      } == "? |\n  a\n: 2\n")
    #expect(throws: Diagnostic.self) {
      try edited("? [a, b]\n: 1\n") { document in
        try document.rename(document.entries(of: document[""])[0].value, to: "x")
      }
    }
    #expect(
      try edited("? [a, b]\n: 1\nc: 2\n") { try $0.insert(3, forKey: "d", into: $0[""], at: .first) }
        == "d: 3\n? [a, b]\n: 1\nc: 2\n")
  }
}
