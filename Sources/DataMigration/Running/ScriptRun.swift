package import ConfigDocument
internal import ConfigStore

/// One script on its way through a session.
struct ScriptRun {
  let script: MigrationScript
  let statements: [SQLStatement]
  /// The entry of an attempt that did not come to its end.
  let begun: HistoryEntry?
  /// The place in the history for a new entry.
  let rank: Int
  /// What the script takes back.
  var undone: HistoryEntry?
  let migrator: Migrator
  let session: any DatabaseSession
  let lock: any MigrationLock
  let progress: (start: Double, share: Double)

  var settings: MigrationSettings { migrator.settings }
  var lockTimeout: Int { script.header.lockTimeout ?? settings.lockTimeout }

  func perform() throws(Diagnostic) -> AppliedScript {
    let isWhole = migrator.database.rollsBackDefinitions && script.header.transaction == .script
    if isWhole { return try runWhole() }
    var stepped = SteppedScript(self)
    return try stepped.run()
  }

  // MARK: One transaction

  private func runWhole() throws(Diagnostic) -> AppliedScript {
    let start = migrator.environment.now()
    var retries = 0
    while true {
      var doing = Doing(note: "\(script.name.file), beginning")
      do throws(Interruption) {
        try wholeOnce(startedAt: start, &doing)
        return AppliedScript(
          script: script.name.file, version: script.version, statements: statements.count,
          milliseconds: elapsed(since: start), retries: retries, notes: [])
      } catch {
        session.rollback()
        switch error {
        case .diagnostic(let diagnostic): throw diagnostic
        case .database(let error):
          guard error.kind == .lockTimeout, retries + 1 < settings.attempts, !migrator.isStopped() else {
            throw error.diagnostic(doing.note, on: migrator.database.name, at: doing.place(of: error, in: script))
          }
          retries += 1
          migrator.report("\(doing.note): a lock is taken, attempt \(retries + 1) follows", nil)
          migrator.environment.sleep(settings.pause(after: retries, in: migrator.environment))
        }
      }
    }
  }

  private func wholeOnce(startedAt start: Timestamp, _ doing: inout Doing) throws(Interruption) {
    do throws(DatabaseError) {
      try session.setLockTimeout(milliseconds: lockTimeout)
      try session.begin()
    } catch { throw .database(error) }
    try ask(script.header.before, &doing)
    for index in statements.indices {
      try tell(index, &doing)
      do throws(DatabaseError) { try session.run(statements[index].text) } catch { throw .database(error) }
    }
    try ask(script.header.after, &doing)
    doing = Doing(note: "\(script.name.file), its entry in the history")
    do throws(DatabaseError) {
      var entry = entry(startedAt: start)
      entry.state = .done
      entry.position = statements.count
      entry.positionChecksum = Self.checksum(of: statements[...])
      entry.milliseconds = elapsed(since: start)
      if begun == nil {
        try settings.history.insert(entry, in: session)
      } else {
        try settings.history.update(entry, in: session)
      }
      try markUndone()
      try lock.confirm()
      try session.commit()
    } catch { throw .database(error) }
  }

  func markUndone() throws(DatabaseError) {
    guard var undone else { return }
    undone.state = .undone
    try settings.history.update(undone, in: session)
  }

  // MARK: Parts

  /// Asks what a script asserts.
  /// - Throws: `assertion-failed` with the answer.
  func ask(_ assertions: [ScriptHeader.Assertion], _ doing: inout Doing) throws(Interruption) {
    for assertion in assertions {
      doing = Doing(note: "\(script.name.file), asking `\(assertion.query)`", assertion: assertion.place)
      let rows: [[String?]]
      do throws(DatabaseError) { rows = try session.run(assertion.query) } catch { throw .database(error) }
      if rows.count == 1, rows[0].count == 1, let answer = rows[0][0], ["t", "1", "true"].contains(answer) { continue }
      let shown = rows.prefix(3).map { $0.map { $0 ?? "null" }.joined(separator: ", ") }.joined(separator: "; ")
      throw .diagnostic(
        Diagnostic(
          .assertionFailed,
          "`\(assertion.query)` is not true on \(migrator.database.name): the answer is \(rows.isEmpty ? "nothing" : shown)",
          at: assertion.place, hint: "Look at the data; the script is not run over what it does not expect"))
    }
  }

  func tell(_ index: Int, _ doing: inout Doing) throws(Interruption) {
    doing = Doing(
      note: "\(script.name.file), statement \(index + 1) of \(statements.count)", statement: statements[index])
    migrator.report(doing.note, progress.start + progress.share * Double(index) / Double(max(1, statements.count)))
    if migrator.isStopped() { throw .database(DatabaseError(.stopped, "it is not to go on")) }
    do throws(DatabaseError) { try lock.confirm() } catch { throw .database(error) }
  }

  func entry(startedAt start: Timestamp) -> HistoryEntry {
    let kind: HistoryEntry.Kind =
      switch script.name.kind {
      case .versioned: .versioned
      case .repeatable: .repeatable
      case .undo: .undo
      }
    return HistoryEntry(
      rank: begun?.rank ?? rank, kind: kind, version: script.version, script: script.name.file,
      checksum: script.checksum, phase: script.header.phase, state: .running, position: 0,
      positionChecksum: Self.checksum(of: []), run: settings.run, user: migrator.environment.user,
      startedAt: start.description)
  }

  func elapsed(since start: Timestamp) -> Int {
    let now = migrator.environment.now()
    return max(0, Int(now.seconds - start.seconds) * 1_000 + Int(now.nanoseconds - start.nanoseconds) / 1_000_000)
  }

  /// The digest of the texts of statements.
  static func checksum(of statements: ArraySlice<SQLStatement>) -> Digest {
    Digest(of: statements.flatMap { Array($0.text.utf8) + [0] })
  }
}

/// Why a script does not go on.
enum Interruption: Error {
  case database(DatabaseError)
  case diagnostic(Diagnostic)
}

/// What a script is at, for messages.
struct Doing {
  var note: String
  var statement: SQLStatement?
  var assertion: SourcePlace?

  func place(of error: DatabaseError, in script: MigrationScript) -> SourcePlace? {
    guard let statement else { return assertion }
    guard let offset = error.offset else {
      return script.place(of: statement.range.lowerBound, count: statement.range.count)
    }
    return script.place(of: statement.range.lowerBound + offset)
  }
}

extension Diagnostic.Code {
  /// What a script asserts before or after it is not true.
  package static let assertionFailed: Self = "assertion-failed"
}
