/// What a run of before did to a set: the bytes of the files that it changed, before and after.
///
/// It is all that the way back needs beside the transformers: what an inverse does not bring back is in the bytes of before.
public struct RecordedRun: Sendable {
  public struct File: Sendable {
    public var path: String
    /// nil where the file was not there.
    public var before: [UInt8]?
    public var after: [UInt8]?

    public init(path: String, before: [UInt8]?, after: [UInt8]?) {
      self.path = path
      self.before = before
      self.after = after
    }
  }

  /// Names the run in messages.
  public var name: String
  /// The transformers that it ran, by their IDs, in order.
  public var chain: [String]
  public var files: [File]

  public init(name: String, chain: [String], files: [File]) {
    self.name = name
    self.chain = chain
    self.files = files
  }
}
