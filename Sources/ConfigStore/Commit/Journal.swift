internal import ConfigDocument
internal import SystemPackage

/// `journal/<run>.json`: the write-ahead record of a run that is not complete. There is one only while a run goes on,
/// or after one was cut off.
struct Journal: Sendable {
  /// How far the run came, which says what `recover` does.
  ///
  /// It is part of the file's name, so that the next state begins in one instant and needs nothing written.
  enum State: String, CaseIterable {
    /// New bytes are put beside the old ones, in directories that the run makes or in a tree of its own; the old ones stand. Recovery
    /// removes what was put there.
    case staging
    /// Everything new is durable, and takes its place. Recovery goes on with that. Where the text is not whole, the run was still
    /// preparing that (``FoundJournal/torn(_:_:)``).
    case committing
    /// Something went wrong, and the old bytes come back. Recovery goes on with that.
    case undoing
  }

  var state: State
  /// What the ledger will say.
  var record: LedgerRecord
  /// Files that get new bytes first, then files that are removed, so that a file that moves is never nowhere.
  var transitions: [FileTransition]
  /// Outer ones first.
  var createdDirectories: [RelativePath]
  /// Directories to remove at the end if they are empty then: inner ones first.
  var removedDirectories: [RelativePath]

  /// Where the whole directory is exchanged: the tree beside it.
  var twin: Twin?

  /// What is kept beside the files that change, where the journal is the list of the backup too. Nil before that is known, and where the
  /// list is a file of its own.
  var backedUp: BackupContents?

  var run: RunID { record.run }

  /// The directories that change, each once.
  var changedDirectories: [RelativePath] {
    var paths: Set<RelativePath> = []
    var last: RelativePath?
    // Neighbours mostly share a directory.
    for transition in transitions where transition.path.parent != last {
      last = transition.path.parent
      if let last { paths.insert(last) }
    }
    for path in createdDirectories { paths.formUnion([path, path.parent ?? path]) }
    return paths.sorted()
  }
}

extension Journal {
  /// The text of its file, a ``ChecksummedText``, so that one is known of which a power cut left only some.
  var bytes: [UInt8] {
    // With room for what is written behind it.
    let files = transitions.count + (backedUp?.kept.count ?? 0)
    var out = JSONWriter(capacity: 1_024 + files * 512 + (backedUp?.held.length ?? 0))
    out.object { out in
      out.format()
      if let backedUp {
        manifest(with: backedUp).write(to: &out)
      } else {
        out.member("files", transitions) { $1.write(to: &$0) }
        out.paths("created_directories", createdDirectories)
      }
      out.key("record")
      var brief = record
      // They are those of the transitions; and the digest of a list is not in it.
      (brief.files, brief.backup) = ([], nil)
      brief.write(to: &out)
      out.paths("removed_directories", removedDirectories)
      if let twin {
        out.key("exchange")
        out.object { twin.write(to: &$0) }
      }
      ChecksummedText.end(&out)
    }
    out.endLine()
    return out.bytes
  }

  private static func isWhole(_ line: [UInt8]) -> Bool {
    line.last == UInt8(ascii: "\n") && ChecksummedText.isWhole(line.dropLast())
  }

  private static let suffix = ".json"

  /// `<run>.json`, `<run>.committing.json`, `<run>.undoing.json`.
  private static func name(of run: RunID, _ state: State) -> FileName {
    FileName(known: run.text + (state == .staging ? "" : ".\(state.rawValue)") + suffix)
  }

  private static func parts(of name: FileName) -> (run: RunID, state: State)? {
    for state in State.allCases {
      let end = Array(((state == .staging ? "" : ".\(state.rawValue)") + suffix).utf8)
      guard name.bytes.count > end.count, name.bytes.suffix(end.count).elementsEqual(end) else { continue }
      if let run = RunID(String(decoding: name.bytes.dropLast(end.count), as: UTF8.self)) { return (run, state) }
    }
    return nil
  }

  /// Begins the run, before anything of it is done.
  ///
  /// - Parameter isDurable: Whether what it is going to do is written, and a power cut spares it. Else there is no more than the name,
  ///   that of ``State/committing``, and until ``complete(in:with:)`` the run may make nothing but files that are known by their names
  ///   alone.
  mutating func begin(in state: StateDirectory, durably isDurable: Bool) throws(Diagnostic) {
    if isDurable {
      try state.journal.replaceDurably(Self.name(of: run, self.state), with: bytes)
    } else {
      self.state = .committing
      try state.journal.create(Self.name(of: run, self.state), [], durably: false)
    }
  }

  /// Writes the text of a journal that was a name so far, as that of a list of the run's backup too, and behind it what has no pack.
  mutating func complete(in state: StateDirectory, with contents: BackupContents) throws(Diagnostic) {
    backedUp = contents
    var (name, text) = (Self.name(of: run, self.state), bytes)
    let end = text.endIndex
    contents.held.append(to: &text)
    try state.journal.append(text, to: name)
    try state.journal.check(name, holds: text[end...], at: end)
    record.backup = Digest(of: text[..<end])
  }

  /// Lists the backup: gives the journal its name there too, or, where the file system has no second names, makes a copy.
  func list(in state: StateDirectory) throws(Diagnostic) {
    try state.journal.linkOrCopy(Self.name(of: run, self.state), to: .of(run), in: try state.backups)
  }

  /// The list of the run's backup.
  func manifest(with contents: BackupContents) -> BackupManifest {
    BackupManifest(
      run: run, time: record.time, transitions: transitions, createdDirectories: createdDirectories,
      kept: contents.kept, links: contents.links, attachments: contents.attachments)
  }

  /// - Parameter isDurable: Whether the state is durable at once.
  mutating func enter(_ next: State, in state: StateDirectory, durably isDurable: Bool) throws(Diagnostic) {
    guard next != self.state else { return }
    try state.journal.rename(Self.name(of: run, self.state), to: Self.name(of: run, next))
    self.state = next
    if isDurable { try state.journal.sync() }
  }

  /// - Parameter isDurable: Whether it is gone for good at once.
  func remove(in state: StateDirectory, durably isDurable: Bool) throws(Diagnostic) {
    try state.journal.removeFile(Self.name(of: run, self.state))
    if isDurable { try state.journal.sync() }
  }

  private init?(_ value: Value, _ state: State) {
    guard let object = value.object, let record = object["record"].flatMap({ LedgerRecord($0) }),
      let files = object["files"]?.array?.map({ FileTransition($0) }), !files.contains(nil),
      let created = object["created_directories"]?.array?.map({ $0.object.flatMap { RelativePath($0) } }),
      let removed = object["removed_directories"]?.array?.map({ $0.object.flatMap { RelativePath($0) } }),
      !created.contains(nil), !removed.contains(nil)
    else { return nil }
    self.init(
      state: state, record: record, transitions: files.compactMap { $0 },
      createdDirectories: created.compactMap { $0 }, removedDirectories: removed.compactMap { $0 })
    self.record.files = transitions.map(LedgerRecord.File.init)
    if object["kept"] != nil {
      guard let manifest = BackupManifest(value) else { return nil }
      backedUp = BackupContents(kept: manifest.kept, links: manifest.links, attachments: manifest.attachments)
    }
    if let exchange = object["exchange"] {
      guard let twin = Twin(exchange) else { return nil }
      self.twin = twin
    }
  }

  /// The runs that are not complete.
  static func runs(in state: StateDirectory) throws(Diagnostic) -> [RunID] {
    try state.journal.entries().compactMap { parts(of: $0)?.run }
  }

  /// The journals of runs that are not complete, oldest first.
  static func all(in state: StateDirectory) throws(Diagnostic) -> [FoundJournal] {
    var journals: [FoundJournal] = []
    for name in try state.journal.entries() {
      guard let parts = parts(of: name), let contents = try state.journal.readIfPresent(name) else { continue }
      let line = ListText.line(of: contents.bytes)
      guard isWhole(line) else {
        journals.append(.torn(parts.run, parts.state))
        continue
      }
      let path = state.journal.path(of: name)
      guard let value = try? readJSON(line, named: path), let journal = Journal(value, parts.state) else {
        throw damaged(path)
      }
      journals.append(.whole(journal))
    }
    return journals
  }

  /// The error for a journal that was durable and does not read as one.
  static func damaged(_ path: String) -> Diagnostic {
    Diagnostic(
      .stateDamaged, "\(path) does not read as the journal of a run",
      hint: "Compare the files with the run's backup (`cfgmigrate backup show`), then remove the journal")
  }

  /// Where the journal of a run is, to show in messages.
  static func path(of run: RunID, _ found: State, in state: StateDirectory) -> String {
    state.journal.path(of: name(of: run, found))
  }
}

/// A journal as it was found.
enum FoundJournal {
  case whole(Journal)
  /// The process died while it wrote the text, or the power was cut before the text was durable. No file of the set was
  /// replaced then: that comes after the sync that makes the text durable.
  case torn(RunID, Journal.State)

  var run: RunID {
    switch self {
    case .whole(let journal): journal.run
    case .torn(let run, _): run
    }
  }
}
