internal import ConfigDocument
internal import Synchronization

/// Changes that were held against the disk: every file is what it was expected to be, and what each becomes is known.
/// Nothing is written yet. Of the bytes that were read, some are held, so that they need not be read again to be backed up.
struct CheckedChanges: Sendable {
  /// Where the new bytes of a file come from.
  enum Source: Sendable {
    case bytes(NewBytes)
    /// They are in the object store, under the digest of the state after.
    case stored
    /// They are those of another file, which gets this name.
    case file(RelativePath)
  }

  /// One file that will change.
  struct Item: Sendable {
    var transition: FileTransition
    /// nil where the file is removed.
    var source: Source?
    var new = NewFile()
    /// The file's bytes of before the run, where they are held.
    var old: [UInt8]?
    /// The file as it was looked at, to see whether somebody replaced it since.
    var seen: FileStatus?
    /// The file that the new one takes its attributes from, by which hard links are known.
    var origin: FileIdentity?
    /// The item whose new file this one becomes another name of.
    var leader: Int?
  }

  /// Files that get new bytes first, then files that are removed; each by path.
  private(set) var items: [Item] = []
  /// Missing directories on the way to new files, outer ones first.
  private(set) var missingDirectories: [RelativePath] = []

  /// - Parameters:
  ///   - time: The time of change of files that get new bytes.
  ///   - mask: What files that come to be are not allowed.
  /// - Throws: `drift`, `outside-directory`, `conflicting-changes`, or what reading throws.
  init(_ targets: [FileTarget], in root: OpenDirectory, at time: Timestamp, mask: UInt32) throws(Diagnostic) {
    let room = Room(bytes: Self.heldBytes)
    let looks = try ConcurrentWork.map(targets.count) { (range) throws(Diagnostic) in
      var parents = ParentDirectories(below: root)
      var looks: [Look] = []
      for target in targets[range] { looks.append(try Look(target, &parents, room)) }
      return looks
    }
    var claimed: Set<RelativePath> = []
    for (target, look) in zip(targets, looks) {
      guard claimed.insert(look.path).inserted else {
        throw Diagnostic(
          .conflictingChanges, "two changes speak of \(look.path)", hint: "Make them one change")
      }
      let item = Item(target, look, at: time, mode: 0o666 & ~mask)
      if item.changesSomething(asked: target.outcome) { items.append(item) }
      if item.source != nil { try findMissingDirectories(to: look.path, in: root) }
    }
    try joinHardLinks(in: root)
    items.sort { left, right in
      let (leaves, stays) = (left.source == nil, right.source == nil)
      return leaves == stays ? left.transition.path < right.transition.path : !leaves
    }
    nameLeaders()
  }

  /// How many bytes of files are held, at most.
  private static let heldBytes = 32 << 20

  private mutating func findMissingDirectories(to path: RelativePath, in root: OpenDirectory) throws(Diagnostic) {
    guard path.names.count > 1 else { return }
    var directory: OpenDirectory? = root
    var here = RelativePath()
    for name in path.names.dropLast() {
      here = here.appending(name)
      directory = try directory?.subdirectoryIfPresent(name)
      if directory == nil, !missingDirectories.contains(here) { missingDirectories.append(here) }
    }
  }
}

// MARK: - hard links

extension CheckedChanges {
  /// Names of one file change together, so that they stay one file.
  /// - Throws: `outside-directory` where a file has names that are not in the directory; `conflicting-changes`.
  private mutating func joinHardLinks(in root: OpenDirectory) throws(Diagnostic) {
    var groups: [FileIdentity: [Int]] = [:]
    for (index, item) in items.enumerated() {
      if let origin = item.origin, item.source != nil { groups[origin, default: []].append(index) }
    }
    guard !groups.isEmpty else { return }
    let names = try root.names(of: Set(groups.keys))
    let known = Set(items.map(\.transition.path))
    for (identity, members) in groups.sorted(by: { $0.value[0] < $1.value[0] }) {
      let first = items[members[0]]
      let inside = names[identity]?.paths ?? []
      let total = names[identity]?.links ?? inside.count
      guard inside.count >= total else {
        throw Diagnostic(
          .outsideDirectory,
          "\(first.transition.path) has \(total - inside.count) more name\(total - inside.count == 1 ? "" : "s") outside \(root.path) (hard links), which would keep the old text",
          hint: "Make it a file of its own: cp -p FILE FILE.new && mv FILE.new FILE")
      }
      for member in members.dropFirst() where items[member].transition.after?.digest != first.transition.after?.digest {
        throw Diagnostic(
          .conflictingChanges,
          "\(first.transition.path) and \(items[member].transition.path) are one file (hard links), and are to become different",
          hint: "Make them files of their own, or change both alike")
      }
      for path in inside where !known.contains(path) {
        var other = first
        other.transition.path = path
        other.transition.before =
          items[members.first { items[$0].transition.before != nil } ?? members[0]]
          .transition.before
        other.old = nil
        items.append(other)
      }
    }
  }

  /// Says of each further name of a file which item's new file it joins.
  private mutating func nameLeaders() {
    let isAnyJoined = items.contains { item in
      item.origin != nil || item.transition.after?.joined != nil || (item.seen?.links ?? 1) > 1
    }
    guard isAnyJoined else { return }
    var new: [Joint: Int] = [:]
    var old: [FileIdentity: RelativePath] = [:]
    for (position, item) in items.enumerated() {
      let path = item.transition.path
      if let seen = item.seen, seen.links > 1 {
        items[position].transition.before?.joined = old[FileIdentity(seen)]
        if old[FileIdentity(seen)] == nil { old[FileIdentity(seen)] = path }
      }
      guard let after = item.transition.after else { continue }
      let joint = Joint(
        origin: item.origin, path: item.origin == nil ? after.joined ?? path : nil, digest: after.digest)
      items[position].leader = new[joint]
      let first = new[joint].map { items[$0].transition.path }
      items[position].transition.after?.joined = first
      if new[joint] == nil { new[joint] = position }
    }
  }

  /// What items have in common whose new files are one.
  private struct Joint: Hashable {
    var origin: FileIdentity?
    var path: RelativePath?
    var digest: Digest
  }
}

// MARK: - one target

/// What one target found on disk.
private struct Look: Sendable {
  struct File: Sendable {
    var state: FileState
    var status: FileStatus
    var bytes: [UInt8]?

    init(_ contents: FileContents, holdingBytesIn room: Room) {
      state = FileState(contents)
      status = contents.status
      bytes = room.take(contents.bytes.count) ? contents.bytes : nil
    }
  }

  var path: RelativePath
  var current: File?
  var origin: (path: RelativePath, file: File?)?
  var new: (digest: Digest, size: Int)?

  init(_ target: FileTarget, _ parents: inout ParentDirectories, _ room: Room) throws(Diagnostic) {
    let found = try parents.file(behind: target.path)
    path = found.path
    guard path.name != nil, !path.names.contains(where: \.isOfStore) else {
      throw Diagnostic(
        .outsideDirectory, "\(path) is no file of the configuration",
        hint: "The directories .git and .cfgmigrate are never migrated")
    }
    current = found.contents.map { File($0, holdingBytesIn: room) }
    try target.check(against: current?.state.digest, at: path)
    if let wanted = target.outcome?.origin {
      if wanted == target.path {
        origin = (path, current)
      } else {
        let found = try parents.file(behind: wanted)
        origin = (found.path, found.contents.map { File($0, holdingBytesIn: room) })
      }
    }
    if let bytes = try target.outcome?.bytes?.bytes() { new = (Digest(of: bytes), bytes.count) }
  }
}

/// How many more bytes may be held.
private final class Room: Sendable {
  private let left: Atomic<Int>

  init(bytes: Int) { left = Atomic(bytes) }

  /// - Returns: whether there was room for that many.
  func take(_ count: Int) -> Bool {
    guard left.subtract(count, ordering: .relaxed).newValue < 0 else { return true }
    left.add(count, ordering: .relaxed)
    return false
  }
}

extension CheckedChanges.Item {
  fileprivate init(_ target: FileTarget, _ look: Look, at time: Timestamp, mode: UInt32) {
    let before = look.current?.state
    seen = look.current?.status
    old = look.current?.bytes
    transition = FileTransition(look.path, from: before, to: nil)
    guard let outcome = target.outcome else { return }
    let model = look.origin?.file
    let digest: Digest
    let size: Int
    if let bytes = outcome.bytes, let new = look.new {
      (source, digest, size) = (.bytes(bytes), new.digest, new.size)
    } else if let stored = outcome.stored {
      (source, digest, size) = (.stored, stored.digest, stored.size)
    } else if let model, let path = look.origin?.path {
      (source, digest, size) = (.file(path), model.state.digest, model.state.size)
    } else {
      return
    }
    let old = model?.state.attributes
    new.ownership = outcome.ownership ?? old.map { FileOwnership(owner: $0.owner, group: $0.group) }
    new.mode = outcome.mode ?? old?.mode
    new.isOrdinary = new.mode == nil
    // A file that only gets another name was not modified.
    let kept = outcome.bytes == nil && outcome.stored == nil ? old?.modified : nil
    new.modified = outcome.modified ?? kept
    new.extended = outcome.stored?.extended ?? model?.state.extended
    if let status = model?.status, status.links > 1 { origin = FileIdentity(status) }
    transition.after = FileState(
      digest: digest, size: size,
      attributes: FileAttributes(
        mode: new.mode ?? mode, owner: new.ownership?.owner ?? 0, group: new.ownership?.group ?? 0,
        modified: new.modified ?? time),
      extended: new.extended ?? [], joined: outcome.stored?.joined)
  }

  /// A file whose bytes stay is left alone, unless attributes of its were asked to change.
  fileprivate func changesSomething(asked outcome: FileTarget.Outcome?) -> Bool {
    guard let before = transition.before, let after = transition.after else { return true }
    return before.digest != after.digest || before.attributes.mode != after.attributes.mode
      || (before.attributes.owner, before.attributes.group) != (after.attributes.owner, after.attributes.group)
      || (outcome?.modified != nil && before.attributes.modified != after.attributes.modified)
      || (outcome?.stored != nil && before.extended != after.extended)
  }
}

extension FileTarget {
  /// - Throws: `drift` where the file is not what was expected.
  fileprivate func check(against current: Digest?, at path: RelativePath) throws(Diagnostic) {
    switch (expectation, current) {
    case (.absent, .some):
      throw drifted("\(path) exists already, and nothing was expected there")
    case (.digest, nil):
      throw drifted("\(path) is gone")
    case (.digest(let digest), .some(let current)):
      if current != digest { throw drifted("\(path) has changed since the change was planned") }
    case (.anything, nil):
      if outcome == nil || outcome?.origin == self.path { throw drifted("\(path) is gone") }
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
      digest: Digest(of: contents.bytes), size: contents.bytes.count, attributes: contents.status.attributes,
      extended: contents.extended)
  }
}
