package import ConfigDocument

/// Which scripts run, in order: what the folder has, less what the history has.
package struct MigrationPath: Sendable {
  /// One script that is to run.
  package struct Stage: Sendable {
    package var script: MigrationScript
    /// The entry of an attempt that did not come to its end.
    package var begun: HistoryEntry?
  }

  package var stages: [Stage]

  /// - Parameters:
  ///   - target: the last version; nil for all.
  ///   - phases: scripts of other phases are left for later.
  /// - Throws: `script-changed`, `script-missing`, `script-out-of-order`.
  package init(
    from history: [HistoryEntry], through folder: ScriptFolder, to target: ScriptVersion? = nil,
    phases: Set<ScriptHeader.Phase> = [.expand, .contract], allowsOutOfOrder: Bool = false
  ) throws(Diagnostic) {
    let baseline = history.filter { $0.kind == .baseline }.compactMap(\.version).max()
    try Self.check(history, against: folder)
    var stages: [Stage] = []
    var newest: [ScriptHeader.Phase: ScriptVersion] = [:]
    for entry in history where entry.kind == .versioned && entry.state == .done {
      guard let version = entry.version else { continue }
      newest[entry.phase] = max(newest[entry.phase] ?? version, version)
    }
    for script in folder.versioned {
      guard let version = script.version, phases.contains(script.header.phase) else { continue }
      if let target, version > target { continue }
      if let baseline, version <= baseline { continue }
      let entry = history.last { $0.kind == .versioned && $0.version == version && $0.state != .undone }
      if entry?.state == .done { continue }
      if let passed = newest[script.header.phase], version < passed, !allowsOutOfOrder {
        throw Diagnostic(
          .scriptOutOfOrder, "\(script.name.file) comes before \(passed), which this database has already",
          at: script.place(of: 0), hint: "Give it a version after \(passed), or allow it with `out_of_order: true`")
      }
      stages.append(Stage(script: script, begun: entry))
    }
    for script in folder.repeatable where phases.contains(script.header.phase) {
      let entry = history.last { $0.kind == .repeatable && $0.script == script.name.file }
      if entry?.state == .done, entry?.checksum == script.checksum { continue }
      stages.append(Stage(script: script, begun: entry?.state == .done ? nil : entry))
    }
    self.stages = stages
  }

  /// Whether the applied scripts are those of the folder.
  private static func check(_ history: [HistoryEntry], against folder: ScriptFolder) throws(Diagnostic) {
    for entry in history where entry.kind == .versioned && entry.state != .undone {
      guard let version = entry.version else { continue }
      guard let script = folder.versioned.first(where: { $0.version == version }) else {
        throw Diagnostic(
          .scriptMissing, "the database has seen \(entry.script), and \(folder.path) does not have it",
          hint: "Bring the script back: a folder keeps every script that ever ran")
      }
      guard entry.state == .done, script.checksum != entry.checksum else { continue }
      throw Diagnostic(
        .scriptChanged, "\(script.name.file) is not what ran on \(entry.startedAt): its text has changed since",
        at: script.place(of: 0),
        hint:
          "Bring its text back and write a new script; where only its look changed, `upgrade data repair` accepts it")
    }
  }
}

extension Diagnostic.Code {
  /// A script that ran has another text now.
  package static let scriptChanged: Self = "script-changed"
  /// A script that ran is not in the folder.
  package static let scriptMissing: Self = "script-missing"
  /// A script whose version is below one that ran.
  package static let scriptOutOfOrder: Self = "script-out-of-order"
}
