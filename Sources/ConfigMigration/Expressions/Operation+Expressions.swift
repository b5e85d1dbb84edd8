extension Transformer {
  /// Every jq expression of the transformer, in the order of the text, with the captures that are bound there.
  package var expressions: [ExpressionUse] {
    operations?.flatMap { $0.expressions(within: []) } ?? []
  }

  /// Every program that the transformer may run, in the order of the text.
  package var programs: [CustomProgram] { operations?.flatMap(\.programs) ?? [] }
}

extension Operation {
  fileprivate var programs: [CustomProgram] { body.programs + body.inner.flatMap(\.programs) }

  /// - Parameter outer: the captures of the operations around it.
  fileprivate func expressions(within outer: [String]) -> [ExpressionUse] {
    let bound = outer + body.sources.flatMap(\.captureNames).filter { !outer.contains($0) }
    let own = (modifiers.when?.expressions ?? []) + body.expressions
    return own.map { expression in
      ExpressionUse(expression, captures: bound.filter(expression.variables.contains))
    } + body.inner.flatMap { $0.expressions(within: bound) }
  }
}

extension Condition {
  /// Every jq expression of the condition, in the order of the text.
  package var expressions: [Expression] {
    switch self {
    case .jq(let expression): [expression]
    case .test: []
    case .all(let conditions), .any(let conditions): conditions.flatMap(\.expressions)
    case .not(let condition), .effective(let condition): condition.expressions
    }
  }
}
