internal import ConfigDocument

/// Opens the directories that hold many files, and keeps the last one open: files are worked on in the order of paths.
struct ParentDirectories {
  let root: OpenDirectory
  private var last: (path: RelativePath, directory: OpenDirectory?)?

  init(below root: OpenDirectory) { self.root = root }

  /// The open directory that holds `path`, and the path's last name. No component may be a link.
  /// - Returns: nil where a directory on the way is missing.
  mutating func parent(of path: RelativePath) throws(Diagnostic) -> (directory: OpenDirectory, name: FileName)? {
    guard let name = path.name, let parent = path.parent else { return nil }
    if parent.names.isEmpty { return (root, name) }
    if last?.path != parent { last = (parent, try root.directory(at: parent)) }
    return last?.directory.map { ($0, name) }
  }

  /// The status of what is at a path, a link not followed; nil where there is nothing.
  mutating func status(of path: RelativePath) throws(Diagnostic) -> FileStatus? {
    guard let (directory, name) = try parent(of: path) else { return nil }
    return try directory.status(of: name)
  }

  /// The file at a path; nil where there is none.
  mutating func contents(
    at path: RelativePath, withAttributes: Bool = false
  ) throws(Diagnostic) -> FileContents? {
    guard let (directory, name) = try parent(of: path) else { return nil }
    return try directory.readIfPresent(name, withAttributes: withAttributes)
  }

  /// The real path behind `path`, as ``OpenDirectory/resolve(_:)`` finds it, and the file there with its attributes; nil where there is
  /// none.
  mutating func file(
    behind path: RelativePath
  ) throws(Diagnostic) -> (path: RelativePath, contents: FileContents?) {
    // A directory that is kept was reached through no link, and what is opened there without following one is none.
    if let parent = path.parent, parent.names.isEmpty || last?.path == parent && last?.directory != nil {
      do throws(Diagnostic) {
        return (path, try contents(at: path, withAttributes: true))
      } catch {
        guard error.code == .outsideDirectory else { throw error }
      }
    }
    let path = try root.resolve(path)
    return (path, try contents(at: path, withAttributes: true))
  }

  /// Forgets what is kept, after directories came or went.
  mutating func forget() { last = nil }
}

extension OpenDirectory {
  /// The directory at a path below this one; nil where it is missing. No component may be a link.
  func directory(at path: RelativePath) throws(Diagnostic) -> OpenDirectory? {
    var directory = self
    for name in path.names {
      guard let next = try directory.subdirectoryIfPresent(name) else { return nil }
      directory = next
    }
    return directory
  }

  /// The open directory that holds `path`, and the path's last name. No component may be a link.
  /// - Returns: nil where a directory on the way is missing.
  func parent(of path: RelativePath) throws(Diagnostic) -> (directory: OpenDirectory, name: FileName)? {
    var parents = ParentDirectories(below: self)
    return try parents.parent(of: path)
  }

  /// The file at a path without links; nil where there is none, or no directory for it.
  package func contents(at path: RelativePath, withAttributes: Bool = false) throws(Diagnostic) -> FileContents? {
    var parents = ParentDirectories(below: self)
    return try parents.contents(at: path, withAttributes: withAttributes)
  }
}
