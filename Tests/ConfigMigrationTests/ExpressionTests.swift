import ConfigDocument
import ConfigMigration
import Testing

/// What is seen of a jq expression without jq.
@Suite struct ExpressionTests {
  /// Reads the expression as the `expr` of a `compute`, as it stands in a literal block.
  static func read(_ text: String) throws -> Transformer {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { "      " + $0 }
    return try SmallSet([:]).transformer(
      "- compute:\n    path: /a\n    expr: |-\n" + lines.joined(separator: "\n"))
  }

  /// `‸` stands before the fault.
  @Test(arguments: [
    ("‸now", "now"), ("1 | ‸now", "now"), ("\"\\(‸now)\"", "now"), ("\"a\\(\"b\\(1 + ‸env)\")\"", "env"),
    ("{a: ‸now}", "now"), ("{a: (1, ‸now)}", "now"), ("{(‸input): 1}", "input"), ("[‸inputs]", "inputs"),
    ("def f: ‸now; f", "now"), ("‸$ENV", "$ENV"), ("‸$ ENV.HOME", "$ENV"), ("‸$ # c\n ENV", "$ENV"),
    ("‸$__prog_args", "$__prog_args"), ("‸import \"a\" as a; .", "import"), ("‸include \"a\"; .", "include"),
    ("‸a::b", "a::b"), (". | ‸debug", "debug"), ("‸debug(1)", "debug"), ("‸halt_error(1)", "halt_error"),
    ("[.[] |\n  if . then\n    ‸halt\n  else . end]", "halt"), ("# now\n‸now", "now"), ("‸localtime", "localtime"),
  ])
  func `what would make two runs differ is refused where it stands`(_ marked: String, _ name: String) throws {
    let text = marked.replacing("‸", with: "")
    let before = marked.prefix { $0 != "‸" }
    let line = before.count { $0 == "\n" }
    let column = before.split(separator: "\n", omittingEmptySubsequences: false).last?.count ?? 0
    #expect {
      _ = try Self.read(text)
    } throws: { error in
      guard let error = error as? Diagnostic else { return false }
      #expect(error.message.hasPrefix("`\(name)` cannot be used: "))
      #expect(error.place?.description == "step.yaml:\(10 + line):\(9 + column)")
      return error.code == .badExpression
    }
  }

  @Test(arguments: [
    ".now", ".a.env", "{now: 1}", "{now, env}", "{a: 1, input: 2}", "\"now\"", "# now\n.", ". as {now: $x} | $x",
    ". as $env | $env", "\"\\\"now\"", "@base64 \"now\"", "$__loc__", "[.[]|{now:(1)}]", "{\"a\": \"}\"}", ".[\"env\"]",
  ])
  func `keys, fields and texts are no calls`(_ text: String) throws {
    #expect(try Self.read(text).expressions.map(\.expression.text) == [text])
  }

  @Test(arguments: [
    ("(1", 9, "`(` is not closed"), ("1)", 10, "`)` closes nothing"), ("[1)", 11, "`)` cannot close `[`"),
    ("\"a", 9, "the text that begins here has no end"), ("\"a\\(1\"", 14, "the text that begins here has no end"),
    ("1e400", 9, "jq would round `1e400` to inf"), ("# nothing", 9, "the expression is empty"),
    (". + 12345678901234567890", 13, "jq would round `12345678901234567890` to 1.2345678901234567e+19"),
  ])
  func `what is not closed or not exact has its place`(_ text: String, _ column: Int, _ message: String) throws {
    #expect {
      _ = try Self.read(text)
    } throws: { error in
      guard let error = error as? Diagnostic else { return false }
      #expect(error.message == message)
      return error.place?.description == "step.yaml:10:\(column)"
    }
  }

  @Test func `an expression has the captures that are bound around it`() throws {
    let transformer = try SmallSet([:]).transformer(
      """
      - each:
          in: "/jobs/{job}"
          do:
            - compute: {path: "/steps/{step}", expr: "[$job, $step, $other]"}
            - remove: {path: /x, when: {any: [{jq: $job == "a"}, {/y: exists}]}}
      - require: {that: {jq: . != null}, message: m}
      """)
    #expect(transformer.expressions.map(\.captures) == [["job", "step"], ["job"], []])
  }

  @Test func `without an evaluator an expression is an error`() throws {
    let set = try SmallSet(["main.yaml": "version: 1.0.0\na: 1\n"])
    #expect {
      _ = try set.plan("- compute: {path: /a, expr: . + 1}")
    } throws: { ($0 as? Diagnostic)?.code == .operationUnsupported }
    #expect(throws: Never.self) { _ = try set.plan("- compute: {path: /b, expr: . + 1}") }
  }

  @Test func `detection has no expressions`() throws {
    let text = """
      product: p
      versions: {detect: [{version: 1.0.0, when: {jq: .a}}]}
      files: [{path: a.yaml, layer: base}]
      """
    #expect {
      _ = try Product(Document(Array(text.utf8), as: .yaml, named: "product.yaml"))
    } throws: { ($0 as? Diagnostic)?.place?.description == "product.yaml:2:49" }
  }
}
