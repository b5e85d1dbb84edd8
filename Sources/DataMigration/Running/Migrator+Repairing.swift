package import ConfigDocument
internal import ConfigStore

extension Migrator {
  /// Says that a database has everything up to a version: its history begins there.
  /// - Throws: `baseline-refused` where it has a history already.
  package func baseline(at version: ScriptVersion) throws(Diagnostic) {
    let session = try connect()
    let entries = try settings.history.entries(in: session, of: database.name)
    guard entries.isEmpty else {
      if entries.contains(where: { $0.kind == .baseline && $0.version == version }) { return }
      throw Diagnostic(
        .baselineRefused,
        "\(database.name) has a history already: it is at \(entries.compactMap(\.version).max()?.text ?? "no version")",
        hint: "Take the baseline out of the spec, or correct the history table by hand")
    }
    let entry = HistoryEntry(
      rank: 1, kind: .baseline, version: version, script: "baseline", checksum: Digest(of: []), phase: .contract,
      state: .done, position: 0, positionChecksum: Digest(of: []), run: settings.run, user: environment.user,
      startedAt: environment.now().description)
    do throws(DatabaseError) {
      if try !session.hasTable(settings.history.name) { try settings.history.create(in: session) }
      try settings.history.insert(entry, in: session)
    } catch {
      throw error.diagnostic("writing the baseline", on: database.name)
    }
  }

  /// Takes the texts of the folder for those that ran. Only for texts that mean the same.
  /// - Returns: the scripts whose checksums changed.
  package func acceptChangedScripts() throws(Diagnostic) -> [String] {
    let lock = try acquireLock()
    defer { withExtendedLifetime(lock) {} }
    let session = try connect()
    var accepted: [String] = []
    for var entry in try settings.history.entries(in: session, of: database.name)
    where entry.kind == .versioned && entry.state == .done {
      guard let script = folder.versioned.first(where: { $0.version == entry.version }),
        script.checksum != entry.checksum
      else { continue }
      entry.checksum = script.checksum
      entry.script = script.name.file
      do throws(DatabaseError) { try settings.history.update(entry, in: session) } catch {
        throw error.diagnostic("accepting \(script.name.file)", on: database.name)
      }
      accepted.append(script.name.file)
    }
    return accepted
  }

  /// What a person found out of a statement of which the evidence does not tell.
  package enum Finding: String, CaseIterable, Hashable, Sendable {
    /// Its whole effect is there.
    case done
    /// Nothing of it is there, or it was taken back by hand.
    case absent
  }

  /// Settles the statement at which a script stopped.
  /// - Throws: `nothing-to-settle`.
  package func settle(_ version: ScriptVersion, as finding: Finding) throws(Diagnostic) {
    let lock = try acquireLock()
    defer { withExtendedLifetime(lock) {} }
    let session = try connect()
    let entries = try settings.history.entries(in: session, of: database.name)
    guard var entry = entries.last(where: { $0.version == version && ($0.state == .running || $0.state == .failed) }),
      let script = (entry.kind == .undo ? folder.undo : folder.versioned).first(where: { $0.version == version })
    else {
      throw Diagnostic(
        .nothingToSettle, "no script of version \(version) stopped half way on \(database.name)",
        hint: "`upgrade data history` shows where a script stopped")
    }
    if finding == .done {
      let statements = try statements(of: script)
      guard entry.position < statements.count else {
        throw Diagnostic(
          .nothingToSettle, "all statements of \(entry.script) are done on \(database.name)",
          hint: "Run the step again: what is left are its assertions")
      }
      entry.position += 1
      entry.positionChecksum = ScriptRun.checksum(of: statements.prefix(entry.position))
    }
    entry.evidence = nil
    entry.state = .failed
    do throws(DatabaseError) { try settings.history.update(entry, in: session) } catch {
      throw error.diagnostic("settling \(entry.script)", on: database.name)
    }
  }
}

extension Diagnostic.Code {
  package static let baselineRefused: Self = "baseline-refused"
  package static let nothingToSettle: Self = "nothing-to-settle"
}
