internal import ConfigDocument

/// Objects that were removed, and the bytes that they had.
struct RemovedObjects: Hashable {
  var count = 0
  var bytes = 0

  fileprivate mutating func add(_ entries: [ObjectPack.Entry]) {
    count += entries.count
    bytes += entries.reduce(0) { $0 + $1.length }
  }
}

extension ObjectStore {
  /// Removes the pack that a run which did not come to its end has made: no other backup rests on it.
  func removePack(of run: RunID) throws(Diagnostic) {
    let name = FileName.pack(of: run)
    try directory.removeFile(OpenDirectory.unfinishedName(of: name))
    try directory.removeFile(name)
    forget()
  }

  /// Keeps what stands behind the lists of backups that are going to be removed, where another backup needs it: the list gets a
  /// further name, in `objects/`. Durable when it returns.
  ///
  /// - Returns: what goes with those lists behind which nothing is needed.
  func keepObjects(behindListsOf runs: [RunID], neededIn needed: Set<Digest>) throws(Diagnostic) -> RemovedObjects {
    let list = try list()
    let going = Set(runs)
    func isGoing(_ name: FileName) -> Bool { name.run.map(going.contains) == true }
    var removed = RemovedObjects()
    // What may stand behind one that cannot be read is kept like a pack that cannot be read.
    var keeping = list.unreadableLists.filter(isGoing)
    for pack in list.lists where isGoing(pack.name) {
      if pack.entries.contains(where: { needed.contains($0.digest) }) {
        keeping.append(pack.name)
      } else {
        removed.add(pack.entries)
      }
    }
    guard !keeping.isEmpty else { return removed }
    for name in keeping { try keepObjects(behind: name) }
    try directory.sync()
    return removed
  }

  private func keepObjects(behind name: FileName) throws(Diagnostic) {
    guard let run = name.run, let list = try lists.readIfPresent(name) else { return }
    // A list that was pruned before, and brought back from a copy, may hold what was cut away from the former one since.
    for number in 1... {
      let former = FileName.formerList(of: run, number: number)
      let present = try directory.readIfPresent(former)
      if present?.bytes == list.bytes { return }
      if present == nil { return try lists.linkOrCopy(name, to: former, in: directory) }
    }
  }

  /// Removes every file that holds nothing that a backup needs. Needs no room.
  @discardableResult
  func removeFiles(without needed: Set<Digest>) throws(Diagnostic) -> RemovedObjects {
    let list = try list()
    var removed = RemovedObjects()
    defer { forget() }
    try directory.removeUnfinishedFiles()
    for (name, digest) in list.files where !needed.contains(digest) {
      let size = try directory.status(of: name)?.size ?? 0
      guard try directory.removeFile(name) else { continue }
      removed.count += 1
      removed.bytes += size
    }
    for pack in list.packs where !pack.entries.contains(where: { needed.contains($0.digest) }) {
      if try directory.removeFile(pack.name) { removed.add(pack.entries) }
    }
    // What may be in a pack that cannot be read is given up only where nobody misses it.
    if needed.allSatisfy({ !list.locations(of: $0).isEmpty }) {
      for name in list.unreadable { try directory.removeFile(name) }
    }
    return removed
  }

  /// Removes every object that no backup needs. A pack that also holds others is written anew, and the new one takes its place
  /// when it is durable: cut off at any time, nothing is lost.
  func removeObjects(without needed: Set<Digest>) throws(Diagnostic) -> RemovedObjects {
    var removed = try removeFiles(without: needed)
    for pack in try list().packs {
      let gone = pack.entries.filter { !needed.contains($0.digest) }
      guard !gone.isEmpty || pack.beginsWithList, try rewrite(pack, keeping: needed) else { continue }
      removed.add(gone)
    }
    return removed
  }

  /// - Returns: false where the pack is damaged and left alone, for whoever wants to save what is left.
  private func rewrite(_ pack: ObjectPack, keeping needed: Set<Digest>) throws(Diagnostic) -> Bool {
    let writer = PackWriter(rewriting: pack, in: self)
    do throws(Diagnostic) {
      for entry in pack.entries where needed.contains(entry.digest) {
        guard let bytes = try read(.pack(pack.name, entry)), Digest(of: bytes) == entry.digest else {
          try writer.abandon()
          return false
        }
        try writer.store(bytes, as: entry.digest)
      }
      try writer.finish()
    } catch {
      try? writer.abandon()
      throw error
    }
    return true
  }
}
