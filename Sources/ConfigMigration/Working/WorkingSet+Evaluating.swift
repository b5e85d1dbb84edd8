package import ConfigDocument

/// Having values of the set computed by code that is not here: jq, and programs.
extension WorkingSet {
  /// The value that an expression makes of a match.
  /// - Throws: `value-refused` where jq would round a number; `expression-failed` where there is not exactly one result;
  ///   what the evaluator throws.
  package func result(of expression: Expression, at match: AddressMatch, in unit: Int) throws(Diagnostic) -> Value {
    let input = ExpressionInput(
      document(of: unit).value(of: match.node),
      root: expression.usesRoot ? value(at: Pointer(), in: [unit]) ?? .null : nil,
      captures: bindings(of: expression, match.captures))
    return try result(of: expression, on: input, at: match.pointer, place: place(of: match.node, in: unit))
  }

  /// Whether a condition that is written in jq holds.
  /// - Throws: as ``result(of:at:in:)``; `expression-failed` where the result is neither true nor false.
  package func holds(_ expression: Expression, for subject: ConditionSubject) throws(Diagnostic) -> Bool {
    let input = ExpressionInput(
      value(at: subject.prefix, in: subject.units) ?? .null,
      root: expression.usesRoot ? value(at: Pointer(), in: subject.units) ?? .null : nil,
      captures: bindings(of: expression, subject.captures))
    let result = try result(of: expression, on: input, at: subject.prefix, place: nil)
    guard let answer = result.bool else {
      throw failure(
        .expressionFailed, "the condition gave \(hidden(result, at: subject.prefix)), and must give `true` or `false`",
        at: expression.place, hint: "compare it with something, like `. != null`")
    }
    return answer
  }

  /// The value that a program makes of a match.
  /// - Throws: `program-failed` where it fails; what the runner throws.
  package func result(of program: CustomProgram, at match: AddressMatch, in unit: Int) throws(Diagnostic) -> Value {
    guard let runner = runtime.programs else {
      throw failure(
        .operationUnsupported, "a program cannot be run here: nothing that does so was handed in", at: program.place,
        hint: "give the planner a `TransformerRuntime` with a runner")
    }
    switch try runner.run(program, on: document(of: unit).value(of: match.node)) {
    case .value(let value): return value
    case .failed(let why, let complaint):
      let object = match.pointer.isRoot ? "the document" : "`\(match.pointer)`"
      let words = complaint.isEmpty ? "" : ": \(complaint)"
      let isHidden = product.holdsSecret(match.pointer) && !words.isEmpty
      throw failure(
        .programFailed,
        "on \(object) the program `\(program.line)` \(why)"
          + (isHidden ? "; what it says is not shown, since it may hold a secret" : words),
        at: place(of: match.node, in: unit))
    }
  }

  private func bindings(of expression: Expression, _ captures: Captures) -> [Captures.Binding] {
    let names = expression.variables
    return captures.bindings.filter { binding in names.contains { $0.utf8.elementsEqual(binding.name.utf8) } }
  }

  private func result(
    of expression: Expression, on input: ExpressionInput, at pointer: Pointer, place: SourcePlace?
  ) throws(Diagnostic) -> Value {
    guard let evaluator = runtime.expressions else {
      throw failure(
        .operationUnsupported, "an expression cannot be evaluated here: nothing that does so was handed in",
        at: expression.place, hint: "give the planner a `TransformerRuntime` with an evaluator")
    }
    if let rounded = input.value.firstRounded ?? input.root?.firstRounded {
      throw failure(
        .valueRefused, "jq would round the number \(hidden(.number(rounded), at: pointer))",
        at: place ?? expression.place,
        hint: "the numbers of jq are doubles, which hold about 16 digits; write this step as a Swift transformer")
    }
    switch try evaluator.evaluate(expression, on: input) {
    case .value(let value):
      if let doubtful = value.firstDoubtful(given: input) {
        throw failure(
          .valueRefused,
          "the result holds the number \(hidden(.number(doubtful), at: pointer)), which jq may have rounded",
          at: place ?? expression.place, hint: "the numbers of jq are doubles, which are exact up to 9007199254740992")
      }
      return value
    case .nothing:
      throw failed("gave no result", pointer, place, expression, hint: "to take a value away, use `remove`")
    case .several:
      throw failed("gave several results", pointer, place, expression, hint: "put it in brackets to make a list: `[…]`")
    case .failed(let words):
      let shown = product.holdsSecret(pointer) || expression.usesRoot && !product.secrets.isEmpty
      throw failed(
        shown ? "failed; what jq says is not shown, since it may hold a secret" : "failed: \(words)", pointer, place,
        expression, hint: nil)
    }
  }

  private func failed(
    _ what: String, _ pointer: Pointer, _ place: SourcePlace?, _ expression: Expression, hint: String?
  ) -> Diagnostic {
    let object = pointer.isRoot ? "the document" : "`\(pointer)`"
    return failure(.expressionFailed, "on \(object) the expression \(what)", at: place ?? expression.place, hint: hint)
  }

  private func hidden(_ value: Value, at pointer: Pointer) -> String {
    product.holdsSecret(pointer) ? "of a secret" : shown(value, at: pointer)
  }
}

extension Value {
  /// The first number that a program which computes with doubles would change.
  fileprivate var firstRounded: Number? {
    switch self {
    case .number(let number): number.survivesDouble ? nil : number
    case .array(let items): items.lazy.compactMap(\.firstRounded).first
    case .object(let object): object.members.lazy.compactMap(\.value.firstRounded).first
    default: nil
    }
  }

  /// The first number beyond what doubles count one by one that the input does not have: a sum of whole numbers may be
  /// off by one there.
  fileprivate func firstDoubtful(given input: ExpressionInput) -> Number? {
    let large = largeNumbers
    guard !large.isEmpty else { return nil }
    let known = Set(input.value.largeNumbers + (input.root?.largeNumbers ?? []))
    return large.first { !known.contains($0) }
  }

  private var largeNumbers: [Number] {
    switch self {
    case .number(let number): abs(number.double) > 9_007_199_254_740_992 ? [number] : []
    case .array(let items): items.flatMap(\.largeNumbers)
    case .object(let object): object.members.flatMap(\.value.largeNumbers)
    default: []
    }
  }
}
