internal import ConfigDocument
internal import SystemPackage

extension Run {
  /// Begins the new tree beside the directory, with nothing in it but who it belongs to.
  ///
  /// - Throws: `exchange-impossible`, with the reason.
  func makeTwin() throws(Diagnostic) -> Twin {
    guard let (parent, name) = try place.parent() else {
      throw ExchangeRefusal.diagnostic("its place in the directory above is not known, or is not UTF-8", root.path)
    }
    guard try parent.device() == root.device() else {
      throw ExchangeRefusal.diagnostic("it is a mount point", root.path)
    }
    guard try parent.status(of: name).map({ FileIdentity($0) }) == root.identity() else {
      throw ExchangeRefusal.diagnostic("it was moved since it was opened", root.path)
    }
    let twinName = journal.run.stagedName(for: name, index: 0)
    // First the note, so that whatever is left lying is found.
    try OldTree(place, state).note(twinName)
    do throws(Errno) {
      try root.fileSystem.makeDirectory(twinName, in: parent.descriptor, mode: 0o700)
    } catch {
      throw ExchangeRefusal.diagnostic(error, root.path)
    }
    let twin = try parent.subdirectory(twinName)
    let placeholder = try twin.makeSubdirectory(.stateDirectory, mode: 0o700, durably: false)
    // The same lock, so that nobody who comes while the state moves finds it free.
    try state.directory.link(.lock, to: .lock, in: placeholder)
    try TwinMarker(directory: name, name: twinName).write(in: placeholder)
    return Twin(directory: name, name: twinName, inode: try twin.identity().inode)
  }

  /// Fills the new tree: what does not change is the same file under a second name, the rest is written.
  mutating func build(_ twin: Twin, _ checked: CheckedChanges) throws(Diagnostic) {
    guard let tree = try exchangeSite(twin).beside else {
      throw Diagnostic(.noSuchFileOrDirectory, .open, root.path)
    }
    let changed = Set(journal.transitions.map(\.path))
    let directories = try link(root, into: tree, except: changed)
    for path in journal.createdDirectories {
      guard let (parent, name) = try tree.parent(of: path) else { continue }
      _ = try parent.makeSubdirectory(name, mode: 0o777, durably: false)
    }
    try write(checked, into: tree)
    for path in journal.removedDirectories {
      guard let (parent, name) = try tree.parent(of: path) else { continue }
      try parent.removeEmptySubdirectory(name)
    }
    let gone = (journal.createdDirectories + journal.removedDirectories).compactMap(\.parent)
    let touched = Set(changed.compactMap(\.parent) + gone)
    for path in directories.reversed() {
      guard let from = try root.directory(at: path), let to = try tree.directory(at: path) else { continue }
      try to.takeAttributes(of: from, modified: !touched.contains(path))
    }
  }

  /// Gives every file of a tree a second name in another one, but for those that change.
  /// - Returns: the directories, outer ones first.
  private func link(
    _ root: OpenDirectory, into tree: OpenDirectory, except changed: Set<RelativePath>
  ) throws(Diagnostic) -> [RelativePath] {
    let device = try root.device()
    var directories = [RelativePath()]
    var next = 0
    while next < directories.count {
      let path = directories[next]
      next += 1
      guard let from = try root.directory(at: path), let to = try tree.directory(at: path) else { continue }
      try to.takeInheritance(of: from)
      for name in try from.entries() {
        let entry = path.appending(name)
        guard entry != RelativePath([.stateDirectory]), !changed.contains(entry),
          let status = try from.status(of: name)
        else { continue }
        if status.kind == .directory {
          guard status.device == device else {
            throw ExchangeRefusal.diagnostic("another file system is mounted at \(entry)", root.path)
          }
          _ = try to.makeSubdirectory(name, mode: 0o700, durably: false)
          directories.append(entry)
        } else {
          do throws(Errno) {
            try from.fileSystem.link(name, in: from.descriptor, to: name, in: to.descriptor)
          } catch {
            throw ExchangeRefusal.diagnostic("\(entry) cannot be given a second name (\(error))", root.path)
          }
        }
      }
    }
    return directories
  }

  private mutating func write(_ checked: CheckedChanges, into tree: OpenDirectory) throws(Diagnostic) {
    let run = self
    let statuses = try ConcurrentWork.map(checked.items.count) { (range) throws(Diagnostic) in
      var parents = ParentDirectories(below: tree)
      var statuses: [FileStatus?] = []
      for item in checked.items[range] {
        guard let source = item.source, item.leader == nil, let (directory, name) = try parents.parent(of: item.path)
        else {
          statuses.append(nil)
          continue
        }
        let bytes = try run.bytes(of: source, for: item.transition)
        statuses.append(try directory.create(name, bytes, as: item.new, durably: false))
      }
      return statuses
    }
    var parents = ParentDirectories(below: tree)
    for (index, item) in checked.items.enumerated() {
      if let status = statuses[item.leader ?? index] {
        journal.transitions[index].after?.attributes = status.attributes
      }
      guard let leader = item.leader, let (directory, name) = try tree.parent(of: checked.items[leader].path),
        let (own, ownName) = try parents.parent(of: item.path)
      else { continue }
      try directory.link(name, to: ownName, in: own)
    }
  }
}

extension CheckedChanges.Item {
  var path: RelativePath { transition.path }
}

extension OpenDirectory {
  /// What new files get from their directory: the group, and the default ACL. The rights to the directory itself come when it is
  /// full, for they may forbid to make anything in it.
  fileprivate func takeInheritance(of other: OpenDirectory) throws(Diagnostic) {
    try attempt(.keepAttributes) { () throws(Errno) in
      let setgid: UInt32 = 0o2000
      let wanted = try fileSystem.status(of: other.descriptor).attributes
      let present = try fileSystem.status(of: descriptor).attributes
      if wanted.mode & setgid != 0 {
        if wanted.group != present.group {
          try fileSystem.setOwner(of: descriptor, to: present.owner, group: wanted.group)
        }
        try fileSystem.setMode(of: descriptor, to: 0o700 | setgid)
      }
      let inherited = try fileSystem.extendedAttributes(of: other.descriptor).filter {
        $0.name == ExtendedAttribute.defaultACL
      }
      try setExtended(inherited, of: descriptor)
    }
  }

  /// Mode, owner, extended attributes of another directory, and its time of change where that is wanted.
  fileprivate func takeAttributes(of other: OpenDirectory, modified: Bool) throws(Diagnostic) {
    try attempt(.keepAttributes) { () throws(Errno) in
      let wanted = try fileSystem.status(of: other.descriptor).attributes
      let present = try fileSystem.status(of: descriptor).attributes
      if (wanted.owner, wanted.group) != (present.owner, present.group) {
        try fileSystem.setOwner(of: descriptor, to: wanted.owner, group: wanted.group)
      }
      try setExtended(try fileSystem.extendedAttributes(of: other.descriptor), of: descriptor)
      try fileSystem.setMode(of: descriptor, to: wanted.mode)
      if modified { try fileSystem.setModified(of: descriptor, to: wanted.modified) }
    }
  }
}
