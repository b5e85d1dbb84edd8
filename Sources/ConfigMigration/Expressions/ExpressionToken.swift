/// A word of a jq expression, as far as it must be known to see what the expression asks for.
struct ExpressionToken: Hashable {
  enum Kind: Hashable {
    /// A function, a keyword, or a key of an object that is built.
    case name
    /// `.name`
    case field
    /// `$name`
    case variable
    case number
    case symbol
  }

  var kind: Kind
  /// Without the dot of a field and the dollar of a variable.
  var text: String
  /// In Unicode scalars of the expression, from 0.
  var offset: Int
  /// Whether it stands where an object has its key.
  var isKey = false
}

/// What is wrong with an expression, and where.
struct ExpressionFault: Error {
  var message: String
  /// In Unicode scalars of the expression, from 0.
  var offset: Int
  var hint: String?
}
