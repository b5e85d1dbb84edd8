/// What a document with edits looks like.
public struct Rendering: Sendable {
  /// A stretch of the source that was replaced. Where `source` is empty it is an insertion, where `replacement` is, a removal.
  public struct Change: Hashable, Sendable {
    /// Byte offsets in the source.
    public var source: Range<Int>
    /// Byte offsets in ``Rendering/bytes``.
    public var replacement: Range<Int>
    /// Who edited it.
    public var author: EditAuthor
  }

  public var bytes: [UInt8]
  /// In order, not overlapping; everything between is copied.
  public var changes: [Change]

  public init(bytes: [UInt8], changes: [Change]) {
    self.bytes = bytes
    self.changes = changes
  }

  /// A text that takes the place of another one as a whole.
  public init(replacing source: [UInt8], by bytes: [UInt8], author: EditAuthor) {
    let whole = Change(source: 0..<source.count, replacement: 0..<bytes.count, author: author)
    self.init(bytes: bytes, changes: source == bytes ? [] : [whole])
  }
}

extension Document {
  /// The bytes with all edits. Without edits they are the source.
  ///
  /// - Parameter verifying: whether the result is parsed again and compared with the edited document.
  /// - Throws: `internal-mismatch`, where the result does not read back as what was meant; nothing was written then.
  /// - Complexity: O(n).
  public func render(verifying: Bool = true) throws(Diagnostic) -> Rendering {
    guard hasEdits else { return Rendering(bytes: source, changes: []) }
    let rendering = Renderer.render(self)
    guard verifying else { return rendering }
    // Where the parts do not agree with what is meant, the whole text says what is wrong.
    if PartwiseRereading.verdict(on: rendering, of: self, upTo: 0.5) == true { return rendering }
    do throws(Diagnostic) { try verify(rendering.bytes) } catch {
      if error.code == .internalMismatch { throw error }
      throw Diagnostic(
        .internalMismatch, "the edited text is no longer valid (\(error.message)), so nothing is written",
        at: error.place, hint: "this is a fault of cfgmigrate; please report it with the file")
    }
    return rendering
  }

  /// Whether a rendering says what this document does.
  ///
  /// - Parameter byParts: whether only what changed is read; nil is said where that cannot be parted from the rest, and a no
  ///   does not hold for the whole.
  @_spi(Fuzzing)
  public func readsBack(_ rendering: Rendering, byParts: Bool) -> Bool? {
    if byParts { return PartwiseRereading.verdict(on: rendering, of: self) }
    do throws(Diagnostic) { try verify(rendering.bytes) } catch { return false }
    return true
  }

  /// Parses a rendering again and compares it with this document.
  private func verify(_ bytes: [UInt8]) throws(Diagnostic) {
    let json = format == .yaml ? nil : try Document(bytes, as: format, named: name)
    try self.bytes.withThrowingBuffer { own throws(Diagnostic) in
      var rereading = Rereading(of: roots, in: self, bytes: own)
      if let json {
        try rereading.read(json)
      } else {
        try bytes.withThrowingBuffer { bytes throws(Diagnostic) in
          try YAMLEvents.read(bytes, named: name, into: &rereading)
        }
      }
      try rereading.finish()
    }
  }
}
