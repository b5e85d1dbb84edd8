import ConfigMigration
import Testing

/// Which lines of a text that cannot be parsed are not shown.
@Suite struct SuspectLineTests {
  /// Lines that may hold a secret begin with `!`.
  static let texts: [(name: String, text: String)] = [
    ("a value", "port: 80\n!password: hunter2\nother: 1"),
    ("keys in quotes, behind dashes and in flow", "!- 'password': x\n- a\n!- {b: 1, \"password\" : x}\n- c"),
    ("longer keys", "password_file: x\nmy-password: y\n!password: z"),
    ("what stands below", "!password:\n!  one: hunter2\n!\n!  two: hunter3\nother: 1"),
    ("items at the key's column", "!password:\n!- hunter2\nother: 1"),
    ("a block scalar", "!  password: |\n!    hunter2\n  other: 1"),
    ("an item that is a mapping", "- name: a\n!  password: hunter2\n- name: b"),
    ("a quote that nothing ends", "!password: \"hunter2\n!other: 1\n!third: 2"),
    ("a quote that ends", "!password: \"hunter2\n!  more\"\nother: 1"),
    ("brackets, whatever the indentation", "{\n!\"password\": [\n!\"hunter2\",\n!\"b\"\n!],\n\"port\": 80\n}"),
    ("a value on the next line", "{\n!\"password\":\n!\"hunter2\",\n\"port\": 80\n}"),
    ("an alias", "!one: &p hunter2\ntwo: 3\n!password: *p"),
    ("an escape in a key", "{\n!\"pass\\u0077ord\": 1,\n\"port\": 80\n}"),
    ("CRLF", "port: 80\r\n!password: hunter2\r\nother: 1\r"),
  ]

  @Test(arguments: texts) func `a line below the key of a secret is suspect, and no other`(
    name: String, text: String
  ) {
    // CR and LF are one character, and two scalars.
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    let plain = lines.map { $0.hasPrefix("!") ? String($0.dropFirst()) : $0 }
    let suspects = SuspectLines(of: Array(plain.joined(separator: "\n").utf8), keys: ["password"])
    for (marked, line) in zip(lines, plain) where !line.isEmpty {
      #expect(suspects.contain(line) == marked.hasPrefix("!"), "\(name): \(line)")
    }
  }

  @Test func `where any value may be a secret every line is suspect`() {
    let suspects = SuspectLines(of: Array("a: 1\nb: 2\n".utf8), keys: nil)
    #expect(suspects.contain("a: 1") && suspects.contain("b: 2"))
  }
}
