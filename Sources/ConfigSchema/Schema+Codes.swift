public import ConfigDocument

/// What is wrong with a schema itself.
extension Diagnostic.Code {
  /// A keyword's value is not what the keyword wants.
  public static let schemaMalformed: Self = "schema-malformed"
  /// A reference leads nowhere.
  public static let schemaRefUnresolved: Self = "schema-ref-unresolved"
  /// References that lead back to themselves without going deeper into the data.
  public static let schemaRefCycle: Self = "schema-ref-cycle"
  /// `$schema` or `$vocabulary` asks for what nobody here knows.
  public static let schemaDialect: Self = "schema-dialect"
}

/// What is wrong with a document, by its schema.
extension Diagnostic.Code {
  public static let schemaType: Self = "schema-type"
  public static let schemaEnum: Self = "schema-enum"
  public static let schemaConst: Self = "schema-const"
  /// A number outside its bounds.
  public static let schemaRange: Self = "schema-range"
  public static let schemaMultipleOf: Self = "schema-multiple-of"
  /// A string that is too short or too long.
  public static let schemaLength: Self = "schema-length"
  public static let schemaPattern: Self = "schema-pattern"
  public static let schemaFormat: Self = "schema-format"
  /// A list or mapping with too few or too many entries.
  public static let schemaCount: Self = "schema-count"
  public static let schemaUnique: Self = "schema-unique"
  public static let schemaContains: Self = "schema-contains"
  /// A key that must be there is missing.
  public static let schemaRequired: Self = "schema-required"
  /// A key that demands another one which is missing.
  public static let schemaDependent: Self = "schema-dependent"
  /// A key, or an item of a list, that the schema does not know.
  public static let schemaAdditional: Self = "schema-additional"
  /// A key whose name the schema does not allow.
  public static let schemaKeyName: Self = "schema-key-name"
  /// A value where the schema allows none.
  public static let schemaForbidden: Self = "schema-forbidden"
  public static let schemaAnyOf: Self = "schema-any-of"
  /// It has more than one of several forms of which it may have only one.
  public static let schemaOneOf: Self = "schema-one-of"
  public static let schemaNot: Self = "schema-not"
  /// A value that the schema would rather not see any more: a warning.
  public static let schemaDeprecated: Self = "schema-deprecated"
  /// The check was given up: a pattern took too long, or the schema recursed too deep. There is no verdict.
  public static let schemaLimit: Self = "schema-limit"
}
