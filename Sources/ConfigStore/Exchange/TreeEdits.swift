internal import ConfigDocument

/// What other programs changed in one of two trees that share their files, since they were built.
///
/// A file that nobody replaced is the same inode in both; an edit in place shows in both by itself.
struct TreeEdits {
  let from: OpenDirectory
  let to: OpenDirectory
  /// What the run itself changed: files that it wrote or removed, directories that it removed.
  let own: Set<RelativePath>
  let run: RunID

  /// Makes the same changes in the other tree: files that were replaced, came or went.
  ///
  /// - Complexity: O(entries of both trees).
  func carry() throws(Diagnostic) {
    var pending = [RelativePath()]
    while let path = pending.popLast() {
      guard let from = try from.directory(at: path) else { continue }
      var to = try to.directory(at: path)
      let names = try from.entries()
      for name in names {
        let entry = path.appending(name)
        guard entry != RelativePath([.stateDirectory]), let status = try from.status(of: name) else { continue }
        let other = try to?.status(of: name)
        if status.kind == .directory {
          pending.append(entry)
          // A directory that the run removed is made again only where something has to go into it.
          if other == nil, !own.contains(entry) { _ = try makeDirectory(entry) }
        } else if !own.contains(entry), other.map({ FileIdentity($0) }) != FileIdentity(status),
          other?.kind != .directory
        {
          let target = if let to { to } else { try makeDirectory(path) }
          to = target
          let beside = run.stagedName(for: name, index: 0)
          try target.removeFile(beside)
          try from.link(name, to: beside, in: target)
          try target.rename(beside, to: name)
        }
      }
      let present = Set(names)
      for name in try to?.entries() ?? [] where !present.contains(name) {
        let entry = path.appending(name)
        guard !own.contains(entry), entry != RelativePath([.stateDirectory]) else { continue }
        if try to?.status(of: name)?.kind != .directory { try to?.removeFile(name) }
      }
    }
  }

  private func makeDirectory(_ path: RelativePath) throws(Diagnostic) -> OpenDirectory {
    var directory = to
    for name in path.names { directory = try directory.makeSubdirectory(name, mode: 0o777, durably: false) }
    return directory
  }
}
