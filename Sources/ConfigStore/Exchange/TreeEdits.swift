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
      guard let source = try from.directory(at: path) else { continue }
      let names = try source.entries()
      for name in names {
        if try carry(name, from: source, at: path) { pending.append(path.appending(name)) }
      }
      try removeAllBut(Set(names), at: path)
    }
  }

  /// Carries one entry over, if it is not the same in both trees.
  /// - Returns: whether it is a directory, to be looked into.
  private func carry(
    _ name: FileName, from source: OpenDirectory, at path: RelativePath
  ) throws(Diagnostic) -> Bool {
    let entry = path.appending(name)
    guard entry != RelativePath([.stateDirectory]), let status = try source.status(of: name) else { return false }
    let other = try to.directory(at: path)?.status(of: name)
    if status.kind == .directory {
      // A directory that the run removed is made again only where something has to go into it.
      if other == nil, !own.contains(entry) { _ = try makeDirectory(entry) }
      return true
    }
    let isSame = other.map { FileIdentity($0) } == FileIdentity(status)
    guard !own.contains(entry), !isSame, other?.kind != .directory else { return false }
    let target = try makeDirectory(path)
    let beside = run.stagedName(for: name, index: 0)
    try target.removeFile(beside)
    try source.link(name, to: beside, in: target)
    try target.rename(beside, to: name)
    return false
  }

  /// Removes the files of a directory that someone removed in the first tree.
  private func removeAllBut(_ present: Set<FileName>, at path: RelativePath) throws(Diagnostic) {
    guard let target = try to.directory(at: path) else { return }
    for name in try target.entries() where !present.contains(name) {
      let entry = path.appending(name)
      guard !own.contains(entry), entry != RelativePath([.stateDirectory]) else { continue }
      if try target.status(of: name)?.kind != .directory { try target.removeFile(name) }
    }
  }

  private func makeDirectory(_ path: RelativePath) throws(Diagnostic) -> OpenDirectory {
    var directory = to
    for name in path.names { directory = try directory.makeSubdirectory(name, mode: 0o777, durably: false) }
    return directory
  }
}
