/// One change of a transaction: what a file is to become, and what it must have been.
public struct FileChange: Hashable, Sendable {
  public enum Action: Hashable, Sendable {
    /// The file must not exist yet. Missing directories on the way are made.
    case create([UInt8])
    /// The file keeps its mode, owner and extended attributes; a link to it stays a link.
    case replace([UInt8])
    case remove
    /// The file gets another path, which must be free, and new bytes where they are given.
    case rename(to: RelativePath, contents: [UInt8]? = nil)
  }

  public var path: RelativePath
  public var action: Action
  /// The digest of the bytes that the change was decided on; nil where any will do. A file that is to be created must
  /// be absent in any case.
  public var expected: Digest?
  /// The mode of a file that is created; what the umask leaves of `0o666` where none is given.
  public var mode: UInt32?

  public init(_ action: Action, at path: RelativePath, expecting expected: Digest? = nil, mode: UInt32? = nil) {
    self.path = path
    self.action = action
    self.expected = expected
    self.mode = mode
  }
}

/// What a file is to become, said of one path: changes in the form that the transaction works on.
struct FileTarget {
  enum Expectation: Hashable {
    case absent
    case digest(Digest)
    case anything
  }

  /// The bytes and attributes of the file after the run.
  struct Outcome {
    /// nil where they are those of ``stored``, or else of ``origin``.
    var bytes: NewBytes?
    /// A state from a backup, whose bytes and extended attributes come back.
    var stored: FileState?
    /// What is nil is kept from the file before, or else is the default of a new file.
    var mode: UInt32?
    var ownership: FileOwnership?
    var modified: Timestamp?
    /// The file whose attributes, and bytes where there are no others, are taken over.
    var origin: RelativePath?
  }

  var path: RelativePath
  var expectation: Expectation
  /// nil where the file is removed.
  var outcome: Outcome?

  static func targets(of change: FileChange) -> [FileTarget] {
    let expectation = change.expected.map(Expectation.digest) ?? .anything
    switch change.action {
    case .create(let bytes):
      return [
        FileTarget(path: change.path, expectation: .absent, outcome: Outcome(bytes: .held(bytes), mode: change.mode))
      ]
    case .replace(let bytes):
      let outcome = Outcome(bytes: .held(bytes), mode: change.mode, origin: change.path)
      return [FileTarget(path: change.path, expectation: expectation, outcome: outcome)]
    case .remove:
      return [FileTarget(path: change.path, expectation: expectation, outcome: nil)]
    case .rename(let newPath, let bytes):
      let outcome = Outcome(bytes: bytes.map(NewBytes.held), mode: change.mode, origin: change.path)
      return [
        FileTarget(path: newPath, expectation: .absent, outcome: outcome),
        FileTarget(path: change.path, expectation: expectation, outcome: nil),
      ]
    }
  }
}
