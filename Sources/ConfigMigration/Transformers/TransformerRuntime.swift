import ConfigDocument

/// What runs the code that transformers name, and on how many cores. None of it is here: planning is a computation on values.
public struct TransformerRuntime: Sendable {
  /// Evaluates `compute` and `when: {jq: …}`.
  public var expressions: (any ExpressionEvaluator)?
  /// Runs `custom: {run: …}`.
  public var programs: (any ProgramRunner)?

  /// Does what is to be done for each file by itself.
  public var work: WorkDistribution

  public init(
    expressions: (any ExpressionEvaluator)? = nil, programs: (any ProgramRunner)? = nil,
    work: WorkDistribution = .inOrder
  ) {
    self.expressions = expressions
    self.programs = programs
    self.work = work
  }

  /// Looks at all the code of a chain before any of it runs.
  func prepare(_ chain: [Transformer]) throws(Diagnostic) {
    let uses = chain.flatMap(\.expressions)
    if !uses.isEmpty { try expressions?.prepare(uses) }
    let runs = chain.flatMap(\.programs)
    if !runs.isEmpty { try programs?.prepare(runs) }
  }
}
