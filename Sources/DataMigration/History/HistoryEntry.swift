package import ConfigDocument
package import ConfigStore

/// One line of the history: a script that ran, was begun, or is said to have run.
package struct HistoryEntry: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case versioned, repeatable, undo
    /// "All up to this version is there", said by a person.
    case baseline
  }

  package enum State: String, Hashable, Sendable {
    case done
    /// Its statements run one by one, and it is not known to have come to its end.
    case running
    /// A statement was refused; those before it stay.
    case failed
    /// A script that was taken back since.
    case undone
  }

  package var rank: Int
  package var kind: Kind
  package var version: ScriptVersion?
  package var script: String
  package var checksum: Digest
  package var phase: ScriptHeader.Phase
  package var state: State
  /// How many statements are known to be done; and the digest of their texts.
  package var position: Int
  package var positionChecksum: Digest
  /// The digest of the definitions before the statement at ``position`` was begun; nil where none was.
  package var evidence: Digest?
  /// The run that made the entry.
  package var run: String
  package var user: String
  package var startedAt: String
  package var milliseconds: Int

  package init(
    rank: Int, kind: Kind, version: ScriptVersion?, script: String, checksum: Digest, phase: ScriptHeader.Phase,
    state: State, position: Int, positionChecksum: Digest, evidence: Digest? = nil, run: String, user: String,
    startedAt: String, milliseconds: Int = 0
  ) {
    self.rank = rank
    self.kind = kind
    self.version = version
    self.script = script
    self.checksum = checksum
    self.phase = phase
    self.state = state
    self.position = position
    self.positionChecksum = positionChecksum
    self.evidence = evidence
    self.run = run
    self.user = user
    self.startedAt = startedAt
    self.milliseconds = milliseconds
  }
}

extension HistoryEntry {
  static let columns = [
    "installed_rank", "kind", "version", "script", "checksum", "phase", "state", "position", "position_checksum",
    "evidence", "run", "installed_by", "started_at", "duration_ms",
  ]

  var row: [String?] {
    [
      String(rank), kind.rawValue, version?.text, script, checksum.description, phase.rawValue, state.rawValue,
      String(position), positionChecksum.description, evidence?.description, run, user, startedAt, String(milliseconds),
    ]
  }

  /// - Throws: `history-damaged` where a row is none that this program writes.
  init(row: [String?], of table: String) throws(Diagnostic) {
    guard row.count == Self.columns.count, let rank = row[0].flatMap({ Int($0) }),
      let kind = row[1].flatMap(Kind.init(rawValue:)), let script = row[3],
      let checksum = row[4].flatMap({ Digest($0) }), let phase = row[5].flatMap(ScriptHeader.Phase.init(rawValue:)),
      let state = row[6].flatMap(State.init(rawValue:)), let position = row[7].flatMap({ Int($0) }),
      let positionChecksum = row[8].flatMap({ Digest($0) }), row[2] == nil || ScriptVersion(row[2]!) != nil,
      row[9] == nil || Digest(row[9]!) != nil
    else {
      throw Diagnostic(
        .historyDamaged,
        "the table \(table) has a row that this program does not write: \(row.map { $0 ?? "null" }.joined(separator: ", "))",
        hint: "Look who else writes to the table, and bring the row back from a backup")
    }
    self.init(
      rank: rank, kind: kind, version: row[2].flatMap { ScriptVersion($0) }, script: script, checksum: checksum,
      phase: phase, state: state, position: position, positionChecksum: positionChecksum,
      evidence: row[9].flatMap { Digest($0) }, run: row[10] ?? "", user: row[11] ?? "", startedAt: row[12] ?? "",
      milliseconds: row[13].flatMap { Int($0) } ?? 0)
  }
}

extension Diagnostic.Code {
  package static let historyDamaged: Self = "history-damaged"
}
