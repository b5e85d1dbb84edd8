internal import ConfigDocument

/// Changes that were held against the disk: every file is what it was expected to be, and what each becomes is known.
/// Nothing is written yet.
struct CheckedChanges {
  /// One file that will change.
  struct Item {
    var transition: FileTransition
    /// The bytes before; nil where there was no file.
    var oldBytes: [UInt8]?
    /// The bytes after; nil where the file is removed.
    var newBytes: [UInt8]?
    /// The file as it was looked at, to see whether somebody replaced it since.
    var seen: FileStatus?
    /// nil where a new file belongs to whom the system gives it.
    var ownership: FileOwnership?
    /// The file that extended attributes are taken from.
    var origin: RelativePath?
  }

  /// Files that get new bytes first, then files that are removed; each by path.
  private(set) var items: [Item] = []
  /// Missing directories on the way to new files, outer ones first.
  private(set) var missingDirectories: [RelativePath] = []

  /// - Parameter time: The time of change of files that get new bytes.
  /// - Throws: `drift`, `outside-directory`, `conflicting-changes`, or what reading throws.
  init(_ targets: [FileTarget], in root: OpenDirectory, at time: Timestamp) throws(Diagnostic) {
    let realPath = root.realPath()
    var claimed: Set<RelativePath> = []
    for var target in targets {
      target.path = try root.resolve(target.path, realPath: realPath)
      guard target.path.name != nil, !target.path.names.contains(where: \.isOfStore) else {
        throw Diagnostic(
          .outsideDirectory, "\(target.path) is no file of the configuration",
          hint: "The directories .git and .cfgmigrate are never migrated")
      }
      guard claimed.insert(target.path).inserted else {
        throw Diagnostic(
          .conflictingChanges, "two changes speak of \(target.path)", hint: "Make them one change")
      }
      let current = try root.contents(at: target.path)
      try target.check(against: current)
      var origin: FileContents?
      if let path = target.outcome?.origin {
        origin = path == target.path ? current : try root.contents(at: try root.resolve(path, realPath: realPath))
      }
      let item = Item(target, current: current, origin: origin, at: time)
      if item.changesSomething(asked: target.outcome) { items.append(item) }
      if item.newBytes != nil { try findMissingDirectories(to: target.path, in: root) }
    }
    items.sort { left, right in
      let (leaves, stays) = (left.newBytes == nil, right.newBytes == nil)
      return leaves == stays ? left.transition.path < right.transition.path : !leaves
    }
  }

  private mutating func findMissingDirectories(to path: RelativePath, in root: OpenDirectory) throws(Diagnostic) {
    var directory: OpenDirectory? = root
    var here = RelativePath()
    for name in path.names.dropLast() {
      here = here.appending(name)
      directory = try directory?.subdirectoryIfPresent(name)
      if directory == nil, !missingDirectories.contains(here) { missingDirectories.append(here) }
    }
  }
}

extension CheckedChanges.Item {
  fileprivate init(_ target: FileTarget, current: FileContents?, origin: FileContents?, at time: Timestamp) {
    let before = current.map { FileState($0) }
    oldBytes = current?.bytes
    seen = current?.status
    self.origin = origin == nil ? nil : target.outcome?.origin
    guard let outcome = target.outcome, let bytes = outcome.bytes ?? origin?.bytes else {
      transition = FileTransition(target.path, from: before, to: nil)
      return
    }
    newBytes = bytes
    let model = origin?.status.attributes
    ownership = outcome.ownership ?? model.map { FileOwnership(owner: $0.owner, group: $0.group) }
    // A file that only gets another name was not modified.
    let kept = outcome.bytes == nil ? model?.modified : nil
    let attributes = FileAttributes(
      mode: outcome.mode ?? model?.mode ?? 0o644, owner: ownership?.owner ?? 0, group: ownership?.group ?? 0,
      modified: outcome.modified ?? kept ?? time)
    transition = FileTransition(
      target.path, from: before,
      to: FileState(digest: Digest(of: bytes), size: bytes.count, attributes: attributes))
  }

  /// A file whose bytes stay is left alone, unless attributes of its were asked to change.
  fileprivate func changesSomething(asked outcome: FileTarget.Outcome?) -> Bool {
    guard let before = transition.before, let after = transition.after else { return true }
    return before.digest != after.digest || before.attributes.mode != after.attributes.mode
      || (before.attributes.owner, before.attributes.group) != (after.attributes.owner, after.attributes.group)
      || (outcome?.modified != nil && before.attributes.modified != after.attributes.modified)
  }
}

extension FileTarget {
  /// - Throws: `drift` where the file is not what was expected.
  fileprivate func check(against current: FileContents?) throws(Diagnostic) {
    switch (expectation, current) {
    case (.absent, .some):
      throw drifted("\(path) exists already, and nothing was expected there")
    case (.digest, nil):
      throw drifted("\(path) is gone")
    case (.digest(let digest), .some(let current)):
      if Digest(of: current.bytes) != digest { throw drifted("\(path) has changed since the change was planned") }
    case (.anything, nil):
      if outcome == nil || outcome?.origin == path { throw drifted("\(path) is gone") }
    case (.absent, nil), (.anything, .some): break
    }
  }

  private func drifted(_ message: String) -> Diagnostic {
    Diagnostic(.drift, message, hint: "Plan again, so that the plan is made of what is there now; nothing was changed")
  }
}

extension FileState {
  init(_ contents: FileContents) {
    self.init(
      digest: Digest(of: contents.bytes), size: contents.bytes.count, attributes: contents.status.attributes)
  }
}

extension OpenDirectory {
  /// The file at a path without links; nil where there is none, or no directory for it.
  func contents(at path: RelativePath) throws(Diagnostic) -> FileContents? {
    guard let (directory, name) = try parent(of: path) else { return nil }
    return try directory.readIfPresent(name)
  }
}
