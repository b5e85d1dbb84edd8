public import ConfigDocument

/// Parses `text`, lets `edit` work on it, and gives the rendered text, verified.
public func edited(
  _ text: String, as format: DocumentFormat = .yaml, _ edit: (inout Document) throws -> Void
) throws -> String {
  var document = try Document(Array(text.utf8), as: format, named: "file")
  try edit(&document)
  return String(decoding: try document.render().bytes, as: UTF8.self)
}

extension Document {
  /// The node at a pointer that must be there.
  public subscript(_ pointer: String, root root: Int = 0) -> NodeID {
    guard let parsed = Pointer(parsing: pointer), let node = node(at: parsed, root: root) else {
      fatalError("no node at \(pointer)")
    }
    return node
  }
}
