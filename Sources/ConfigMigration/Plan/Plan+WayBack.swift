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
  }
}
