internal import ConfigDocument

/// Which file it is, whatever names it has.
struct FileIdentity: Hashable {
  var device: UInt64
  var inode: UInt64

  init(_ status: FileStatus) {
    device = status.device
    inode = status.inode
  }
}

extension OpenDirectory {
  /// The names that files have in this directory and below, by path, and how many names they have in all.
  /// - Complexity: O(entries of the directory).
  func names(
    of files: Set<FileIdentity>
  ) throws(Diagnostic) -> [FileIdentity: (paths: [RelativePath], links: Int)] {
    var found: [FileIdentity: (paths: [RelativePath], links: Int)] = [:]
    var pending = [RelativePath()]
    while let path = pending.popLast() {
      guard let directory = try directory(at: path) else { continue }
      for name in try directory.entries() where !name.isOfStore {
        guard let status = try directory.status(of: name) else { continue }
        if status.kind == .directory {
          pending.append(path.appending(name))
        } else if files.contains(FileIdentity(status)) {
          found[FileIdentity(status), default: ([], 0)].paths.append(path.appending(name))
          found[FileIdentity(status)]?.links = status.links
        }
      }
    }
    return found.mapValues { (paths: $0.paths.sorted(), links: $0.links) }
  }
}
