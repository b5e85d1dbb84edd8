import PatternMatching
import Testing

struct RawPatternTests {
  @Test func `a match gives its groups`() throws {
    let pattern = try Pattern(pcre: #"(?<key>\w+)=(\d+)?"#)
    #expect(try pattern.firstMatch(in: "a: size=")?.groups == ["size=", "size", nil])
    #expect(try pattern.firstMatch(in: "none") == nil)
    #expect(pattern.groupNames.map(\.name) == ["key"])
  }

  /// Pattern, template, text, result.
  static let substitutions: [(String, String, String, String?)] = [
    (#"(\w+)@(\w+)"#, "$2 at $1", "me@home you@work", "home at me work at you"),
    (#"(?<n>\d+)ms"#, "${n} ms ($0, $$)", "20ms", "20 ms (20ms, $)"),
    (#"(a)|(b)"#, "[$1$2]", "ab", "[a][b]"),
    ("x*", "-", "abx", "-a-b-"),
    ("é", "e", "café 🐲", "cafe 🐲"),
    ("x", "y", "abc", nil),
    ("$", "!", "end", "end!"),
  ]

  @Test(arguments: substitutions.indices)
  func `matches are replaced from left to right`(_ index: Int) throws {
    let (source, template, text, expected) = Self.substitutions[index]
    let pattern = try Pattern(pcre: source)
    let substitution = try Substitution(template, for: pattern)
    #expect(try pattern.replacingMatches(in: text, with: substitution) == expected)
  }

  @Test(arguments: ["$", "$x", "${", "${}", "${name}", "$2"])
  func `a template that names no group is refused`(_ template: String) throws {
    let pattern = try Pattern(pcre: "(a)")
    #expect(throws: PatternError.self) { try Substitution(template, for: pattern) }
  }

  @Test func `a syntax error has its place`() {
    let error = #expect(throws: PatternError.self) { try Pattern(pcre: "é(a") }
    #expect(error?.kind == .syntax)
    #expect(error?.offset == 3)
  }
}
