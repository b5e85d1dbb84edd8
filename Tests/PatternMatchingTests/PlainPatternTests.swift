import PatternMatching
import Testing

/// Patterns that are decided without the matcher say what the matcher says.
struct PlainPatternTests {
  static let patterns = [
    "^x-", "^$", "^", "", ".", ".*", ".+", "^.*$", "^.+$", "^[a-z]+$", "^[a-z][a-z0-9-]*$", #"^v?\d+\.\d+$"#,
    "^a{2,3}$",
    "^a{2}b?$", "^[^/]+$", #"^\w+\s\w+$"#, "^[A-Z_]{1,3}x", "^es20(15|16)$", "^[Ee][Ss](5|6)$", "^a|b$", "[0-9]",
    "[a-c]{2}",
    #"^\$"#, "^a-b$", "^[-a]+$", "^[a\\-c]+$", "^a?b?c?$", "^x*$", #"^\S+$"#, "^(a|b)", "^ab(c)?$", "^[\\d.]+$",
  ]
  static let texts = [
    "", "a", "aa", "aaa", "aaaa", "ab", "aab", "x-", "x-y", "X", "abc", "a-b", "v1.2", "1.2", "1.22a", "a b", "a/b",
    "é", "aé",
    "es2015", "es2017", "ES5", "Es6", "b", "$x", "-", "a-", "0", "aa0", "AAx", "AAAAx", "\n", "a\n", "xx", "bc", "ac",
    "1.2.3",
  ]

  @Test(arguments: patterns)
  func `a plain pattern says what the matcher says`(_ source: String) throws {
    let pattern = try Pattern(ecma: source)
    // A group that captures nothing keeps a pattern from being plain.
    let matcher = try Pattern(ecma: "(?:)(?:\(source))")
    for text in Self.texts {
      #expect(try pattern.matches(text) == matcher.matches(text), "\(source) on \(text)")
    }
  }
}
