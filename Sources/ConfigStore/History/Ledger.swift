public import ConfigDocument

/// The history of a configuration directory: one line a run, each with the digest of the line before it.
///
/// The chain shows that a record was edited, removed or put in between. It cannot show that the newest records were
/// cut off, nor that everything was written anew: it is a guard against accidents, not against the directory's owner.
public struct Ledger: Sendable {
  /// The runs, oldest first; lines that do not read as records are left out and are among ``problems``.
  public private(set) var records: [LedgerRecord] = []
  /// `ledger-broken` for each line that does not follow from the one before, `ledger-torn` for a last line cut off.
  public private(set) var problems: [Diagnostic] = []
  private var lastDigest: Digest?
  private var isLastEdited = false

  init() {}

  /// Reads the ledger and follows its chain. Complexity: O(bytes).
  init(in state: StateDirectory) throws(Diagnostic) {
    let contents = try state.directory.readIfPresent(.ledger)
    self.init(contents?.bytes ?? [], named: state.directory.path(of: .ledger))
  }

  init(_ bytes: [UInt8], named name: String) {
    var start = 0
    var number = 0
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      // A last line that is no text of a record was not written whole either, even if its end was.
      if end + 1 == bytes.count, (try? readJSON(Array(bytes[start..<end]), named: name)) == nil { break }
      number += 1
      read(bytes[start..<end], number: number, named: name)
      lastDigest = Digest(of: bytes[start..<end])
      start = end + 1
    }
    if start < bytes.count {
      problems.append(
        Diagnostic(
          .ledgerTorn, "the last record was cut off while it was written", severity: .warning,
          at: SourcePlace(file: name, line: number + 1, column: 1),
          hint: "Nothing is lost: the next run removes the rest of it"))
    }
  }

  private mutating func read(_ line: ArraySlice<UInt8>, number: Int, named name: String) {
    func broken(_ message: String) -> Diagnostic {
      Diagnostic(
        .ledgerBroken, message, at: SourcePlace(file: name, line: number, column: 1),
        hint: "Someone edited the ledger, or the disk damaged it; compare it with a copy of the directory")
    }
    guard let value = try? readJSON(Array(line), named: name), let object = value.object else {
      isLastEdited = false
      problems.append(broken("this line is no record"))
      return
    }
    // What edited the line before shows in that one.
    if !isLastEdited, object["previous"] != (lastDigest.map { .string("\($0)") } ?? .null) {
      problems.append(broken("this record does not carry the digest of the line before it"))
    }
    isLastEdited = object["checksum"] != nil && !ChecksummedText.isWhole(line)
    if isLastEdited { problems.append(broken("this record is not what was written: it does not carry its own digest")) }
    if let record = LedgerRecord(value) {
      records.append(record)
    } else {
      problems.append(broken("this line is no record of a run"))
    }
  }
}

extension Ledger {
  public func record(of run: RunID) -> LedgerRecord? { records.last { $0.run == run } }

  /// The newest run whose effect is still there.
  public var lastEffective: LedgerRecord? { effective.last }

  /// The runs whose effect is still there, oldest first: neither rolled back, nor themselves rollbacks.
  public var effective: [LedgerRecord] {
    var isEffective: [RunID: Bool] = [:]
    for record in records {
      isEffective[record.run] = true
      // A rollback takes its run's effect away; the rollback of a rollback brings it back.
      var run = record
      var effect = false
      while run.description.kind == .rollback, let reverted = run.description.reverts {
        isEffective[reverted] = effect
        effect.toggle()
        guard let next = self.record(of: reverted), next.run < run.run else { break }
        run = next
      }
    }
    return records.filter { isEffective[$0.run] == true && $0.description.kind != .rollback }
  }
}
