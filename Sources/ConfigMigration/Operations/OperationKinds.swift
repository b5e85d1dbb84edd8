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
    ("compute", ComputeOperation.self),
    ("custom", CustomOperation.self),
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
  ]

  /// Names of the language that this version does not have, with what to use instead.
  package static let unsupported: [(name: String, instead: String)] = [
    ("file", "create, rename or remove the file by hand, and say so in a `note`")
  ]
}
