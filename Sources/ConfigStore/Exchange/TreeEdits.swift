internal import ConfigDocument

/// What other programs changed in one of two trees that share their files, since they were built.
///
/// A file that nobody replaced is the same inode in both; an edit in place shows in both by itself.
struct TreeEdits {
  let from: OpenDirectory
  let to: OpenDirectory

  /// Makes the same changes in the other tree: files that were replaced, came or went.
  ///
  /// - Parameter paths: What the run itself changed.
  /// - Complexity: O(entries of both trees).
  func carry(except paths: Set<RelativePath>) throws(Diagnostic) {
    var pending: [(path: RelativePath, from: OpenDirectory, to: OpenDirectory)] = [(RelativePath(), from, to)]
    while let (path, from, to) = pending.popLast() {
      let names = try from.entries()
      for name in names {
        let entry = path.appending(name)
        guard !paths.contains(entry), entry != RelativePath([.stateDirectory]),
          let status = try from.status(of: name)
        else { continue }
        let other = try to.status(of: name)
        if status.kind == .directory {
          if let other, other.kind != .directory { try to.removeFile(name) }
          pending.append((entry, try from.subdirectory(name), try to.makeSubdirectory(name, mode: 0o777, durably: false)))
        } else if other.map({ FileIdentity($0) }) != FileIdentity(status), other?.kind != .directory {
          let beside = OpenDirectory.unfinishedName(of: name)
          try to.removeFile(beside)
          try from.link(name, to: beside, in: to)
          try to.rename(beside, to: name)
        }
      }
      let present = Set(names)
      for name in try to.entries() where !present.contains(name) {
        let entry = path.appending(name)
        guard !paths.contains(entry), entry != RelativePath([.stateDirectory]) else { continue }
        if try to.status(of: name)?.kind != .directory { try to.removeFile(name) }
      }
    }
  }
}
