/// A place that two sides made different things of.
public struct MergeConflict: Hashable, Sendable {
  /// The document of the stream, from 1.
  public var document: Int
  public var pointer: Pointer
  /// What stood there before both; nil where nothing did.
  public var base: Value?
  /// nil where the side has nothing there.
  public var ours: Value?
  public var theirs: Value?

  public init(document: Int = 1, pointer: Pointer, base: Value?, ours: Value?, theirs: Value?) {
    self.document = document
    self.pointer = pointer
    self.base = base
    self.ours = ours
    self.theirs = theirs
  }
}

/// Which side is taken where both changed something.
public enum MergeSide: String, Hashable, Sendable, CaseIterable {
  case ours, theirs
}
