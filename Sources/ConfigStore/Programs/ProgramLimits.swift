/// What a program that a transformer starts may use.
struct ProgramLimits: Sendable {
  /// For one answer, in milliseconds.
  var milliseconds: Int
  /// For one answer, in bytes.
  var output: Int
  /// Address space, in bytes; nil for no limit.
  var memory: Int64?
  /// How much it may write to a file, in bytes; nil for no limit.
  var fileSize: Int64?
  /// Processor time of its whole life, in seconds; nil for no limit.
  var processorSeconds: Int64?
  /// How much of what it says on standard error is kept, in bytes.
  var complaint = 8_192
  /// Whether the last of what it says is kept, and the rest dropped, where it says more than that; else it is ended.
  var keepsTail = false
  /// Whether it, and what it started, end with this process, however that ends.
  var diesWithParent = false

  /// One co-process evaluates one expression for a whole plan. It writes no file, and ends by itself should this process
  /// be killed while it computes.
  static let jq = ProgramLimits(
    milliseconds: 5_000, output: 16 << 20, memory: 512 << 20, fileSize: 0, processorSeconds: 600)
}
