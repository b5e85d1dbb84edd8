import DocumentLaws
import TestSupport
import Testing

@testable import ConfigDocument

/// The text of a scalar is not kept where the source's bytes say it.
@Suite struct ScalarDecodingTests {
  @Test(arguments: [
    "|\n  one\n  two\n", "|-\n  one\n\n  two\n\n\nz: 1\n", "|+\n  one\n\n\nz: 1\n", "|+\n\n\n",
    "|2\n    deeper\n  base\n",
    "|\r\n  one\r\n  two\r\n", ">\n  one\n  two\n\n  three\n    deeper\n\n    more\n  four\n", ">-\n  one\n  two",
    "|\n  open", "|+\n  open\n", "|\n\n  late\n", ">\n\n  late\n  x\n", "|\n  tab\t\n  \tx\n", "|  # comment\n  one\n",
    "plain\n  two\n\n  three", "'it''s'", "'one\n  two\n\n  three'", "\"a\\x41\\u00e9\\U0001F600\\n\\t\\\\\\\"\\/\\ \"",
    "\"one\\\n  \\  two \\\n\n  three\n  four\"", "\"\\N\\_\\L\\P\\e\\0\\a\\b\\v\\f\\r\"", "\" \n a \n \"",
  ]) func `the source says the text`(_ text: String) throws {
    let document = try Document(Array("k: \(text)".utf8), as: .yaml, named: "file")
    #expect(document.decodedText == [])
    #expect(document.nodes.contains { $0.flags.contains(.encoded) })
  }

  @Test(arguments: ["\"\\ud83d\\ude00\\n\\/\"", "\"\\u0041\"", "\"\\\"\\\\\""])
  func `the source says the text of JSON`(_ text: String) throws {
    let document = try Document(Array("{\"k\": \(text)}".utf8), as: .json, named: "file")
    #expect(document.decodedText == [])
    let scalar = try #require(document.nodes.last)
    #expect(scalar.flags.contains(.encoded))
  }

  @Test func `what the source does not say by rules that are known is kept`() throws {
    // Content that is indented by more than its indicator says, all of it.
    let document = try Document(Array("k: |1\n    all\n".utf8), as: .yaml, named: "file")
    #expect(document.text(of: document["/k"]) == "   all\n")
    #expect(document.decodedText == Array("   all\n".utf8))
  }

  @Test func `an import behind a file that ends openly leaves its last text alone`() throws {
    var document = try Document(Array("a: 1\nk: |\n  open".utf8), as: .yaml, named: "file")
    let other = try Document(Array("x: |\n  text\n".utf8), as: .yaml, named: "other")
    #expect(document.text(of: document["/k"]) == "open")
    try document.insert(other["/x"], from: other, forKey: "x", into: document[""])
    #expect(document.text(of: document["/k"]) == "open")
    #expect(document.text(of: document["/x"]) == "text\n")
  }

  @Test func `most texts of generated scalars are not kept`() throws {
    var (encoded, kept) = (0, 0)
    for seed in 0..<3_000 {
      var texts = YAMLTexts(seed: UInt64(seed))
      guard let document = try? Document(texts.text(), as: .yaml, named: "text") else { continue }
      encoded += document.nodes.count { $0.flags.contains(.encoded) }
      kept += document.decoded.count
    }
    print("texts that the source says: \(encoded), kept: \(kept)")
    #expect(encoded > 30 * kept)
  }
}
