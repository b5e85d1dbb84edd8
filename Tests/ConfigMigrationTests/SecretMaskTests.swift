import ConfigDocument
import ConfigMigration
import Testing

/// Texts in which tags stand for secrets, line for line.
@Suite struct SecretMaskTests {
  static let productText = """
    product: small
    versions: {at: main.yaml#/version}
    files: [{path: main.yaml, layer: base}, {path: main.json, layer: base}]
    secrets: [/s, /list/*/token, "/deep/**/pw"]
    """

  /// The text as it is shown, with the tag `‹value›`.
  static func shown(_ text: String, _ path: String = "main.yaml") throws -> String {
    let small = try SmallSet([:], product: productText)
    let set = try ConfigurationSet(product: small.product, files: [(path, Array(text.utf8))])
    let spans = try WorkingSet(set).secrets(by: [])
    let mask = SecretMask(spans.flatMap { $0 }) { value in
      "‹\(value.string?.prefix { $0 != "\n" }.prefix(3) ?? "")\(value.int ?? 0)›"
    }
    return String(decoding: mask.masked(Array(text.utf8), at: spans[0]), as: UTF8.self)
  }

  @Test(arguments: [
    ("s: hunter # c", "s: ‹hun0› # c"),
    ("s: 'a b'", "s: ‹a b0›"),
    ("s: &x !!str 17\nt: *x", "s: &x !!str ‹170›\nt: *x"),
    ("s: |  # c\n  one\n\n    two\nt: 1", "s: |  # c\n  ‹one0›\n\n    ‹one0›\nt: 1"),
    ("s: \"one\n  two\"\nt: 1", "s: ‹one0›\n  ‹one0›\nt: 1"),
    ("s: {a: 1, b: [x, ~]}", "s: {a: ‹1›, b: [‹x0›, ~]}"),
    ("s:", "s:"), ("s: ''", "s: ‹0›"), ("t: 1", "t: 1"),
    ("a: &a sesame\ns: *a", "a: &a ‹ses0›\ns: *a"),
    ("base: &b {pw: x}\ndeep: {q: {<<: *b}}", "base: &b {pw: ‹x0›}\ndeep: {q: {<<: *b}}"),
    ("list:\n- token: q\n- {token: r, x: q}", "list:\n- token: ‹q0›\n- {token: ‹r0›, x: q}"),
    ("deep: {a: {pw: x}, pw: {z: y}}", "deep: {a: {pw: ‹x0›}, pw: {z: ‹y0›}}"),
    // Elsewhere only what is long enough to be no common word.
    ("s: open sesame\nt: [open, \"to open sesame!\"] # open sesame", "s: ‹ope0›\nt: [open, \"to ‹ope0›!\"] # ‹ope0›"),
    ("s: it's long\nt: 'it''s long'", "s: ‹it'0›\nt: '‹it'0›'"),
    ("s: one\r\nt: 1\r\n", "s: ‹one0›\r\nt: 1\r\n"),
  ])
  func `a tag stands for each secret`(_ text: String, _ expected: String) throws {
    #expect(try Self.shown(text) == expected)
  }

  @Test func `JSON too`() throws {
    #expect(
      try Self.shown(#"{"s": "say \"please\"", "t": "say \"please\""}"#, "main.json")
        == #"{"s": ‹say0›, "t": "‹say0›"}"#)
  }

  @Test func `every line stays a line`() throws {
    for text in ["s: |+\n  a\n\n\nt: 1\n", "s: >-\n\n  a\n  b\n", "s: \"a\\\n  b\"\n", "s:\n  - |\n   x\n  - y\n"] {
      #expect(try Self.shown(text).count { $0 == "\n" } == text.count { $0 == "\n" })
      #expect(try !Self.shown(text).contains("a\n"))
    }
  }
}
