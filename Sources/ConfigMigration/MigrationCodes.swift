public import ConfigDocument

extension Diagnostic.Code {
  // The set.
  /// The set does not say its version, or says one that the product does not know.
  public static let versionUnknown: Self = "version-unknown"
  /// The set's version is newer than every version that the product knows.
  public static let versionNewer: Self = "version-newer"
  /// Two places of one set say different versions.
  public static let versionMixed: Self = "version-mixed"
  /// What the set holds looks like a newer version than it says. A warning.
  public static let versionContradicted: Self = "version-contradicted"
  /// No file of the set matches the product's patterns.
  public static let emptySet: Self = "empty-set"

  // The registry.
  /// No chain of transformers leads from the set's version to the target.
  public static let noPath: Self = "no-path"
  /// More than one chain does.
  public static let ambiguousPath: Self = "ambiguous-path"
  /// Two transformers are for the same step.
  public static let duplicateTransformer: Self = "duplicate-transformer"
  /// A chain of transformers that comes back to where it began.
  public static let versionCycle: Self = "version-cycle"
  /// A version that the chain from the oldest one does not reach.
  public static let unreachableVersion: Self = "unreachable-version"
  /// A version that has no way to the newest one.
  public static let deadEnd: Self = "dead-end"

  /// A product says that chains are equivalent between two versions that no two chains join.
  public static let idleEquivalence: Self = "idle-equivalence"

  // Transformer and product files.
  public static let unknownOperation: Self = "unknown-operation"
  public static let unknownField: Self = "unknown-field"
  public static let missingField: Self = "missing-field"
  /// A field whose value is of another type than it must be, or none of the values that it may have.
  public static let badValue: Self = "bad-value"
  public static let badAddress: Self = "bad-address"
  public static let badCondition: Self = "bad-condition"
  public static let badPattern: Self = "bad-pattern"
  /// An expression that jq does not compile, or that asks for what no expression may ask for.
  public static let badExpression: Self = "bad-expression"
  /// A part of the language that this version of the program does not have.
  public static let operationUnsupported: Self = "operation-unsupported"

  // Running an operation.
  /// What an operation would write stands already, and `on_conflict` does not say what to do.
  public static let conflict: Self = "conflict"
  /// A file name that an operation makes of the set's data, and that is none, or that the product has no place for.
  public static let badFileName: Self = "bad-file-name"
  /// A `require` operation that does not hold.
  public static let requireFailed: Self = "require-failed"
  /// An operation with `required: true` that found nothing.
  public static let requiredAddress: Self = "required-address"
  /// An expression that gave an error, no result, or several.
  public static let expressionFailed: Self = "expression-failed"
  /// A program that a transformer names cannot be started, fails, or uses more than it may.
  public static let programFailed: Self = "program-failed"
  /// A program or an expression that does not end in the time that it has.
  public static let programTimeout: Self = "program-timeout"
  /// A value that the operation cannot turn into another one.
  public static let valueRefused: Self = "value-refused"
  /// A value of the user's that was replaced. A warning.
  public static let valueReplaced: Self = "value-replaced"
  /// A value of the user's that was dropped in favour of another one. A warning.
  public static let valueDropped: Self = "value-dropped"
  /// A comment that goes with the entry that an operation removes. A note.
  public static let commentRemoved: Self = "comment-removed"
  /// An alias that became a copy because only one of its users changes. A note.
  public static let aliasExpanded: Self = "alias-expanded"
  /// A value that a merge key brings, which the operation therefore left alone. A warning.
  public static let mergedValue: Self = "merged-value"
  /// An edit of an anchored value that other places use through a merge key. A warning.
  public static let sharedAnchor: Self = "shared-anchor"

  // The way back.
  /// Both an edit since the upgrade and the upgrade itself changed a place.
  public static let mergeConflict: Self = "merge-conflict"
  /// A conflict of a way back whose comment (`--markers`) still stands. A warning.
  public static let conflictUndecided: Self = "conflict-undecided"
  /// A comment that was written since the upgrade and finds no place in the older form. A warning.
  public static let commentStranded: Self = "comment-stranded"
  /// A recorded run that its transformers do not reproduce any more. A warning.
  public static let recordUnusable: Self = "record-unusable"

  // The plan.
  /// Migrating the layers and combining them gives something else than combining them and migrating that. A warning.
  public static let layersDiffer: Self = "layers-differ"
  /// Overlays that were not checked for that, since there are too many for the size of the base. A note.
  public static let layersUnchecked: Self = "layers-unchecked"
  /// A value of the input that no operation accounts for: a fault of the program.
  public static let leafUnaccounted: Self = "leaf-unaccounted"
  /// The product names a schema for a version, and there is none.
  public static let schemaMissing: Self = "schema-missing"
}
