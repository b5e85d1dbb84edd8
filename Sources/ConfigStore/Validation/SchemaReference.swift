public import ConfigDocument
internal import SystemPackage

/// A schema as somebody names it: a path, or a URI.
public struct SchemaReference: Hashable, Sendable {
  /// As it is written.
  public let text: String
  /// The path, where it is one; from the directory in which it was written.
  let path: String?
  /// Where it is named; nil where the command line does.
  let place: SourcePlace?

  /// - Parameter file: the file that names it, whose directory a relative path starts from; nil for the command line.
  public init(_ text: String, from file: String? = nil, place: SourcePlace? = nil) {
    self.text = text
    self.place = place
    if text.hasPrefix("file://") {
      path = String(text.dropFirst(7))
    } else if text.contains("://") || text.hasPrefix("urn:") {
      path = nil
    } else {
      let folder = FilePath(file ?? "").removingLastComponent()
      path = text.hasPrefix("/") || folder.isEmpty ? text : ProductFiles.normalized(folder.string + "/" + text)
    }
  }

  /// The URI from which the schema's relative references start.
  var uri: String {
    guard let path else { return text }
    let real = ProductFiles.real(path)
    return "file://" + (real.hasPrefix("/") ? real : ProductFiles.real(".") + "/" + real)
  }
}
