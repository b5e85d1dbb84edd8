extension Document {
  /// Makes this file mean what another one means, with few edits: comments, order, styles and spellings stay, and only what
  /// differs in meaning is written. The other file's own comments, order and layout count for nothing.
  ///
  /// Documents of a stream are paired by their number.
  ///
  /// - Throws: `streams-differ` where one has more documents; `alias-expansion`; `edit-refused`.
  public mutating func reconcile(with other: Document) throws(Diagnostic) {
    guard roots.count == other.roots.count else {
      throw Diagnostic(
        .streamsDiffer,
        "\(name) holds \(Self.count(of: roots)), and \(other.name) \(Self.count(of: other.roots)), so it is not known which is which",
        at: other.roots.last.map { other.place(of: $0) },
        hint: "split the two files at `---`, and reconcile each document by itself")
    }
    for (index, root) in roots.enumerated() {
      // A tree says where aliases multiply beyond all bounds, which a value would hide.
      _ = try ValueTree(self, root: index)
      try reconcile(root, with: try ValueTree(other, root: index).value())
    }
  }

  private static func count(of roots: [NodeID]) -> String {
    roots.count == 1 ? "1 document" : "\(roots.count) documents"
  }
}

extension Diagnostic.Code {
  /// Two streams that are to be reconciled have another number of documents.
  public static let streamsDiffer: Self = "streams-differ"
}
