package import ConfigDocument

extension Diagnostic.Code {
  /// A column that may not be null is added to, or made of one of, a table with rows.
  package static let columnNotNull: Self = "column-not-null"
  /// An index is built while nobody may write.
  package static let indexBlocks: Self = "index-blocks"
  /// A constraint is checked, or its index built, while nobody may write.
  package static let constraintBlocks: Self = "constraint-blocks"
  /// Every row of a table is written anew while nobody may read or write.
  package static let tableRewrite: Self = "table-rewrite"
  /// The old version still uses the old name.
  package static let renameBreaks: Self = "rename-breaks"
  /// The old version still reads what is dropped.
  package static let dropBreaks: Self = "drop-breaks"
  /// A trigger writes to its own table.
  package static let triggerRecursion: Self = "trigger-recursion"
  /// A statement waits for a lock without end, and all who come later wait behind it.
  package static let lockTimeoutMissing: Self = "lock-timeout-missing"
  /// All rows of a table are changed by one statement.
  package static let updateOfAllRows: Self = "update-of-all-rows"
  package static let nameDiscouraged: Self = "name-discouraged"
  package static let nameUnknown: Self = "name-unknown"
  /// A part of a migration that cannot be read without running it.
  package static let migrationUnread: Self = "migration-unread"
  /// A waiver that lacks its owner or its reason.
  package static let waiverIncomplete: Self = "waiver-incomplete"
  package static let waiverUnused: Self = "waiver-unused"
  /// The list of fields cannot be read.
  package static let fieldLibrary: Self = "field-library"
}
