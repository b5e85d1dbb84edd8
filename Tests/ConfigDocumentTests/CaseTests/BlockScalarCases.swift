import ConfigDocument
import TestSupport
import Testing

/// Cases 3 to 6: block scalars, and scalars of several lines.
@Suite struct BlockScalarCases {
  @Test func `case 3: a comment behind a block scalar never becomes its text`() throws {
    #expect(
      try edited("a: x\n      # deeper\nb: 1\n") { try $0.set($0["/a"], to: "one\ntwo\n") }
        == "a: \"one\\ntwo\\n\"\n      # deeper\nb: 1\n")
    #expect(
      try edited("a: x\n# foot\n\nb: 1\n") { try $0.set($0["/a"], to: "one\ntwo\n") }
        == "a: |\n  one\n  two\n# foot\n\nb: 1\n")
    #expect(
      try edited("p:\n  a: 1\n    # foot of a\nq:\n  t: |\n    text\n") {
        try $0.move($0["/p/a"], toKey: "a", in: $0["/q"])
      } == "p: {}\nq:\n  t: |\n    text\n  a: 1\n    # foot of a\n")
    #expect(
      try edited("a: |\n  text\nb: 1\n") {
        try $0.insert(2, forKey: "c", into: $0[""], at: .after($0["/a"]), comment: "C")
      }
        == "a: |\n  text\n# C\nc: 2\nb: 1\n")
    #expect(
      try edited("- |\n  text\n  # text too\n- b\n") { try $0.remove($0["/1"]) } == "- |\n  text\n  # text too\n")
  }

  @Test func `case 4: blank lines are content for keep only`() throws {
    #expect(
      try edited("a: |+\n  x\n\nb: 1\n") { try $0.insert(2, forKey: "c", into: $0[""], at: .after($0["/a"])) }
        == "a: |+\n  x\n\nc: 2\nb: 1\n")
    #expect(try edited("a: |+\n  x\nb: 1\n\nc: 2\n") { try $0.remove($0["/b"]) } == "a: |+\n  x\nc: 2\n")
    #expect(try edited("a: |\n  x\nb: 1\n\nc: 2\n") { try $0.remove($0["/b"]) } == "a: |\n  x\n\nc: 2\n")
    #expect(try edited("a: |\n  x\n\nb: 1\n") { try $0.remove($0["/a"]) } == "\nb: 1\n")
    #expect(try edited("a: |+\n  x\n\nb: 1\n") { try $0.remove($0["/a"]) } == "b: 1\n")
    #expect(try edited("a: >-\n  x\n\n\nb: 1\n") { try $0.set($0["/a"], to: "z") } == "a: >-\n  z\n\n\nb: 1\n")
    #expect(
      try edited("a: x\n\nb: 1\n") { try $0.set($0["/a"], to: "keep\n\n") } == "a: \"keep\\n\\n\"\n\nb: 1\n")
  }

  @Test func `case 4: a block scalar at the end of a file without a line break`() throws {
    #expect(try edited("a: |\n  x") { try $0.rename($0["/a"], to: "b") } == "b: |\n  x")
    #expect(try edited("a: |\n  x") { try $0.insert(1, forKey: "b", into: $0[""]) } == "a: |-\n  x\nb: 1")
    #expect(try edited("b: 1\na: |\n  x") { try $0.remove($0["/a"]) } == "b: 1")
    #expect(try edited("a: |\n  x\nb: 1") { try $0.remove($0["/b"]) } == "a: |\n  x\n")
    #expect(try edited("a: 1") { try $0.set($0["/a"], to: "one\ntwo\n") } == "a: |\n  one\n  two\n")
  }

  @Test func `case 5: a block scalar moves with its text`() throws {
    #expect(
      try edited("p:\n  q: {}\nt: |\n  one\n    two\n") { try $0.move($0["/t"], toKey: "t", in: $0["/p"]) }
        == "p:\n  q: {}\n  t: |\n    one\n      two\n")
    #expect(
      try edited("p:\n  q:\n    t: |2\n        two\nr: 1\n") { try $0.move($0["/p/q/t"], toKey: "t", in: $0[""]) }
        == "p:\n  q: {}\nr: 1\nt: |2\n    two\n")
    #expect(try edited("a: x\n") { try $0.set($0["/a"], to: "  one\ntwo\n") } == "a: |2\n    one\n  two\n")
    #expect(
      try edited("- |\n  one\n- b\n") { document in
        let map = try document.insert(.object(Object()), into: document[""])
        try document.move(document["/0"], toKey: "t", in: map)
      } == "- b\n- t: |\n    one\n")
    #expect(
      try edited("t: | # why\n  one\nm: {}\n") { try $0.copy($0["/t"], toKey: "u", in: $0[""]) }
        == "t: | # why\n  one\nm: {}\nu: |\n  one\n")
  }

  @Test func `case 5: a block scalar moves into brackets as quoted text`() throws {
    #expect(
      try edited("t: |\n  one\nm: {a: 1}\n") { try $0.move($0["/t"], toKey: "t", in: $0["/m"]) }
        == "m: {a: 1, t: \"one\\n\"}\n")
    #expect(throws: Diagnostic.self) {
      try edited("t: | # why\n  one\nm: {a: 1}\n") { try $0.move($0["/t"], toKey: "t", in: $0["/m"]) }
    }
  }

  @Test func `case 6: text over several lines stays deeper than its key`() throws {
    #expect(
      try edited("p:\n  q: 1\nt: one\n  two\n") { try $0.move($0["/t"], toKey: "t", in: $0["/p"]) }
        == "p:\n  q: 1\n  t: one\n    two\n")
    #expect(
      try edited("p:\n    t: \"one\\\n      \\ two\"\nq: 1\n") { try $0.move($0["/p/t"], toKey: "t", in: $0[""]) }
        == "p: {}\nq: 1\nt: \"one\\\n  \\ two\"\n")
    #expect(
      try edited("t: one\n  two # c\nl:\n  - x\n") { try $0.move($0["/t"], into: $0["/l"]) }
        == "l:\n  - x\n  - one\n    two # c\n")
    #expect(try edited("t: one\n  two # c\nb: 1\n") { try $0.set($0["/t"], to: "x") } == "t: x # c\nb: 1\n")
  }
}
