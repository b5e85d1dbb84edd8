public import ConfigDocument

/// A chain of transformers, run on a set in memory: everything that applying it would do, before anything is done.
///
/// A plan depends on nothing but its inputs: the same set, transformers and schemas give the same plan.
public struct Plan: Sendable {
  public var product: String
  /// The set's version, as it says it.
  public var from: String
  /// The version after the plan; the set's own where there is nothing to do.
  public var to: String
  public var steps: [Step]
  /// Every file of the set, changed or not, in the order in which they combine; behind them those that are removed.
  public var files: [PlannedFile]
  /// What the transformers tell the operator.
  public var notes: [MigrationNote]
  /// What was replaced, dropped or left alone on the way, each at its line; also what is odd about the set.
  public var warnings: [Diagnostic]
  public var validation: Validation
  /// Whether the diffs are for reading alone, since secrets in them are masked; see ``hide(_:pathsInDiffs:)``.
  public var hidesSecrets = false
  /// Who made the edits that the files' changes name.
  public var authors: [AuthorRecord]
  /// Whether the transformers are undone, and not done.
  public var isDown = false
  /// Up: operations whose way back is not known. Down: what no record tells. Either needs the operator's consent.
  public var losses: [Loss] = []
  /// Down: what the older version has no place for, and no record tells of. It needs the operator's consent too.
  public var excesses: [Excess] = []
  /// Down: what was edited since, and is another thing again in the older form. The files hold one side of each.
  public var conflicts: [Conflict] = []
  /// What was decided where there are conflicts; nil where nobody has, and the plan cannot be applied.
  public var preference: ConflictChoice?

  /// One transformer of the chain, with what its operations found.
  public struct Step: Sendable {
    /// Names the edge: `2.1-to-2.2.0`.
    public var id: String
    public var from: String
    public var to: String
    public var summary: String
    /// The transformer's file; nil for a Swift transformer.
    public var file: String?
    /// What a checksum of the transformer is taken of; see ``Transformer/canonicalForm``.
    public var canonicalForm: [UInt8]
    public var operations: [OperationOutcome]
  }

  /// What one operation of the chain found and did.
  public struct OperationOutcome: Sendable {
    public var name: String
    /// What it is about; see ``Operation/subject``.
    public var subject: String
    public var place: SourcePlace?
    /// How many places it found; of a group, in how many documents its condition held.
    public var matches: Int
    public var author: EditAuthor?
    public var inner: [OperationOutcome]
  }

  /// What the schemas say of the effective configurations.
  public struct Validation: Sendable {
    /// Whether there is a schema for the source version, and for the target version.
    public var hasSourceSchema = false
    public var hasTargetSchema = false
    /// Of the set as it is; warnings, since migrating may be what mends them.
    public var source: [Diagnostic] = []
    /// Of the result; errors, at the lines of the new files.
    public var target: [Diagnostic] = []
    /// Of the versions between, where that was asked for.
    public var between: [Diagnostic] = []
  }

  /// The plan in numbers.
  public struct Summary: Hashable, Sendable {
    public var steps: Int
    public var operations: Int
    public var filesChanged: Int
    public var files: Int
    public var linesAdded: Int
    public var linesRemoved: Int
    public var warnings: Int
    public var notes: Int
    public var actions: Int
    public var errors: Int
  }

  /// Whether applying the plan would change a file.
  public var changesAnything: Bool { files.indices.contains { files[$0].isChanged } }

  /// The diffs of all files: those of files that stay, then those of files that come, go or are renamed, each in the order of
  /// their paths.
  ///
  /// Where secrets are masked, the first line says so, and neither `git apply` nor `patch` accepts it.
  public var diff: [UInt8] {
    // Behind the diff of a file that only comes, goes or is renamed, git takes a plain one for its continuation.
    // By their numbers: a file is much to copy.
    let order = files.indices.sorted { CombinationRank.precedes(files[$0].path, files[$1].path) }
    var diff: [UInt8] = []
    for index in order where files[index].fate == .kept { diff += files[index].diff }
    for index in order where files[index].fate != .kept { diff += files[index].diff }
    return hidesSecrets && !diff.isEmpty ? Array(Self.maskedHeading.utf8) + diff : diff
  }

  static let maskedHeading =
    "Secrets are masked, so this diff is for reading and cannot be applied; --show-secrets prints one that can.\n"

  /// Complexity: O(files + operations).
  public var summary: Summary {
    Summary(
      steps: steps.count,
      operations: steps.reduce(0) { $0 + $1.operations.reduce(0) { $0 + $1.count } },
      filesChanged: files.indices.count { files[$0].isChanged }, files: files.count,
      linesAdded: files.indices.reduce(0) { $0 + files[$1].linesAdded },
      linesRemoved: files.indices.reduce(0) { $0 + files[$1].linesRemoved },
      warnings: warnings.count { $0.severity == .warning } + validation.source.count, notes: notes.count,
      actions: notes.count { $0.level == .action }, errors: validation.target.count)
  }
}

extension Plan.OperationOutcome {
  /// The operations that this one stands for: itself, or those that it holds.
  fileprivate var count: Int { inner.isEmpty ? 1 : inner.reduce(0) { $0 + $1.count } }
}
