package import ConfigDocument
internal import ConfigStore

/// A script whose statements commit one by one, and which is taken up where it was cut off.
///
/// What changes rows commits together with the position in the history, so that position is exact. What commits by itself is
/// announced before with the digest of the database's definitions; when nobody knows whether it came to its end, the
/// digest of now says so: where it is the same, nothing happened, where it differs, the statement did, since the lock keeps
/// other migrations away. Where a statement was refused and something has changed all the same, a person decides.
struct SteppedScript {
  private let script: ScriptRun
  private let session: any DatabaseSession
  private let start: Timestamp
  private var entry: HistoryEntry
  private var retries = 0
  private var notes: [String] = []

  init(_ run: ScriptRun) {
    script = run
    session = run.session
    start = run.migrator.environment.now()
    entry = run.begun ?? run.entry(startedAt: start)
  }

  private var statements: [SQLStatement] { script.statements }
  private var history: HistoryTable { script.settings.history }

  mutating func run() throws(Diagnostic) -> AppliedScript {
    var doing = Doing(note: "\(script.script.name.file), beginning")
    do throws(Interruption) {
      try attempt(&doing)
    } catch {
      session.rollback()
      switch error {
      case .diagnostic(let diagnostic): throw diagnostic
      case .database(let error):
        throw error.diagnostic(
          doing.note, on: script.migrator.database.name, at: doing.place(of: error, in: script.script))
      }
    }
    return AppliedScript(
      script: script.script.name.file, version: script.script.version, statements: statements.count,
      milliseconds: script.elapsed(since: start), retries: retries, notes: notes)
  }

  private mutating func attempt(_ doing: inout Doing) throws(Interruption) {
    do throws(DatabaseError) { try session.setLockTimeout(milliseconds: script.lockTimeout) } catch {
      throw .database(error)
    }
    if script.begun == nil {
      try script.ask(script.script.header.before, &doing)
      do throws(DatabaseError) { try history.insert(entry, in: session) } catch { throw .database(error) }
    } else {
      try takeUp(&doing)
    }
    while entry.position < statements.count {
      try script.tell(entry.position, &doing)
      try step(statements[entry.position])
    }
    try script.ask(script.script.header.after, &doing)
    do throws(DatabaseError) {
      entry.state = .done
      entry.milliseconds = script.elapsed(since: start)
      try session.begin()
      try history.update(entry, in: session)
      try script.markUndone()
      try session.commit()
    } catch { throw .database(error) }
  }

  // MARK: Taking up

  private mutating func takeUp(_ doing: inout Doing) throws(Interruption) {
    let file = script.script.name.file
    guard entry.position <= statements.count,
      ScriptRun.checksum(of: statements.prefix(entry.position)) == entry.positionChecksum
    else {
      throw .diagnostic(
        Diagnostic(
          .scriptChanged,
          "\(file) stopped behind statement \(entry.position), and what stands before that is not what ran",
          at: script.script.place(of: 0), hint: "Bring the statements that ran back; change only what is behind them"))
    }
    doing = Doing(note: "\(file), taking it up behind statement \(entry.position)")
    for statement in statements.prefix(entry.position) where statement.effect == .session {
      do throws(DatabaseError) { try session.run(statement.text) } catch { throw .database(error) }
    }
    notes.append("\(file) was taken up behind statement \(entry.position) of \(statements.count)")
    if let evidence = entry.evidence, entry.position < statements.count {
      try reconcile(statements[entry.position], with: evidence)
    }
    entry.checksum = script.script.checksum
    entry.script = file
    entry.state = .running
    entry.evidence = nil
    do throws(DatabaseError) { try history.update(entry, in: session) } catch { throw .database(error) }
  }

  /// Finds out whether the statement that was announced came to its end.
  private mutating func reconcile(_ statement: SQLStatement, with evidence: Digest) throws(Interruption) {
    let number = entry.position + 1
    let isSame: Bool
    do throws(DatabaseError) {
      if let removed = try session.clearRemains(of: statement) { notes.append(removed) }
      isSame = try definitions() == evidence
    } catch { throw .database(error) }
    switch (isSame, entry.state) {
    case (true, .running) where statement.effect == .opaque:
      throw .diagnostic(undecided(statement, "it leaves no trace in the definitions"))
    case (true, _):
      notes.append("statement \(number) had no effect: the definitions are those of before")
    case (false, .failed):
      throw .diagnostic(undecided(statement, "it was refused, and the definitions have changed all the same"))
    case (false, _):
      notes.append("statement \(number) had come to its end: the definitions are others than before")
      advance()
    }
  }

  private func undecided(_ statement: SQLStatement, _ reason: String) -> Diagnostic {
    Diagnostic(
      .statementUndecided,
      "nobody can say whether statement \(entry.position + 1) of \(script.script.name.file) was done: \(reason)",
      at: script.script.place(of: statement.range.lowerBound, count: statement.range.count),
      hint: "Look at the database, then say `done` or `absent` with `upgrade data settle`")
  }

  // MARK: One statement

  private mutating func step(_ statement: SQLStatement) throws(Interruption) {
    var attempt = 1
    while true {
      do throws(DatabaseError) {
        try once(statement)
        return
      } catch {
        session.rollback()
        guard error.kind == .lockTimeout, attempt < script.settings.attempts, !script.migrator.isStopped() else {
          try? recordRefusal(error)
          throw .database(error)
        }
        attempt += 1
        retries += 1
        do throws(DatabaseError) {
          if let removed = try session.clearRemains(of: statement) { notes.append(removed) }
        } catch { throw .database(error) }
        script.migrator.environment.sleep(script.settings.pause(after: attempt - 1, in: script.migrator.environment))
      }
    }
  }

  private mutating func once(_ statement: SQLStatement) throws(DatabaseError) {
    switch statement.effect {
    case .transactional, .transactionControl:
      let before = entry
      do throws(DatabaseError) {
        try session.begin()
        try session.run(statement.text)
        advance()
        try history.update(entry, in: session)
        try session.commit()
      } catch {
        // The position is in the transaction that is gone.
        entry = before
        throw error
      }
    case .session:
      try session.run(statement.text)
      advance()
      try history.update(entry, in: session)
    case .standalone, .opaque:
      entry.evidence = try definitions()
      entry.state = .running
      try history.update(entry, in: session)
      if statement.isPatient { try session.setLockTimeout(milliseconds: 0) }
      try session.run(statement.text)
      if statement.isPatient { try session.setLockTimeout(milliseconds: script.lockTimeout) }
      advance()
      try history.update(entry, in: session)
    }
  }

  private mutating func advance() {
    entry.position += 1
    entry.positionChecksum = ScriptRun.checksum(of: statements.prefix(entry.position))
    entry.evidence = nil
    entry.state = .running
  }

  /// A statement that the server refused is known not to be done; of one that was cut off nothing is known.
  private mutating func recordRefusal(_ error: DatabaseError) throws(DatabaseError) {
    switch error.kind {
    case .connectionLost, .unreachable: return
    case .lockTimeout, .diskFull, .stopped, .other: break
    }
    entry.state = .failed
    try history.update(entry, in: session)
  }

  private func definitions() throws(DatabaseError) -> Digest {
    Digest(of: try session.catalog(without: history.name).flatMap { Array($0.utf8) + [0x0A] })
  }
}

extension Diagnostic.Code {
  /// A statement that commits by itself was cut off, and the evidence does not say what became of it.
  package static let statementUndecided: Self = "statement-undecided"
}
