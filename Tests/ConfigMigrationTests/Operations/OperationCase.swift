import Testing

/// What operations make of a text.
struct OperationCase: Sendable, CustomTestStringConvertible {
  var name: String
  var operations: String
  var before: String
  var after: String
  var testDescription: String { name }

  static let all = entries + values + groups
}
