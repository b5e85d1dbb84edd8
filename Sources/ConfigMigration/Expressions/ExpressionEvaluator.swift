public import ConfigDocument

/// Evaluates the expressions of transformers. Planning runs no programs itself; who plans hands in what does.
///
/// An evaluator gives the same results for the same expressions and inputs.
public protocol ExpressionEvaluator: Sendable {
  /// Compiles expressions before anything is changed.
  /// - Throws: `bad-expression` at the fault of the first that does not compile; `jq-missing`.
  func prepare(_ uses: [ExpressionUse]) throws(Diagnostic)

  /// - Throws: `jq-missing`; `program-failed` where it takes more time, memory or output than it may.
  func evaluate(_ expression: Expression, on input: ExpressionInput) throws(Diagnostic) -> ExpressionResult
}

/// An expression with the captures that its operation binds.
public struct ExpressionUse: Sendable {
  public var expression: Expression
  public var captures: [String]

  public init(_ expression: Expression, captures: [String]) {
    self.expression = expression
    self.captures = captures
  }
}

/// What an expression sees.
public struct ExpressionInput: Sendable {
  /// `.`
  public var value: Value
  /// `$root`; nil where the expression does not read it.
  public var root: Value?
  /// `$name` for each.
  public var captures: [Captures.Binding]

  public init(_ value: Value, root: Value? = nil, captures: [Captures.Binding] = []) {
    self.value = value
    self.root = root
    self.captures = captures
  }
}

/// What came of an expression and one input.
public enum ExpressionResult: Hashable, Sendable {
  case value(Value)
  /// It gave nothing, as `empty` does.
  case nothing
  case several
  /// It raised an error, with these words.
  case failed(String)
}
