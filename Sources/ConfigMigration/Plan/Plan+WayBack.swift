public import ConfigDocument

extension Plan {
  /// Something that cannot be taken back, or could not be, without a record.
  public struct Loss: Hashable, Sendable {
    /// The ID of the transformer.
    public var transformer: String
    public var gap: Gap
  }

  /// A place that was edited since a run, and that the way back of the run changes as well.
  public struct Conflict: Hashable, Sendable {
    public var path: String
    public var conflict: MergeConflict
    /// The three values as messages show them: secrets are not shown, long values are cut.
    public var shown: Shown
    /// Whether a comment in the file says it; see ``ConflictMarker``.
    public var isMarked = false

    public struct Shown: Hashable, Sendable {
      public var base: String
      public var ours: String
      public var theirs: String
    }
  }

  /// What cannot be applied before somebody has decided it.
  public var openConflicts: [Conflict] {
    switch preference {
    case nil: conflicts
    case .ours, .theirs: []
    case .markers: conflicts.filter { !$0.isMarked }
    }
  }
}

/// What becomes of a place where an edit and the older form differ.
public enum ConflictChoice: String, Hashable, Sendable, CaseIterable {
  /// The edit stays.
  case ours
  /// The older form is taken.
  case theirs
  /// The older form is taken, and a comment beside it says what the edit was, for a decision later.
  case markers

  /// The side that the files have.
  package var side: MergeSide { self == .ours ? .ours : .theirs }
}

extension Plan.Loss {
  /// What is lost, in one sentence.
  public func sentence(isDown: Bool) -> String {
    let what = gap.subject.isEmpty ? "`\(gap.operation)`" : "`\(gap.operation)` of `\(gap.subject)`"
    let why = gap.accepted.map { " (\($0))" } ?? ""
    return isDown
      ? "nothing on record tells \(gap.reason), for the \(what) of \(transformer)\(why)"
      : "the way back of \(what) in \(transformer) is not known: \(gap.reason)\(why)"
  }
}

extension Plan.Conflict {
  init(_ conflict: MergeConflict, in path: String, product: Product) {
    self.path = path
    self.conflict = conflict
    func shown(_ value: Value?) -> String {
      guard let value else { return "nothing" }
      return product.shown(value, at: conflict.pointer)
    }
    self.shown = Shown(base: shown(conflict.base), ours: shown(conflict.ours), theirs: shown(conflict.theirs))
  }

  /// What was edited since, what was there before, and where.
  public var sentence: String {
    let place = conflict.pointer.isRoot ? path : "`\(conflict.pointer)` of \(path)"
    return "\(place) is \(shown.ours) since an edit, was \(shown.base) after the upgrade and \(shown.theirs) before it"
  }
}
