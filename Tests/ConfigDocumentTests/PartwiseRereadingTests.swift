import TestSupport
import Testing

@_spi(Fuzzing) @testable import ConfigDocument

/// Reading again what changed and nothing else: which parts that are, and what is found in them.
///
/// That it never takes what the reading of all refuses is a law (`PartwiseLaw`), held to generated texts, edits and faults.
@Suite struct PartwiseRereadingTests {
  static let text = """
    # The platform.
    name: one   # unique

    database:
      host: db
      pool:
        size: 4
        # Seconds.
        wait: 30
      names: [a, b]
    services:
    - image: x
      ports:
      - 80
    note: |
      Some text.
      # of it

    last: yes

    """

  static func read(_ text: String = Self.text) throws -> Document {
    try Document(Array(text.utf8), as: .yaml, named: "file")
  }

  /// The text of each part, in the source.
  static func parts(of document: Document) -> [String]? {
    document.source.withBuffer { source in
      ChangedPartFinder.parts(of: document, in: source)?.map { String(decoding: source[$0.source], as: UTF8.self) }
    }
  }

  @Test func `an entry that changed is read with what belongs to it`() throws {
    var document = try Self.read()
    try document.set(document["/database/pool/size"], to: 8)
    #expect(Self.parts(of: document) == ["    size: 4\n    # Seconds.\n"])
    try document.rename(document["/name"], to: "title")
    #expect(Self.parts(of: document) == ["name: one   # unique\n\n", "    size: 4\n    # Seconds.\n"])
  }

  @Test func `what comes and goes is read with the entry before it`() throws {
    var document = try Self.read()
    try document.remove(document["/database/names"])
    #expect(
      Self.parts(of: document) == [
        "  pool:\n    size: 4\n    # Seconds.\n    wait: 30\n  names: [a, b]\n"
      ])
    document = try Self.read()
    try document.insert(1, forKey: "more", into: document["/database/pool"])
    #expect(Self.parts(of: document) == ["    wait: 30\n"])
    document = try Self.read()
    try document.insert(1, forKey: "more", into: document[""], at: .last)
    #expect(Self.parts(of: document) == ["last: yes\n"])
  }

  @Test func `what has no entry before it is read with what it is in`() throws {
    var document = try Self.read()
    try document.remove(document["/database/host"])
    #expect(Self.parts(of: document)?.map { $0.prefix(9) } == ["database:"])
    document = try Self.read()
    try document.set(document["/services/0/ports/0"], to: 81)
    #expect(Self.parts(of: document) == ["services:\n- image: x\n  ports:\n  - 80\n"])
    document = try Self.read()
    try document.remove(document["/name"])
    #expect(Self.parts(of: document) == nil, "nothing is before it in the file")
  }

  @Test func `a comment is read with the entry before it`() throws {
    var document = try Self.read()
    try document.setComment("why", of: document["/last"], at: .head)
    #expect(Self.parts(of: document) == ["note: |\n  Some text.\n  # of it\n\nlast: yes\n"])
  }

  @Test(arguments: [
    "a: &x 1\nb: 2\n", "a: !t 1\nb: 2\n", "a: 1\nb: 2\n---\nc: 3\n", "- a: 1\n  b: 2\n", "{a: 1, b: 2}\n",
    "\u{FEFF}b: 2\n",
    "? b\n: 2\n",
  ])
  func `texts in which places depend on each other have no parts`(text: String) throws {
    var document = try Self.read(text)
    let node = try #require(document.node(at: Pointer(["b"])) ?? document.node(at: Pointer(["0", "b"])))
    try document.set(node, to: 3)
    #expect(Self.parts(of: document) == nil)
  }

  @Test func `what is below a question mark begins no part`() throws {
    var document = try Self.read("a: 1\n?\n b\n: 2\nc: 3\n")
    try document.set(document["/b"], to: 3)
    #expect(Self.parts(of: document) == ["a: 1\n?\n b\n: 2\n"])
    document = try Self.read("a: 1\n?\n b\n")
    try document.set(document["/a"], to: 2)
    #expect(Self.parts(of: document) == ["a: 1\n?\n b\n"])
  }

  @Test func `an edit that left no mark on what it is in has no parts`() throws {
    var document = try Self.read()
    try document.set(document["/last"], to: "no")
    #expect(Self.parts(of: document) != nil)
    // No edit does this.
    document.nodes[document["/database/host"].index].flags.insert(.rewritten)
    #expect(Self.parts(of: document) == nil)
  }

  /// Each is what an editor might write in the place of `size: 4`, given that 8 was meant.
  @Test(arguments: [
    ("size: 8", true), ("size: 8 # new", true), ("\"size\": 8.0", true), ("size: 8\n    # more", true),
    ("size: 9", false), ("size: '8'", false), ("sice: 8", false), ("size: 8\n    more: 1", false),
    ("size: 8\n    wait: 1", false),
    ("size:\n      8", true), ("size: 8\n   x: 1", false), ("size: 8\n...", false), ("size: 8\n---", false),
    ("size: 8\n  x: 1", false),
    ("size: {8: ", false), ("size: &a 8", false), ("? size\n    : 8", true), (" size: 8", false), ("# size: 8", false),
    ("size: 8\n     x", false), ("size: |\n      8", false), ("\u{FEFF}size: 8", false),
    ("size: 8\n    size: 8", false),
  ])
  func `parts say what all says`(written: String, isMeant: Bool) throws {
    var document = try Self.read()
    try document.set(document["/database/pool/size"], to: 8)
    var rendering = try document.render(verifying: false)
    let (source, text) = (Array("size: 4".utf8), Array(written.utf8))
    let start = try #require(document.source.indices.first { document.source[$0...].starts(with: source) })
    rendering.bytes = document.source
    rendering.bytes.replaceSubrange(start..<start + source.count, with: text)
    rendering.changes = [
      .init(
        source: start..<start + source.count, replacement: start..<start + text.count, author: EditAuthor(rawValue: 0))
    ]
    #expect(document.readsBack(rendering, byParts: false) == isMeant)
    #expect(document.readsBack(rendering, byParts: true) == isMeant)
  }

  @Test func `bytes that differ elsewhere are no part of a change`() throws {
    var document = try Self.read()
    try document.set(document["/database/pool/size"], to: 8)
    var rendering = try document.render(verifying: false)
    #expect(document.readsBack(rendering, byParts: true) == true)
    let x = try #require(rendering.bytes.firstIndex(of: UInt8(ascii: "x")))
    rendering.bytes[x] = UInt8(ascii: "z")
    #expect(document.readsBack(rendering, byParts: true) == nil)
    #expect(throws: Never.self) { try document.render() }
  }

  @Test func `a key that an edit made equal to one in a gap is found`() throws {
    var document = try Self.read()
    let key = try #require(document.key(of: document["/database/pool/size"]))
    // No edit does this.
    document.edits.written[key.raw] = WrittenScalar(value: .string("wait"), style: nil)
    document.nodes[key.index].flags.insert(.rewritten)
    document.markEdited(key.raw)
    let rendering = try document.render(verifying: false)
    #expect(document.readsBack(rendering, byParts: true) == false)
    #expect(throws: Diagnostic.self) { try document.render() }
  }
}
