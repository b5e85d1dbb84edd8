/// Every operation of the language, by its name in a transformer file.
package enum OperationKinds {
  package static let all: [(name: String, body: any OperationBody.Type)] = [
    ("move", MoveOperation.self),
    ("rename", RenameOperation.self),
    ("copy", CopyOperation.self),
    ("remove", RemoveOperation.self),
    ("set", SetOperation.self),
    ("default", DefaultOperation.self),
    ("merge", MergeOperation.self),
    ("map", MapOperation.self),
    ("convert", ConvertOperation.self),
    ("rewrite", RewriteOperation.self),
    ("wrap", WrapOperation.self),
    ("unwrap", UnwrapOperation.self),
    ("split", SplitOperation.self),
    ("join", JoinOperation.self),
    ("pivot", PivotOperation.self),
    ("unpivot", UnpivotOperation.self),
    ("insert", InsertOperation.self),
    ("discard", DiscardOperation.self),
    ("arrange", ArrangeOperation.self),
    ("each", EachOperation.self),
    ("require", RequireOperation.self),
    ("note", NoteOperation.self),
    ("pin_default", PinDefaultOperation.self),
    ("drop_default", DropDefaultOperation.self),
    ("prune", PruneOperation.self),
    ("file", FileOperation.self),
  ]

  /// Names of the language that this version does not have, with what to use instead.
  package static let unsupported: [(name: String, instead: String)] = [
    ("compute", "use `map`, `convert` or `rewrite`, or write this step as a Swift transformer"),
    ("custom", "write this step as a Swift transformer"),
  ]
}
