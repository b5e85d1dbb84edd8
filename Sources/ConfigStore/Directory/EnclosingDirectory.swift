public import ConfigDocument

/// A file as a part of the configuration directory around it.
public struct FileOfDirectory: Hashable, Sendable {
  /// The directory, as the file's path names it.
  public var directory: String
  /// The file in it.
  public var file: RelativePath

  /// Finds the nearest directory above a file that has a history.
  /// - Throws: `unknown-run` where there is none.
  public init(of path: String) throws(Diagnostic) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    let isAbsolute = path.utf8.first == UInt8(ascii: "/")
    for count in stride(from: parts.count - 1, through: 0, by: -1) {
      let above = parts[..<count].joined(separator: "/")
      let directory = isAbsolute ? "/" + above : above.isEmpty ? "." : above
      guard let opened = try? OpenDirectory(directory), (try? StateDirectory(readingIn: opened)) != nil,
        let state = try? opened.subdirectoryIfPresent(.stateDirectory), state.path.isEmpty == false,
        let file = RelativePath(parts[count...].joined(separator: "/"))
      else { continue }
      self.directory = directory
      self.file = file
      return
    }
    throw Diagnostic(
      .unknownRun, "no directory above \(path) has been changed by cfgmigrate",
      hint: "There is nothing on record to look at")
  }
}
