package import ConfigDocument

/// `compute`: makes another value of a value by a jq expression.
///
/// The result is reconciled with what stands there, so that what the expression leaves alone keeps its comments and layout.
package struct ComputeOperation: OperationBody {
  package var path: AddressPattern
  package var expression: Expression
  /// What the way back computes.
  package var reverse: Expression?

  package var sources: [AddressPattern] { [path] }
  package var expressions: [Expression] { [expression] + (reverse.map { [$0] } ?? []) }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    path = try fields.address("path")
    expression = try Expression(try fields.required("expr"), of: fields.document, field: "expr")
    reverse =
      try fields.optional("reverse").map { [document = fields.document] node throws(Diagnostic) in
        try Expression(node, of: document, field: "reverse")
      }
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    try set.reconcileValues(at: path, as: Work(operation, in: scope)) { set, unit, match throws(Diagnostic) in
      try set.result(of: expression, at: match, in: unit)
    }
  }
}
