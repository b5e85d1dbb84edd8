import TestSupport
import Testing

@testable import ConfigDocument

/// What no file may be, each told with its place. Benchmarks/RESULTS.md has what the guards cost as files grow.
@Suite struct GuardTests {
  // MARK: Nesting

  private static func nested(_ depth: Int) -> [UInt8] {
    Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
  }

  private static func indented(_ depth: Int) -> [UInt8] {
    Array((0..<depth).map { String(repeating: " ", count: $0) + "a:\n" }.joined().utf8)
  }

  @Test(arguments: [DocumentFormat.yaml, .json, .jsonc])
  func `collections are nested 512 levels deep and no deeper`(_ format: DocumentFormat) throws {
    #expect(objection(to: Self.nested(512), as: format) == nil)
    // The price of one that is far deeper is that of 512 levels: nothing behind is looked at.
    for depth in [513, 1_000_000] {
      #expect(
        objection(to: Self.nested(depth), as: format)
          == "file:1:513: error: collections are nested deeper than 512 levels [too-deep]")
    }
  }

  @Test func `collections in block style are nested 512 levels deep and no deeper`() throws {
    #expect(objection(to: Self.indented(512)) == nil)
    #expect(
      objection(to: Self.indented(513))
        == "file:513:513: error: collections are nested deeper than 512 levels [too-deep]")
  }

  @Test func `no edit nests deeper`() throws {
    var document = try Document(Self.nested(511) + Array("\n".utf8), as: .yaml, named: "file")
    var node = document[""]
    while let item = document.items(of: node).first { node = item }
    let root = document[""]
    let tooDeep =
      "file:1:511: error: the result would be nested deeper than 512 levels, which no file may be [edit-refused]"
    #expect(error { try document.insert([[1]], into: node) } == tooDeep)
    try document.insert([1], into: node)
    #expect(document.hasEdits)
    let atRoot = tooDeep.replacing(":511:", with: ":1:")
    #expect(error { try document.wrap(root) } == atRoot)
    #expect(error { try document.reconcile(root, with: ["x": document.value(of: root)]) } == atRoot)
    try document.remove(document.items(of: node)[0])
    try document.wrap(root)
  }

  // MARK: Aliases

  /// A list of ten, then lists of ten aliases of the one before: ten times as many values with each level.
  private static func multiplied(_ levels: Int) -> String {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<levels {
      text += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n"
    }
    return text
  }

  @Test func `aliases that multiply are read, and told when they are expanded`() throws {
    let document = try Document(Array(Self.multiplied(9).utf8), as: .yaml, named: "file")
    #expect(document.aliases(of: document["/a7"]).count == 10)
    #expect(
      error { _ = try ValueTree(document) }
        == "file:6:45: error: aliases multiply the text, by more than 1000000 values or 64 MiB [alias-expansion]")
    #expect(document.value(of: document["/a0"]) == .array(Array(repeating: "x", count: 10)))
  }

  @Test func `aliases that multiply a long text are told`() throws {
    let long = String(repeating: "x", count: 1 << 16)
    let aliases = Array(repeating: "*a", count: 2_000).joined(separator: ", ")
    let document = try Document(Array("a: &a \(long)\nb: [\(aliases)]\n".utf8), as: .yaml, named: "file")
    #expect(error { _ = try ValueTree(document) }?.hasSuffix("values or 64 MiB [alias-expansion]") == true)
    // Asked for by itself, what is beyond the budget is null.
    #expect(document.value(of: document["/b"]).array?.last == .null)
  }

  @Test func `an alias within what it stands for is told at its place`() throws {
    let document = try Document(Array("a: 1\nb: &b\n  c: [1, *b]\n".utf8), as: .yaml, named: "file")
    #expect(
      error { _ = try ValueTree(document) }
        == "file:3:10: error: the alias stands for a collection that contains it [alias-expansion]")
    #expect(document.value(of: document[""]) == ["a": 1, "b": ["c": [1, nil]]])
  }

  @Test func `what a key with aliases of its own mapping costs does not multiply`() throws {
    // A minute of work once, found by the fuzzer: each level of the value showed both keys anew.
    let text = "&x {*x : 1, ? [*x] : 2, k: *x}\n"
    let document = try Document(Array(text.utf8), as: .yaml, named: "file")
    #expect(document.value(of: document[""]).object?.members.map(\.value) == [1, 2, nil])
  }

  @Test func `a key that an alias within it names as a key is shown once`() throws {
    // The stack's end once, found by the laws: the keys of a mapping that merges were shown within the key that they are in.
    let text = "? &k {a: {<<: {z: 1}, *k : 1}}\n: v\n"
    let document = try Document(Array(text.utf8), as: .yaml, named: "file")
    #expect(document.value(of: document[""]).object?.members.map(\.value) == ["v"])
    let key = try #require(document.entries(of: document[""]).first).key
    #expect(document.keyText(of: key) == #"{"a": {"{…}": 1, "z": 1}}"#)
  }

  @Test func `the budget is for what aliases add, and not for the document's own`() throws {
    let document = try Document(Array("[1, 2, 3]".utf8), as: .json, named: "file")
    var expansion = AliasExpansion(of: document)
    var taken = 0
    while expansion.take(document.nodes[2]) { taken += 1 }
    #expect(taken + 1 == AliasExpansion.nodeBudget + document.nodes.count)
  }

  // MARK: Duplicate keys

  @Test(arguments: [
    ("a: 1\nb:\n  c: 2\n  'c': 3\n", DocumentFormat.yaml, "4:3", "'c'", "3:3"),
    ("? |-\n  a\n: 1\na: 2\n", .yaml, "4:1", "a", "1:3"),
    ("{\"a\\x62\": 1,\n ab: 2}\n", .yaml, "2:2", "ab", "1:2"),
    ("1: x\n\"1\": y\n", .yaml, "2:1", "\"1\"", "1:1"),
    ("{\"a\": 1,\n \"\\u0061\": 2}", .json, "2:2", "\"\\u0061\"", "1:2"),
    ("{\"a\": 1, // one\n \"a\": 2, }", .jsonc, "2:2", "\"a\"", "1:2"),
  ]) func `a key that stands twice is told with both places`(
    _ text: String, _ format: DocumentFormat, _ place: String, _ key: String, _ first: String
  ) throws {
    do throws(Diagnostic) {
      _ = try Document(Array(text.utf8), as: format, named: "file")
      Issue.record("read: \(text)")
    } catch {
      #expect(
        "\(error)"
          == "file:\(place): error: the key `\(key)` stands twice in one mapping, and readers disagree on which one counts [duplicate-key]"
      )
      #expect(error.related.map { "\($0.place.line):\($0.place.column)" } == [first])
    }
  }

  // MARK: Commas

  @Test(arguments: ["[,]", "{,}", "[ /* none */ , ]", "[1,,]", "{\"a\": [\n  ,\n]}", "{\"a\": ,}", "[[], ,]"])
  func `a comma of JSONC that no value stands before is no trailing one`(_ text: String) {
    #expect(objection(to: Array(text.utf8), as: .jsonc) != nil)
  }

  @Test(arguments: ["[1,]", "[\"a\" , ]", "[[],]", "{\"a\": {}, // last\n}", "[1 /* one */ , /* end */ ]"])
  func `a comma of JSONC behind the last value is one`(_ text: String) {
    #expect(objection(to: Array(text.utf8), as: .jsonc) == nil)
  }

  // MARK: Characters

  @Test func `text that is not UTF-8 is told at its first bad byte`() throws {
    let invalid = "the file is not UTF-8"
    #expect(
      objection(to: Array("a: 1\nb: ".utf8) + [0xC3, 0x28, 0x0A])
        == "file:2:5: error: \(invalid): invalid trailing UTF-8 octet [not-utf8]")
    #expect(
      objection(to: Array("a: ".utf8) + [0xED, 0xA0, 0x80, 0x0A])
        == "file:1:4: error: \(invalid): invalid Unicode character [not-utf8]")
    #expect(
      objection(to: Array("a: ".utf8) + [0xC0, 0xAF, 0x0A])
        == "file:1:4: error: \(invalid): invalid length of a UTF-8 sequence [not-utf8]")
    #expect(
      objection(to: Array("{\"a\": \"".utf8) + [0xFF] + Array("\"}".utf8), as: .json)
        == "file:1:8: error: \(invalid) [not-utf8]")
    #expect(
      objection(to: Array("{\"a\": 1 // ".utf8) + [0xC3] + Array("\n}".utf8), as: .jsonc)
        == "file:1:12: error: \(invalid) [not-utf8]")
  }

  @Test(arguments: [DocumentFormat.yaml, .json, .jsonc])
  func `UTF-16 is told, with and without its mark`(_ format: DocumentFormat) throws {
    let little = Array("[1]\n".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] })
    let big = Array("[1]\n".utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] })
    for text in [[0xFF, 0xFE] + little, [0xFE, 0xFF] + big, little, big] {
      #expect(
        objection(to: text, as: format)
          == "file:1:1: error: the file is UTF-16, and configuration files are read as UTF-8 [not-utf8]")
    }
  }

  @Test(arguments: [
    ("a: 1\nb: x\u{7}y\n", "2:5"), ("a: 1\nb: x\0y\n", "2:5"), ("a: x\u{7F}y\n", "1:5"), ("a: 1 # \u{1B}[31m\n", "1:8"),
    ("a: \"\u{1}\"\n", "1:5"),
  ]) func `control characters are told at their place`(_ text: String, _ place: String) throws {
    #expect(
      objection(to: Array(text.utf8))
        == "file:\(place): error: YAML does not allow this control character [yaml-syntax]")
  }

  @Test func `control characters in JSON are told at their place`() throws {
    #expect(
      objection(to: Array("{\"a\": \"x\u{1}\"}".utf8), as: .json)
        == "file:1:9: error: a control character stands in a string [json-syntax]")
    #expect(
      objection(to: Array("{\"a\\u0000\": 1}".utf8), as: .json)
        == "file:1:2: error: a key holds the character NUL, which many readers take for its end [json-syntax]")
    #expect(objection(to: Array("{\"a\": \"\\u0000\"}".utf8), as: .json) == nil)
  }

  // MARK: Reading

  /// What reading a text says; nil where it is read.
  private func objection(to bytes: [UInt8], as format: DocumentFormat = .yaml) -> String? {
    error { _ = try Document(bytes, as: format, named: "file") }
  }

  private func error(_ work: () throws -> Void) -> String? {
    do { try work() } catch { return "\(error)" }
    return nil
  }

  @Test(arguments: [
    "a: &x\n <<: *x\nc: [*x, *x]\n", "a: &x {b: &y [*x]}\nc: [*y]\n", "a: &x {b: &y {k: *x, l: *y}}\nc: [*x]\n",
  ])
  func `a copy whose aliases stand for what they are in is refused at once`(text: String) throws {
    let donor = try Document(Array(text.utf8), as: .yaml, named: "donor")
    var document = try Document(Array("k: 1\n".utf8), as: .yaml, named: "file")
    let error = #expect(throws: Diagnostic.self) {
      _ = try document.insert(donor["/c"], from: donor, forKey: "c", into: document[""])
    }
    #expect(error?.code == .aliasExpansion)
    #expect(try document.render().bytes == document.source)
  }

  /// libyaml 0.2.5 passes over the token behind the question mark.
  @Test(arguments: ["[?]]\n", "[ ? # c\n] ]\n", "[? ,: x]\n", "[? ::]\n", "- [a, ? , : b]\n"])
  func `a question mark without a key in a list is told`(text: String) {
    let error = #expect(throws: Diagnostic.self) { try Document(Array(text.utf8), as: .yaml, named: "file") }
    #expect(error?.code == .yamlSyntax && error?.message.contains("`?`") == true, "\(text)")
  }

  /// Each of the two would hold both again, without end and twice as many at every level.
  @Test func `mappings that merge what they stand in have no such entries, and are told as data`() throws {
    let text = "report: &r\n  day:\n    <<: *r\n    at: 1\n  week:\n    <<: *r\n    at: 2\n"
    let document = try Document(Array(text.utf8), as: .yaml, named: "file")
    #expect(document.value(of: document[""]) == ["report": ["day": ["at": 1], "week": ["at": 2]]])
    #expect(document.node(at: Pointer(parsing: "/report/day/week")!) == nil)
    #expect(
      error { _ = try ValueTree(document) }
        == "file:3:5: error: a mapping that contains this one is merged into it [alias-expansion]")
  }
}
