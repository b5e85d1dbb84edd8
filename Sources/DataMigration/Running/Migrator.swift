package import ConfigDocument
package import ConfigStore

/// Takes a database along the scripts of a folder, one migration at a time.
///
/// A script is one transaction with its entry in the history, where the database can roll definitions back and the script
/// does not say otherwise. Where not, its statements run one by one and the history keeps the position, so that what was cut
/// off is taken up where it was: see ``SteppedScript``.
package struct Migrator {
  package var database: any Database
  package var folder: ScriptFolder
  package var settings: MigrationSettings
  package var environment: RunEnvironment
  /// Told what is being done, with the share that is done.
  package var report: (_ note: String, _ fraction: Double?) -> Void = { _, _ in }
  package var isStopped: () -> Bool = { false }

  package init(
    database: any Database, folder: ScriptFolder, settings: MigrationSettings, environment: RunEnvironment
  ) {
    self.database = database
    self.folder = folder
    self.settings = settings
    self.environment = environment
  }

  // MARK: Looking

  package func history() throws(Diagnostic) -> [HistoryEntry] {
    try settings.history.entries(in: connect(), of: database.name)
  }

  /// What ``migrate(to:phases:)`` would run. Changes nothing.
  package func path(
    to target: ScriptVersion? = nil, phases: Set<ScriptHeader.Phase> = [.expand, .contract]
  ) throws(Diagnostic) -> MigrationPath {
    try path(from: history(), to: target, phases: phases)
  }

  private func path(
    from history: [HistoryEntry], to target: ScriptVersion?, phases: Set<ScriptHeader.Phase>
  ) throws(Diagnostic) -> MigrationPath {
    let path = try MigrationPath(
      from: history, through: folder, to: target, phases: phases, allowsOutOfOrder: settings.allowsOutOfOrder)
    // Whatever cannot be read is told before the first statement runs.
    for stage in path.stages { _ = try statements(of: stage.script) }
    return path
  }

  // MARK: Running

  /// Runs what the database has not seen yet.
  /// - Throws: `baseline-missing` where the database has tables and no history; `database-locked`, and what a script meets.
  @discardableResult
  package func migrate(
    to target: ScriptVersion? = nil, phases: Set<ScriptHeader.Phase> = [.expand, .contract]
  ) throws(Diagnostic) -> [AppliedScript] {
    let lock = try acquireLock()
    let session = try connect()
    let history = try prepareHistory(in: session)
    let path = try path(from: history, to: target, phases: phases)
    var rank = (history.map(\.rank).max() ?? 0) + 1
    var applied: [AppliedScript] = []
    for (index, stage) in path.stages.enumerated() {
      let run = ScriptRun(
        script: stage.script, statements: try statements(of: stage.script), begun: stage.begun, rank: rank,
        migrator: self, session: session, lock: lock,
        progress: (Double(index) / Double(path.stages.count), 1 / Double(path.stages.count)))
      applied.append(try run.perform())
      if stage.begun == nil { rank += 1 }
    }
    withExtendedLifetime(lock) {}
    return applied
  }

  /// Takes versions back by their `U` scripts, newest first.
  /// - Parameter versions: those that are done.
  /// - Throws: `undo-missing` before anything runs, where one has no script.
  @discardableResult
  package func undo(_ versions: [ScriptVersion]) throws(Diagnostic) -> [AppliedScript] {
    let lock = try acquireLock()
    let session = try connect()
    let history = try settings.history.entries(in: session, of: database.name)
    var pairs: [(entry: HistoryEntry, script: MigrationScript)] = []
    for version in versions.sorted(by: >) {
      // What is not done needs no way back; so it can be called again.
      guard let entry = history.last(where: { $0.version == version && $0.kind == .versioned && $0.state == .done })
      else { continue }
      guard let script = folder.undo(of: version) else {
        throw Diagnostic(
          .undoMissing, "\(folder.path) has no script that takes \(version) back",
          hint: "Write U\(version)__….sql, or leave the version where it is")
      }
      pairs.append((entry, script))
    }
    var rank = (history.map(\.rank).max() ?? 0) + 1
    var applied: [AppliedScript] = []
    for (entry, script) in pairs {
      let begun = history.last {
        $0.kind == .undo && $0.version == entry.version && ($0.state == .running || $0.state == .failed)
      }
      let run = ScriptRun(
        script: script, statements: try statements(of: script), begun: begun, rank: rank, undone: entry,
        migrator: self, session: session, lock: lock, progress: (0, 1))
      applied.append(try run.perform())
      if begun == nil { rank += 1 }
    }
    withExtendedLifetime(lock) {}
    return applied
  }

  // MARK: Parts

  func connect() throws(Diagnostic) -> any DatabaseSession {
    do throws(DatabaseError) { return try database.connect(isStopped: isStopped) } catch {
      throw error.diagnostic("connecting", on: database.name)
    }
  }

  func statements(of script: MigrationScript) throws(Diagnostic) -> [SQLStatement] {
    let statements = try database.statements(of: script.source, named: script.path)
    if let control = statements.first(where: { $0.effect == .transactionControl }) {
      throw Diagnostic(
        .scriptTransaction, "\(script.name.file) begins or ends a transaction by itself",
        at: script.place(of: control.range.lowerBound, count: control.range.count),
        hint: "Take it out: a script is one transaction; `-- @transaction none` in its header makes each statement one")
    }
    let isWhole = database.rollsBackDefinitions && script.header.transaction == .script
    if isWhole, let alone = statements.first(where: { $0.effect == .standalone || $0.effect == .opaque }) {
      throw Diagnostic(
        .scriptTransaction, "this statement cannot stand in a transaction, and \(script.name.file) is one",
        at: script.place(of: alone.range.lowerBound, count: alone.range.count),
        hint: "Write `-- @transaction none` in the header, best in a script of its own")
    }
    return statements
  }

  /// - Throws: `database-locked`.
  func acquireLock() throws(Diagnostic) -> any MigrationLock {
    var waited = 0
    while true {
      do throws(DatabaseError) {
        if let lock = try database.tryLock() { return lock }
      } catch {
        throw error.diagnostic("taking the lock of migrations", on: database.name)
      }
      guard waited < settings.lockWait, !isStopped() else {
        throw Diagnostic(
          .databaseLocked, "another migration of \(database.name) is running, and did not end within \(waited) ms",
          hint: "Wait for it, or look what it waits for")
      }
      environment.sleep(250)
      waited += 250
    }
  }

  private func prepareHistory(in session: any DatabaseSession) throws(Diagnostic) -> [HistoryEntry] {
    let entries = try settings.history.entries(in: session, of: database.name)
    var tables: [TableCount] = []
    do throws(DatabaseError) {
      if try !session.hasTable(settings.history.name) {
        tables = try session.rowCounts(without: settings.history.name)
        if tables.isEmpty { try settings.history.create(in: session) }
      }
    } catch {
      throw error.diagnostic("preparing \(settings.history.name)", on: database.name)
    }
    guard tables.isEmpty else {
      throw Diagnostic(
        .baselineMissing,
        "\(database.name) has tables (\(tables.prefix(3).map(\.table).joined(separator: ", "))) and no history",
        hint: "Say which version it is at, with `baseline: VERSION`")
    }
    return entries
  }
}

extension Diagnostic.Code {
  /// Another migration of the same database is running.
  package static let databaseLocked: Self = "database-locked"
  /// A database with tables and without a history.
  package static let baselineMissing: Self = "baseline-missing"
  package static let undoMissing: Self = "undo-missing"
  /// A script that controls its transaction, or holds what cannot stand in one.
  package static let scriptTransaction: Self = "script-transaction"
}
