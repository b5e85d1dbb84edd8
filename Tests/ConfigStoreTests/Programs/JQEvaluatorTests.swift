import ConfigDocument
import ConfigMigration
import Testing

@testable import ConfigStore

/// Expressions by a real jq.
@Suite(.enabled(if: JQInstalled.isTrue, "\(JQInstalled.reason)")) struct JQEvaluatorTests {
  static let shortLimits: ProgramLimits = {
    var limits = ProgramLimits.jq
    limits.milliseconds = 300
    return limits
  }()

  static func expression(_ text: String) throws -> Expression {
    let quoted = "'" + text.replacing("'", with: "''") + "'"
    let document = try Document(Array("expr: \(quoted)\n".utf8), as: .yaml, named: "step.yaml")
    return try Expression(document.node(at: Pointer(["expr"]))!, of: document, field: "expr")
  }

  static func result(
    _ text: String, _ value: Value = .null, root: Value? = nil, captures: [(String, String)] = [],
    by evaluator: JQEvaluator = JQEvaluator()
  ) throws -> ExpressionResult {
    try evaluator.evaluate(
      expression(text),
      on: ExpressionInput(value, root: root, captures: captures.map { Captures.Binding(name: $0.0, value: $0.1) }))
  }

  @Test func `it sees the value, the root and the captures`() throws {
    #expect(try Self.result(". + 1", 1) == .value(2))
    #expect(try Self.result("$root.a", 1, root: ["a": "x"]) == .value("x"))
    #expect(try Self.result("[$job, .]", 1, captures: [("job", "a\"b")]) == .value(["a\"b", 1]))
    #expect(try Self.result("{\"b\": .a, \"a\": 1}", ["a": nil]) == .value(["b": nil, "a": 1]))
  }

  @Test func `text comes through as it is`() throws {
    let text: Value = "\u{0}\u{1F600}\u{2028}\"\\ é e\u{301} \u{7F}"
    #expect(try Self.result(".", text) == .value(text))
  }

  @Test func `only one result is a result`() throws {
    #expect(try Self.result("empty") == .nothing)
    #expect(try Self.result("1, 2") == .several)
    #expect(try Self.result("range(1000000000)") == .several)
    #expect(try Self.result("error(null)") == .nothing)
  }

  @Test func `an error is told, and the process goes on`() throws {
    let evaluator = JQEvaluator()
    let text = "if . == 1 then error(\"one\") else .a end"
    #expect(try Self.result(text, 1, by: evaluator) == .failed("one"))
    #expect(try Self.result(text, ["a": 1], by: evaluator) == .value(1))
    #expect(try Self.result("error({a: 1})") == .failed("{\"a\":1}"))
    #expect(try Self.result("label $out | break $out") == .nothing)
  }

  @Test func `many values go through one process`() throws {
    let evaluator = JQEvaluator()
    for number in 0..<2_000 {
      #expect(try Self.result(". * 2", .number(Number(number)), by: evaluator) == .value(.number(Number(number * 2))))
    }
  }

  @Test func `a value larger than any pipe comes through`() throws {
    let items = Value.array((0..<100_000).map { .number(Number($0)) })
    #expect(try Self.result("map(.)", items) == .value(items))
  }

  /// `‸` stands before the fault. Not every jq says the column of a syntax error.
  @Test(
    arguments: [
      ("1 + ‸foo(1)", "foo/1 is not defined", nil), ("[.[] | ‸$jbo]", "`$jbo` is not defined", "did you mean `job`?"),
      (". | break ‸$out", "`$out` is not defined", nil), ("if . then 1‸", "it ends too early", nil),
      (". +‸", "it ends too early", nil), ("%%", "syntax error, unexpected '%'", nil),
    ] as [(String, String, String?)])
  func `what does not compile has its place`(_ marked: String, _ message: String, _ hint: String?) throws {
    let use = ExpressionUse(try Self.expression(marked.replacing("‸", with: "")), captures: ["job"])
    #expect {
      try JQEvaluator().prepare([use])
    } throws: { error in
      guard let error = error as? Diagnostic else { return false }
      #expect(error.message.hasPrefix("jq does not compile the expression: "))
      #expect(error.message.contains(message))
      #expect(error.hint == hint)
      let before = marked.prefix { $0 != "‸" }
      if before.count < marked.count { #expect(error.place?.column == 8 + before.count) }
      return error.code == .badExpression && error.place?.line == 1
    }
  }

  @Test func `what does not end is ended`() throws {
    #expect {
      _ = try Self.result("[repeat(1)]", by: JQEvaluator(limits: Self.shortLimits))
    } throws: { ($0 as? Diagnostic)?.code == .programTimeout }
    #expect {
      _ = try Self.result("def f: f; f", by: JQEvaluator(limits: Self.shortLimits))
    } throws: { ($0 as? Diagnostic)?.code == .programTimeout }
  }

  @Test func `memory and output have limits`() throws {
    var limits = ProgramLimits.jq
    limits.memory = 64 << 20
    limits.output = 1_000
    #expect {
      _ = try Self.result("[range(100000000)] | length", by: JQEvaluator(limits: limits))
    } throws: { ($0 as? Diagnostic)?.message == "the expression needs more than 64 MiB of memory" }
    #expect {
      _ = try Self.result("[range(10000)]", by: JQEvaluator(limits: limits))
    } throws: { ($0 as? Diagnostic)?.code == .programFailed }
  }

  @Test func `a process that failed is replaced`() throws {
    let evaluator = JQEvaluator(limits: Self.shortLimits)
    let text = "if . == 1 then [repeat(1)] else . end"
    #expect(throws: Diagnostic.self) { try Self.result(text, 1, by: evaluator) }
    #expect(try Self.result(text, 2, by: evaluator) == .value(2))
  }

  @Test func `without jq it says what to install`() throws {
    #expect {
      _ = try Self.result(".", by: JQEvaluator(path: "/nowhere:relative"))
    } throws: { error in
      guard let error = error as? Diagnostic else { return false }
      return error.code == .jqMissing && error.hint?.contains("apt-get install jq") == true
    }
  }

  @Test(arguments: ["now", "input", "env", "$ENV", "halt", "input_filename", "debug", "modulemeta", "localtime"])
  func `what slips through the check is refused by jq's own definitions`(_ name: String) throws {
    // jq 1.7 takes an `if` without brackets as the value of a key, so that a comma there is no end of it: the same is
    // asked here of the definitions alone.
    let program = "\(Expression.shadows) null as $ENV | try \(name) catch \"refused\""
    let limits = ProgramLimits.jq
    var child = try ChildProcess(
      ExecutableSearch.find("jq")!, arguments: ["jq", "-c", program], environment: ["HOME=/dev/null"], limits: limits)
    let (answer, _) = child.converse(sending: Array("1\n".utf8), until: .end, limits: limits)
    #expect(String(decoding: answer, as: UTF8.self) == (name == "$ENV" ? "null\n" : "\"refused\"\n"))
  }
}
