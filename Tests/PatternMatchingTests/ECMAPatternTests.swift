import PatternMatching
import Testing

struct ECMAPatternTests {
  /// Pattern, texts in which it matches, texts in which it does not.
  static let verdicts: [(pattern: String, matches: [String], others: [String])] = [
    ("", ["", "x"], []),
    ("b", ["abc"], ["ac"]),
    ("^abc$", ["abc"], ["abc\n", "xabc"]),
    ("a|^b|c$", ["xa", "bx", "xc"], ["xb", "cx"]),
    (#"^\d+\.\d+$"#, ["1.20"], ["1.x", "١.٢"]),
    (#"^\D$"#, ["x", "١"], ["1"]),
    (#"^\w+$"#, ["aZ_9"], ["é", "a-b"]),
    (#"^\W$"#, ["é", "-"], ["_", "k"]),
    (#"^\s$"#, [" ", "\t", "\u{A0}", "\u{FEFF}", "\u{2029}", "\u{3000}"], ["\u{1}", "\u{200B}", "\u{85}"]),
    (#"^[\S]$"#, ["x", "\u{200B}"], [" ", "\u{2003}"]),
    (#"^[^\s\d]$"#, ["x"], ["1", "\u{2003}"]),
    (#"^\cC\x41\u0042\u{1F432}$"#, ["\u{3}AB🐲"], ["cCAB🐲"]),
    (#"^\ud83d\udc32$"#, ["🐲"], ["x"]),
    ("^🐲*$", ["", "🐲🐲"], ["🐉"]),
    (#"^[\uD800-\uDFFF]$"#, [], ["x", ""]),
    ("^.$", ["x", "🐲", "\u{85}"], ["\n", "\r", "\u{2028}", ""]),
    ("^[^]$", ["\n", "x"], [""]),
    ("[]", [], ["", "x"]),
    (#"^a\/b\-?$"#.replacing(#"\-"#, with: "-"), ["a/b", "a/b-"], ["ab"]),
    (#"^[\-a]$"#, ["-", "a"], ["b"]),
    (#"^[\b]$"#, ["\u{8}"], ["b"]),
    (#"\bcat\b"#, ["a cat"], ["cats"]),
    (#"^\p{Letter}+$"#, ["éß"], ["1"]),
    (#"^\P{L}$"#, ["1"], ["x"]),
    (#"^\p{Script=Greek}$"#, ["α"], ["a"]),
    (#"^\p{gc=Decimal_Number}\p{digit}$"#, ["1٢"], ["1a"]),
    (#"^[\p{Lu}\p{ASCII}]$"#, ["É", "a"], ["é"]),
    (#"^\p{Assigned}$"#, ["a"], ["\u{378}"]),
    (#"^(?<y>\d)-\k<y>$"#, ["1-1"], ["1-2"]),
    (#"^\k<x>(?<x>a)$"#, ["a"], ["aa"]),
    (#"^(a)?\1b$"#, ["aab", "b"], ["ab"]),
    ("^(?!no)x?(?=y)", ["y", "xy"], ["noy", "z"]),
    ("(?<=a)b(?<!c)", ["ab"], ["cb"]),
    ("^a{2}b{1,}c{0,1}?$", ["aab", "aabbc"], ["ab", "aaa"]),
    ("^(?:a|b)+?$", ["abab"], ["abc"]),
    ("^#  x$", ["#  x"], ["#x"]),
    ("^(*)$".replacing("*", with: "~"), ["~"], ["*"]),
  ]

  @Test(arguments: verdicts.indices)
  func `a pattern matches what ECMA-262 says`(_ index: Int) throws {
    let row = Self.verdicts[index]
    let pattern = try Pattern(ecma: row.pattern)
    for text in row.matches { #expect(try pattern.matches(text), "\(row.pattern) in \(text.debugDescription)") }
    for text in row.others { #expect(try !pattern.matches(text), "\(row.pattern) in \(text.debugDescription)") }
  }

  /// Pattern and the offset of its fault.
  static let rejected: [(pattern: String, offset: Int)] = [
    ("^(abc]", 5), ("a)", 1), ("(a", 0), ("*a", 0), ("a**", 2), ("a++", 2), ("a{", 1), ("a{2,1}", 1), ("}", 0),
    ("]", 0), ("[b-a]", 1), (#"[a-\d]"#, 1), ("[a", 0), (#"\a"#, 0), (#"\-"#, 0), (#"\8"#, 0), (#"(a)\2"#, 3),
    (#"\01"#, 0), (#"\c1"#, 0), (#"\x4"#, 0), (#"\u12"#, 0), (#"\u{110000}"#, 0), (#"\p{Letters}"#, 0),
    (#"\p{letter}"#, 0), (#"\pL"#, 0), (#"\k<x>"#, 0), (#"\"#, 0), ("(?i)a", 0), ("(?P<n>a)", 0), ("(?#c)", 0),
    ("(?=a)*", 5), ("^*", 1), ("(?<1>a)", 3), ("(?<>a)", 3), ("(*UTF)", 1), ("x🐲)", 2),
  ]

  @Test(arguments: rejected.indices)
  func `what ECMA-262 rejects is rejected at its place`(_ index: Int) {
    let row = Self.rejected[index]
    let error = #expect(throws: PatternError.self, "\(row.pattern)") { try ECMAPattern.translate(row.pattern) }
    #expect(error?.kind == .syntax)
    #expect(error?.offset == row.offset, "\(row.pattern): \(error?.message ?? "")")
  }

  @Test func `two groups of one name are rejected`() {
    #expect(throws: PatternError.self) { try ECMAPattern.translate("(?<a>x)(?<a>y)") }
  }

  @Test func `a look-behind of variable length is good syntax that cannot be matched`() throws {
    _ = try ECMAPattern.translate("(?<=a+)b")
    let error = #expect(throws: PatternError.self) { try Pattern(ecma: "(?<=a+)b") }
    #expect(error?.kind == .unsupported)
  }

  @Test func `groups nested too deep are refused, not a crash`() {
    let pattern = String(repeating: "(", count: 100_000) + String(repeating: ")", count: 100_000)
    #expect(throws: PatternError.self) { try ECMAPattern.translate(pattern) }
  }

  @Test func `a match that needs much stack is no error`() throws {
    let pattern = try Pattern(ecma: "^(?:(a)|b)*$")
    #expect(try pattern.matches(String(repeating: "ab", count: 20_000)))
  }

  @Test func `a match that explodes is an error and no verdict`() throws {
    let pattern = try Pattern(ecma: "^(a|aa)+$")
    let error = #expect(throws: PatternError.self) {
      try pattern.matches(String(repeating: "a", count: 60) + "!")
    }
    #expect(error?.kind == .limit)
  }
}
