internal import ConfigDocument

/// The tree that an exchange put aside: the old one of the run before, kept for those who still read it, or a new one
/// that did not come to be used.
struct OldTree {
  private let place: DirectoryPlace
  private let state: StateDirectory

  init(_ place: DirectoryPlace, _ state: StateDirectory) {
    self.place = place
    self.state = state
  }

  /// Says, durably, under which name there will be one.
  func note(_ name: FileName) throws(Diagnostic) {
    try state.directory.replaceDurably(.oldTree, with: name.bytes)
  }

  /// Removes the tree, if there is one.
  func remove() throws(Diagnostic) {
    guard let note = try state.directory.readIfPresent(.oldTree) else { return }
    if let name = FileName(note.bytes) { try removeTree(name) }
    try state.directory.removeFile(.oldTree)
  }

  /// Nothing is removed that has a state of its own, or says that it is the twin of another directory.
  private func removeTree(_ name: FileName) throws(Diagnostic) {
    guard RunID(ofStagedFile: name) != nil, let (parent, own) = try place.parent(),
      let tree = try parent.subdirectoryIfPresent(name)
    else { return }
    if let placeholder = try tree.subdirectoryIfPresent(.stateDirectory) {
      // A marker may be torn, or not there yet; but a directory that has a state of its own is no twin.
      guard try placeholder.status(of: .journal) == nil,
        (try? TwinMarker(in: placeholder)).map({ $0.other(than: name) == own }) ?? true
      else { return }
    }
    // Who still has it open and looks for its state may make that again, once.
    for _ in 0..<3 {
      try tree.removeContents()
      if try parent.removeEmptySubdirectory(name) { return }
    }
  }
}

extension FileName {
  /// Names the old tree, in the state directory.
  fileprivate static let oldTree = FileName(known: "old-tree")
}

extension OpenDirectory {
  /// Empties the directory and all below it.
  fileprivate func removeContents() throws(Diagnostic) {
    for name in try entries() {
      if try status(of: name)?.kind == .directory {
        try subdirectory(name).removeContents()
        try removeEmptySubdirectory(name)
      } else {
        try removeFile(name)
      }
    }
  }
}
