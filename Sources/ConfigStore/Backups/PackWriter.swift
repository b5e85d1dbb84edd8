internal import ConfigDocument
internal import Synchronization
internal import SystemPackage

/// Puts objects into the pack of one run, from several threads. What is stored already, here or elsewhere, is not stored again.
///
/// The pack has its name when it is whole, after ``finish()``. Nothing is there before more was stored than is collected
/// in memory.
final class PackWriter: Sendable {
  private let store: ObjectStore
  private let name: FileName
  private let unfinished: FileName
  /// Whether what is in the pack already stays in it.
  private let isAdding: Bool
  private let state = Mutex(State())

  private struct State {
    /// Which objects are being stored here, or were.
    var claimed: Set<Digest> = []
    var entries: [ObjectPack.Entry] = []
    /// Bytes that are not written yet.
    var buffer: [UInt8] = []
    /// How many were written.
    var written = 0
    var descriptor: FileDescriptor?
    /// Whether a pack with this name is there.
    var replacesOther = false
  }

  /// How many bytes are collected before they are written. More would be memory that the system has to make for them.
  private static let bufferLimit = 1 << 16

  /// For the objects that a run adds to those that are stored.
  convenience init(for run: RunID, in store: ObjectStore) {
    self.init(.pack(of: run), isAdding: true, in: store)
  }

  /// For a pack that takes the place of another one, and holds what is stored here and nothing else.
  convenience init(rewriting pack: ObjectPack, in store: ObjectStore) {
    self.init(pack.name, isAdding: false, in: store)
  }

  private init(_ name: FileName, isAdding: Bool, in store: ObjectStore) {
    self.store = store
    self.name = name
    self.isAdding = isAdding
    unfinished = OpenDirectory.unfinishedName(of: name)
  }

  deinit { state.withLock { if let descriptor = $0.descriptor { store.directory.fileSystem.close(descriptor) } } }

  /// Keeps the bytes, unless they are kept already, and reads them again. They are durable after ``finish()`` and a sync of the file system.
  func store(_ bytes: [UInt8], as digest: Digest) throws(Diagnostic) {
    guard state.withLock({ $0.claimed.insert(digest).inserted }) else { return }
    if isAdding, try store.holds(bytes, as: digest) { return }
    try state.withLock { state throws(Diagnostic) in try add(bytes, as: digest, &state) }
  }

  /// What was stored, if it is so little that no pack was begun: whoever takes it writes it elsewhere, and needs no pack.
  func held() -> HeldObjects? {
    state.withLock { state in
      state.descriptor == nil ? HeldObjects(entries: state.entries, bytes: state.buffer) : nil
    }
  }

  /// Makes the pack take its name, if anything was stored. Its bytes are durable when the file system was synced; where it takes
  /// the place of an older one, they are at once.
  func finish() throws(Diagnostic) {
    try state.withLock { state throws(Diagnostic) in
      guard !state.entries.isEmpty else { return }
      let directory = store.directory
      if try directory.status(of: name) != nil { try takeOver(&state) }
      PackText.append(state.entries, to: &state.buffer)
      try flush(&state)
      guard let descriptor = state.descriptor else { return }
      if state.replacesOther {
        try directory.attempt(.sync, name) { () throws(Errno) in try directory.fileSystem.sync(descriptor) }
      }
      try directory.rename(unfinished, to: name)
      if state.replacesOther { try directory.sync() }
      store.forget()
    }
  }

  /// Removes what was written so far.
  func abandon() throws(Diagnostic) { try store.directory.removeFile(unfinished) }

  private func begin() throws(Diagnostic) -> FileDescriptor {
    let directory = store.directory
    // One that was cut off.
    try directory.removeFile(unfinished)
    do throws(Errno) {
      return try directory.fileSystem.open(unfinished, in: directory.descriptor, for: .creating(mode: 0o600))
    } catch {
      throw Diagnostic(error, .create, directory.path(of: name))
    }
  }

  /// Lets the pack take the place of the one that is there.
  private func takeOver(_ state: inout State) throws(Diagnostic) {
    let list = try store.list()
    if list.unreadable.contains(name) {
      // Somebody may still be able to read it.
      return try store.directory.rename(name, to: name.ofDamaged)
    }
    state.replacesOther = true
    guard isAdding else { return }
    let stored = Set(state.entries.map(\.digest))
    for pack in list.packs where pack.name == name {
      for entry in pack.entries where !stored.contains(entry.digest) {
        guard let bytes = try store.read(.pack(name, entry)), Digest(of: bytes) == entry.digest else { continue }
        try add(bytes, as: entry.digest, &state)
      }
    }
  }

  private func add(_ bytes: [UInt8], as digest: Digest, _ state: inout State) throws(Diagnostic) {
    state.entries.append(
      ObjectPack.Entry(digest: digest, offset: state.written + state.buffer.count, length: bytes.count))
    if bytes.count < Self.bufferLimit {
      state.buffer += bytes
      if state.buffer.count >= Self.bufferLimit { try flush(&state) }
    } else {
      try flush(&state)
      try write(bytes, &state)
    }
  }

  private func flush(_ state: inout State) throws(Diagnostic) {
    guard !state.buffer.isEmpty else { return }
    try write(state.buffer, &state)
    state.buffer.removeAll(keepingCapacity: true)
  }

  private func write(_ bytes: [UInt8], _ state: inout State) throws(Diagnostic) {
    if state.descriptor == nil { state.descriptor = try begin() }
    guard let descriptor = state.descriptor else { return }
    let directory = store.directory
    try directory.attempt(.write, name) { () throws(Errno) in try directory.fileSystem.writeAll(bytes, to: descriptor) }
    try directory.check(unfinished, holds: bytes[...], at: state.written, shownAs: name)
    state.written += bytes.count
  }
}
