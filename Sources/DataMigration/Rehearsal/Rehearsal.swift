package import ConfigDocument
package import ConfigStore

/// A migration on a scratch copy with its rows: there, what the old version asks, and back.
package struct Rehearsal {
  /// What the old version asks of the database, by name: each must still be answered after the expand phase.
  package var queries: [(name: String, sql: String)]
  package var migrator: Migrator
  package var target: ScriptVersion?
  package var phases: Set<ScriptHeader.Phase>

  /// The version that the database is said to be at, where it has no history.
  package var baseline: ScriptVersion?

  package init(
    _ migrator: Migrator, baseline: ScriptVersion? = nil, to target: ScriptVersion?, phases: Set<ScriptHeader.Phase>,
    queries: [(name: String, sql: String)] = []
  ) {
    self.migrator = migrator
    self.baseline = baseline
    self.target = target
    self.phases = phases
    self.queries = queries
  }

  /// What was seen.
  package struct Outcome: Sendable {
    package var applied: [AppliedScript]
    /// The rows that the scripts ran over.
    package var rows: Int
    package var undone: [AppliedScript]
  }

  /// Copies, runs, asks, and takes back what has a way back. The database itself is only read.
  /// - Parameter directory: for the copy on its way; it needs the size of a dump.
  /// - Throws: what the scripts would meet; `query-broken` where the old version's query fails afterwards.
  package func run(
    in directory: String, programs: any CommandRunner, isStopped: () -> Bool
  ) throws(Diagnostic) -> Outcome {
    guard let database = migrator.database as? any DumpableDatabase else {
      preconditionFailure("every driver can copy its database")
    }
    return try run(on: database, in: directory, programs: programs, isStopped: isStopped)
  }

  private func run(
    on database: some DumpableDatabase, in directory: String, programs: any CommandRunner, isStopped: () -> Bool
  ) throws(Diagnostic) -> Outcome {
    let path = "\(directory)/rehearsal-\(migrator.environment.processID)-\(migrator.environment.random())"
    defer { StandaloneFile(path).removeIfPresent() }
    let contents = try database.dump(to: path, by: programs, isStopped: isStopped)
    return try ScratchDatabase.with(beside: database, environment: migrator.environment) {
      (scratch) throws(Diagnostic) in
      try scratch.load(path, by: programs, isStopped: isStopped)
      var trial = migrator
      trial.database = scratch
      let before = try definitions(of: scratch, without: trial.settings.history.name)
      if let baseline { try trial.baseline(at: baseline) }
      let applied = try trial.migrate(to: target, phases: phases)
      try ask(scratch)
      let versions = applied.compactMap(\.version)
      let undoable = versions.filter { migrator.folder.undo(of: $0) != nil }
      let undone = try trial.undo(undoable)
      if undoable.count == versions.count, !versions.isEmpty {
        try checkWayBack(of: scratch, to: before, history: trial.settings.history.name)
      }
      return Outcome(applied: applied, rows: contents.rowsBefore.reduce(0) { $0 + $1.rows }, undone: undone)
    }
  }

  private func ask(_ scratch: any DumpableDatabase) throws(Diagnostic) {
    for (name, sql) in queries {
      do throws(DatabaseError) { try scratch.connect().run(sql) } catch {
        throw Diagnostic(
          .queryBroken, "the old version's query `\(name)` fails behind the scripts: \(error.message)",
          hint: "Keep what it reads until the contract phase")
      }
    }
  }

  private func definitions(of scratch: any DumpableDatabase, without table: String) throws(Diagnostic) -> [String] {
    do throws(DatabaseError) { return try scratch.connect().catalog(without: table) } catch {
      throw error.diagnostic("reading the definitions", on: scratch.name)
    }
  }

  private func checkWayBack(
    of scratch: any DumpableDatabase, to before: [String], history: String
  ) throws(Diagnostic) {
    let after = try definitions(of: scratch, without: history)
    guard after != before else { return }
    let odd = after.filter { !before.contains($0) } + before.filter { !after.contains($0) }
    throw Diagnostic(
      .undoDiffers, "the undo scripts do not lead back: \(odd.first ?? "the order differs")",
      hint: "Complete the U scripts, or take them away where there is no way back")
  }
}

extension Diagnostic.Code {
  /// A query of the old version that fails after the scripts.
  package static let queryBroken: Self = "query-broken"
  /// Definitions are not what they were, after all scripts were taken back.
  package static let undoDiffers: Self = "undo-differs"
}
