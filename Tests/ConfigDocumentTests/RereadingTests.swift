import TestSupport
import Testing

@testable import ConfigDocument

/// What is compared when a rendering is read again. Each difference must be found, whatever else is equal.
@Suite struct RereadingTests {
  static func read(_ text: String, as format: DocumentFormat = .yaml) throws -> Document {
    try Document(Array(text.utf8), as: format, named: "file")
  }

  /// Reads `text` again against a document, from libyaml's events and from a document made of it.
  static func outcomes(of text: String, against document: Document) -> [Diagnostic?] {
    let bytes = Array(text.utf8)
    return document.source.withBuffer { own in
      [true, false].map { streams in
        do throws(Diagnostic) {
          var rereading = Rereading(of: document.roots, in: document, bytes: own)
          if streams {
            try bytes.withThrowingBuffer { bytes throws(Diagnostic) in
              try YAMLEvents.read(bytes, named: "file", into: &rereading)
            }
          } else {
            try rereading.read(try Document(bytes, as: .yaml, named: "file"))
          }
          try rereading.finish()
          return nil
        } catch {
          return error
        }
      }
    }
  }

  static let text = "a: &x [1, 'two', !t {b: \"c\"}]\nd: *x\ne: |\n  text\nf:\n  g: 1.0\n"

  @Test(arguments: [
    "a: &x [1, 'two', !t {b: \"c\"}]\nd: *x\ne: |\n  text\nf:\n  g: 1.0\n",
    // Layout, quotes and the spelling of numbers are not what is meant.
    "# comment\na: &x\n- 1\n- \"two\"\n- !t\n  b: c\nd: *x\ne: \"text\\n\"\nf: {g: 1.00}\n",
  ])
  func `the same data is the same`(text: String) throws {
    let document = try Self.read(Self.text)
    for outcome in Self.outcomes(of: text, against: document) { #expect(outcome == nil) }
  }

  @Test(arguments: [
    ("/a/0", "a: &x [2, 'two', !t {b: \"c\"}]\nd: *x\ne: |\n  text\nf:\n  g: 1.0\n"),
    ("/a/0", "a: &x ['1', 'two', !t {b: \"c\"}]\nd: *x\ne: |\n  text\nf:\n  g: 1.0\n"),
    ("/a", "a: &x [1, 'two']\nd: *x\ne: |\n  text\nf:\n  g: 1.0\n"),
    ("/a", "a: &x [1, 'two', !t {b: \"c\"}, 4]\nd: *x\ne: |\n  text\nf:\n  g: 1.0\n"),
    ("/a/2", "a: &x [1, 'two', !u {b: \"c\"}]\nd: *x\ne: |\n  text\nf:\n  g: 1.0\n"),
    ("/a/2", "a: &x [1, 'two', {b: \"c\"}]\nd: *x\ne: |\n  text\nf:\n  g: 1.0\n"),
    ("/a", "a: &y [1, 'two', !t {b: \"c\"}]\nd: *y\ne: |\n  text\nf:\n  g: 1.0\n"),
    ("/a/1", "a: &x [1, &x 'two', !t {b: \"c\"}]\nd: *x\ne: |\n  text\nf:\n  g: 1.0\n"),
    ("/d", "a: &x [1, 'two', !t {b: \"c\"}]\nd: [1, 'two', {b: \"c\"}]\ne: |\n  text\nf:\n  g: 1.0\n"),
    ("/e", "a: &x [1, 'two', !t {b: \"c\"}]\nd: *x\ne: |-\n  text\nf:\n  g: 1.0\n"),
    ("/f", "a: &x [1, 'two', !t {b: \"c\"}]\nd: *x\nF: 1\ne: |\n  text\n"),
    ("/f", "a: &x [1, 'two', !t {b: \"c\"}]\nd: *x\ne: |\n  text\nf: [g, 1.0]\n"),
    ("", "a: &x [1, 'two', !t {b: \"c\"}]\nd: *x\ne: |\n  text\n"),
    ("", "a: &x [1, 'two', !t {b: \"c\"}]\nd: *x\ne: |\n  text\nf:\n  g: 1.0\n---\nmore\n"),
  ])
  func `a difference is found`(pointer: String, text: String) throws {
    let document = try Self.read(Self.text)
    for outcome in Self.outcomes(of: text, against: document) {
      #expect(outcome?.code == .internalMismatch)
      if !pointer.isEmpty, !text.contains("F: 1") {
        #expect(outcome?.message.contains("(at `\(pointer)`") == true, "\(outcome?.message ?? "none")")
      }
    }
  }

  @Test func `a document that is missing is found`() throws {
    let document = try Self.read("a: 1\n---\nb: 2\n")
    for outcome in Self.outcomes(of: "a: 1\n", against: document) { #expect(outcome?.code == .internalMismatch) }
  }

  @Test func `keys that an edit made equal are found`() throws {
    var document = try Self.read("a: 1\nb: 2\n")
    let key = try #require(document.key(of: document["/b"]))
    // No edit does this.
    document.edits.written[key.raw] = WrittenScalar(value: .string("a"), style: nil)
    document.nodes[key.index].flags.insert(.rewritten)
    document.markEdited(key.raw)
    let error = #expect(throws: Diagnostic.self) { try document.render() }
    #expect(error?.code == .internalMismatch)
    #expect(error?.message.contains("a key stands there twice") == true)
  }

  @Test func `JSON is read again too`() throws {
    var document = try Self.read("{\"a\": [1, \"x\\n\", {}], \"b\": null}", as: .json)
    try document.set(document["/a/0"], to: 2)
    #expect(String(decoding: try document.render().bytes, as: UTF8.self) == "{\"a\": [2, \"x\\n\", {}], \"b\": null}")
    // No edit leaves a value behind that the renderer does not know of.
    document.edits.written[document["/b"].raw] = WrittenScalar(value: 4, style: nil)
    document.nodes[document["/b"].index].flags.insert(.rewritten)
    let error = #expect(throws: Diagnostic.self) { try document.render() }
    #expect(error?.code == .internalMismatch)
  }
}
