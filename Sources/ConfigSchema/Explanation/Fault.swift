import ConfigDocument

/// What is wrong with one node by one keyword, as facts.
///
/// Most faults are those of forms that are tried and not told, so words are made only of those that are: see
/// ``Explanation/violation(of:)``. What the record and the tree say is not said here again.
struct Fault {
  var kind: Kind
  /// The node, or `~node` where its key is judged.
  var index: Int
  /// The subschema that holds the keyword.
  var record: Subschema
  /// Whether the node's key has a name that is wrong.
  var isOfKeyName = false

  init(_ kind: Kind, at index: Int, by record: Subschema) {
    self.kind = kind
    self.index = index
    self.record = record
  }

  enum Kind {
    /// The schema `false`.
    case never
    case type
    case enumeration
    case constant
    case not

    case range(isLow: Bool, isExclusive: Bool)
    case multipleOf
    case length(found: Int, isShort: Bool)
    case pattern
    case format
    case content

    case itemCount(isFew: Bool)
    case memberCount(isFew: Bool)
    case contains(found: Int)
    case duplicateItem(first: Int, second: Int)
    case excessItem
    case unevaluatedItem(ordinal: Int)
    case missing(MissingKeys)
    /// What the presence of a key demands, by the number of the dependent.
    case dependent(Int, missing: [String])
    case unknownKey(UnknownKey)

    /// It has several forms, by their places in the list, of which it may have only one.
    case formsAtOnce([Int])
    /// No form takes a value of this type.
    case types([String], FormKeyword, cost: Int)
    /// No form takes this scalar: the values that would do, and what else would, in words.
    case alternatives([Value], or: [String], FormKeyword)
    /// Each form lacks nothing but keys.
    case missingOneOf([[String]], FormKeyword)
    /// Several forms are equally near; the first of them, and what is wrong by it.
    indirect case noForm(FormKeyword, nearest: Int, by: Fault?, cost: Int)

    /// The check was given up.
    case limit(EvaluationFault)
    /// No keyword was found at fault, though the document is refused.
    case unexplained
  }

  enum FormKeyword: String {
    case anyOf, oneOf
  }

  struct MissingKeys {
    var keys: [String]
    /// Those of the list before one was found to be there by another name.
    var all: [String]
    var isJoined: Bool { keys.count < all.count }
  }

  struct UnknownKey {
    enum Keyword: String {
      case additionalProperties, unevaluatedProperties
    }

    var keyword: Keyword
    /// The object that has it.
    var object: Int
    /// The missing key that it stands for, and all that are missing.
    var meant: (key: String, missing: [String])?
  }

  /// The node of the tree, also where its key is judged.
  var node: Int { max(index, ~index) }

  /// Whether the node's key is meant rather than its value.
  var pointsAtKey: Bool {
    if index < 0 { return true }
    switch kind {
    case .missing, .missingOneOf, .dependent, .unknownKey: return true
    case .itemCount(let isFew), .memberCount(let isFew): return isFew
    default: return false
    }
  }

  var code: Diagnostic.Code {
    if isOfKeyName { return .schemaKeyName }
    switch kind {
    case .never, .unexplained: return .schemaForbidden
    case .type, .types: return .schemaType
    case .enumeration: return .schemaEnum
    case .constant: return .schemaConst
    case .not: return .schemaNot
    case .range: return .schemaRange
    case .multipleOf: return .schemaMultipleOf
    case .length: return .schemaLength
    case .pattern: return .schemaPattern
    case .format, .content: return .schemaFormat
    case .itemCount, .memberCount: return .schemaCount
    case .contains: return .schemaContains
    case .duplicateItem: return .schemaUnique
    case .excessItem, .unevaluatedItem, .unknownKey: return .schemaAdditional
    case .missing, .missingOneOf: return .schemaRequired
    case .dependent: return .schemaDependent
    case .formsAtOnce: return .schemaOneOf
    case .alternatives(let values, _, _): return values.isEmpty ? .schemaAnyOf : .schemaEnum
    case .noForm: return .schemaAnyOf
    case .limit: return .schemaLimit
    }
  }
}
