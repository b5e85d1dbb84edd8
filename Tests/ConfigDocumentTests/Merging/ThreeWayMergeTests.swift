import ConfigDocument
import Testing

@Suite struct ThreeWayMergeTests {
  private func merge(
    _ base: String, _ ours: String, _ theirs: String, preferring side: MergeSide = .theirs,
    as format: DocumentFormat = .yaml
  ) throws -> ThreeWayMerge {
    let parse = { (text: String) in try Document(Array(text.utf8), as: format, named: "a") }
    return try ThreeWayMerge(base: parse(base), ours: parse(ours), theirs: parse(theirs), preferring: side)
  }

  private func text(_ merge: ThreeWayMerge) -> String { String(decoding: merge.bytes, as: UTF8.self) }

  @Test func editsOfBothSidesMeet() throws {
    let merge = try merge(
      "a: 1\nb: 2\nc: 3\n", "a: 1 # mine\nb: 2\nc: 3\n", "a: 1\nb: 2\nc: 4\nd: 5\n")
    #expect(text(merge) == "a: 1 # mine\nb: 2\nc: 4\nd: 5\n")
    #expect(merge.conflicts.isEmpty && merge.droppedComments.isEmpty)
  }

  @Test func aSideThatDidNothingHasNoSay() throws {
    #expect(try text(merge("a: 1\n", "a: 1\n", "a:   2\n")) == "a:   2\n")
    #expect(try text(merge("a: 1\n", "a:   2\n", "a: 1\n")) == "a:   2\n")
  }

  @Test func anEditFollowsItsEntryToAnotherPlace() throws {
    let merge = try merge("b: 2\na: 1\n", "b: 2\na: 7\n", "a: 1\nb: 2\n")
    #expect(text(merge) == "a: 7\nb: 2\n")
    #expect(merge.conflicts.isEmpty)
  }

  @Test func aConflictHasAllThreeValues() throws {
    let merge = try merge("p: {a: 1}\n", "p: {a: 2}\n", "p: {a: 3}\n")
    #expect(merge.conflicts == [MergeConflict(pointer: Pointer(["p", "a"]), base: 1, ours: 2, theirs: 3)])
    #expect(text(merge) == "p: {a: 3}\n")
    #expect(try text(self.merge("p: {a: 1}\n", "p: {a: 2}\n", "p: {a: 3}\n", preferring: .ours)) == "p: {a: 2}\n")
  }

  @Test func anEditTakesTheTypeThatItsValueHasOnTheOtherSide() throws {
    let merge = try merge("port: \"80\"\n", "port: \"90\"\n", "port: 80\n")
    #expect(text(merge) == "port: 90\n")
    #expect(merge.conflicts.isEmpty)
    #expect(try self.merge("port: \"80\"\n", "port: \"x\"\n", "port: 80\n").conflicts.count == 1)
  }

  @Test func removalAgainstChangeIsAConflict() throws {
    let merge = try merge("a: 1\nb: 2\n", "b: 2\n", "a: 5\nb: 2\n")
    #expect(merge.conflicts == [MergeConflict(pointer: Pointer(["a"]), base: 1, ours: nil, theirs: 5)])
    #expect(text(merge) == "a: 5\nb: 2\n")
  }

  @Test func aCommentFollowsItsEntryToAnotherPlace() throws {
    let merge = try merge("b: 2\na: 1\n", "b: 2\na: 1 # mine\n", "a: 1\nb: 2\n")
    #expect(text(merge) == "a: 1 # mine\nb: 2\n")
    #expect(merge.droppedComments.isEmpty)
  }

  @Test func aCommentOnALineThatBothSidesChangedIsCarried() throws {
    let merge = try merge(
      "m: {a: 1, b: 2}\nz: 1\n", "# why\nm: {a: 5, b: 2}  # mine\nz: 1\n", "z: 1\nm:\n  a: 1\n  b: 3\n")
    #expect(text(merge) == "z: 1\n# why\nm: # mine\n  a: 5\n  b: 3\n")
    #expect(merge.droppedComments.isEmpty && merge.conflicts.isEmpty)
  }

  @Test func aCommentThatFindsNoPlaceIsNamed() throws {
    let merge = try merge("a: 1\nb: 2\n", "a: 1 # mine\nb: 2\n", "b: 2\n")
    #expect(text(merge) == "b: 2\n")
    #expect(merge.droppedComments == ["mine"])
  }

  @Test func aCommentIsNotDoubledWhereLinesMoved() throws {
    let merge = try merge(
      "s: 1\n# floats\n\nm: 2 # seen\n", "s: 1\n# floats\n\nm: 3 # seen\n", "m: 2 # seen\ns: 1\n# floats\n\n")
    #expect(text(merge) == "m: 3 # seen\ns: 1\n# floats\n\n")
  }

  @Test func listsMeetItemByItem() throws {
    #expect(try text(merge("l: [1, 2, 3]\n", "l: [1, 2, 9]\n", "l: [7, 2, 3]\n")) == "l: [7, 2, 9]\n")
    #expect(
      try text(merge("l:\n- a\n- b\n- c\n", "l:\n- a\n- b\n- c\n- d\n", "l:\n- b\n- c\n")) == "l:\n- b\n- c\n- d\n")
    #expect(try merge("l: [1]\n", "l: [1, 2]\n", "l: [1, 3]\n").conflicts.map(\.pointer) == [Pointer(["l"])])
  }

  @Test func linesThatMergeIntoAnotherMeaningAreNotTaken() throws {
    // Line by line both insertions fit, and the key would be there twice.
    let merge = try merge("a: 1\nm: 0\nz: 1\n", "a: 1\nk: 5\nm: 0\nz: 1\n", "a: 1\nm: 0\nk: 5\nz: 1\n")
    #expect(text(merge) == "a: 1\nm: 0\nk: 5\nz: 1\n")
    #expect(merge.conflicts.isEmpty)
  }

  @Test func jsonMergesToo() throws {
    let merge = try merge(
      "{\n  \"a\": 1,\n  \"b\": 2\n}\n", "{\n  \"a\": 1,\n  \"b\": 3\n}\n", "{\n  \"b\": 2\n}\n", as: .json)
    #expect(text(merge) == "{\n  \"b\": 3\n}\n")
  }

  @Test func anotherNumberOfDocumentsIsOneConflict() throws {
    let merge = try merge("a: 1\n", "a: 1\n---\nb: 1\n", "a: 2\n")
    #expect(merge.conflicts.count == 1)
    #expect(text(merge) == "a: 2\n")
  }
}
