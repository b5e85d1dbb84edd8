import ConfigDocument
import TestSupport
import Testing

/// Cases 7, 8, 16 and 17: layouts of sequences, collections that were empty, odd indentation, values on the next line.
@Suite struct LayoutCases {
  @Test(arguments: [0, 2, 4]) func `case 7: items follow their siblings`(_ offset: Int) throws {
    let pad = String(repeating: " ", count: offset)
    let text = "a:\n\(pad)- x\n\(pad)- y\nb: 1\n"
    #expect(
      try edited(text) { try $0.insert("z", into: $0["/a"]) } == "a:\n\(pad)- x\n\(pad)- y\n\(pad)- z\nb: 1\n")
    #expect(
      try edited(text) { try $0.insert("z", into: $0["/a"], at: .first) }
        == "a:\n\(pad)- z\n\(pad)- x\n\(pad)- y\nb: 1\n")
    #expect(try edited(text) { try $0.remove($0["/a/0"]) } == "a:\n\(pad)- y\nb: 1\n")
    #expect(
      try edited(text) { try $0.move($0["/a/1"], into: $0["/a"], at: .first) } == "a:\n\(pad)- y\n\(pad)- x\nb: 1\n")
    // A new list looks like the others of the file.
    #expect(
      try edited(text) { try $0.insert(["p"], forKey: "c", into: $0[""]) } == text + "c:\n\(pad)- p\n")
    // A list that moves keeps its inner layout.
    #expect(
      try edited("m: {}\n" + text) { document in
        try document.move(document["/a"], toKey: "a", in: document["/m"])
      } == "m:\n  a:\n  \(pad)- x\n  \(pad)- y\nb: 1\n".replacing("m:\n  a", with: "m:\n" + "  a"))
  }

  @Test func `case 8: insertion into nothing`() throws {
    #expect(try edited("a:\nb: 1\n") { try $0.set($0["/a"], to: ["x": 1]) } == "a:\n  x: 1\nb: 1\n")
    #expect(try edited("a: {}\n") { try $0.insert(1, forKey: "x", into: $0["/a"]) } == "a:\n  x: 1\n")
    #expect(
      try edited("p:\n    q: 1\na: []\n") { try $0.insert(["x": [1]], into: $0["/a"]) }
        == "p:\n    q: 1\na:\n    - x:\n          - 1\n")
    #expect(try edited("m: {a: {}}\n") { try $0.insert(1, forKey: "x", into: $0["/m/a"]) } == "m: {a: {x: 1}}\n")
    #expect(try edited("- []\n") { try $0.insert("x", into: $0["/0"]) } == "- - x\n")
    #expect(
      try edited("- {} # c\n") { document in
        try document.insert(1, forKey: "x", into: document["/0"])
        try document.insert(2, forKey: "k", into: document["/0"])
      } == "- x: 1 # c\n  k: 2\n")
    #expect(try edited("{}\n") { try $0.insert(1, forKey: "x", into: $0[""]) } == "x: 1\n")
    #expect(try edited("--- {}\n") { try $0.insert(1, forKey: "x", into: $0[""]) } == "---\nx: 1\n")
    #expect(try edited("a: !t {}\n") { try $0.insert(1, forKey: "x", into: $0["/a"]) } == "a: !t\n  x: 1\n")
  }

  @Test func `case 16: an indented root, blanks and tabs`() throws {
    #expect(
      try edited("  a: 1\n  b: 2\n") { try $0.insert(3, forKey: "c", into: $0[""]) } == "  a: 1\n  b: 2\n  c: 3\n")
    #expect(try edited("  a: 1\n") { try $0.set($0[""], to: ["x": 1]) } == "x: 1\n")
    #expect(try edited("a:\t1 \t\nb: 2  \n") { try $0.set($0["/a"], to: 3) } == "a:\t3 \t\nb: 2  \n")
    #expect(try edited("a :  1\n") { try $0.set($0["/a"], to: 2) } == "a :  2\n")
    #expect(
      try edited("\"k\": v\n'l': v\n") { document in
        try document.rename(document["/k"], to: "new")
        try document.rename(document["/l"], to: "n:")
      } == "\"new\": v\n'n:': v\n")
    #expect(try edited("a: !Ref x # c\n") { try $0.rename($0["/a"], to: "b") } == "b: !Ref x # c\n")
    #expect(try edited("a: !Ref x # c\n") { try $0.set($0["/a"], to: "z") } == "a: z # c\n")
  }

  @Test func `case 17: a value on the next line stays there`() throws {
    #expect(try edited("a:\n  x\nb: 1\n") { try $0.set($0["/a"], to: "z") } == "a:\n  z\nb: 1\n")
    #expect(try edited("a: # c\n  x\nb: 1\n") { try $0.set($0["/a"], to: ["k": 1]) } == "a: # c\n  k: 1\nb: 1\n")
    #expect(try edited("a:\n  # c\n  x\nb: 1\n") { try $0.set($0["/a"], to: "z") } == "a:\n  # c\n  z\nb: 1\n")
    #expect(
      try edited("- # c\n  x\nb:\n".replacing("b:\n", with: "")) { try $0.set($0["/0"], to: "z") } == "- # c\n  z\n")
    #expect(
      try edited("m:\n  k: # c\n    v\nl: [] # d\n") { try $0.move($0["/m/k"], into: $0["/l"]) }
        == "m: {}\nl: # d\n  # c\n  - v\n")
  }
}
