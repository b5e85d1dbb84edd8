public import ConfigDocument
public import ConfigSchema

/// The secrets of a set and, where it is migrated, of what becomes of it: all that must be known to show either.
public struct SetSecrets: Sendable {
  private struct Text: Sendable {
    var plain: [UInt8]
    /// As people may see it.
    var bytes: [UInt8]
    /// The lines that hold a secret, with what is shown for them.
    var lines: [ArraySlice<UInt8>: ArraySlice<UInt8>]
  }

  private let mask: SecretMask
  /// The texts of each file, in the order of the sets.
  private var texts: [String: [Text]] = [:]

  /// - Parameters:
  ///   - sets: the set as it is and as it will be, and what else of it is shown.
  ///   - schemas: those that say which values are secrets, beside the product.
  ///   - tag: stands for a secret; equal values have equal tags.
  /// - Returns: nil where nothing is a secret.
  /// - Throws: `alias-expansion`.
  public init?(of sets: [ConfigurationSet], schemas: [Schema], tag: @escaping SecretMask.Tag) throws(Diagnostic) {
    var found: [(file: SetFile, spans: [SecretSpan])] = []
    for set in sets { found += Array(zip(set.files, try WorkingSet(set).secrets(by: schemas))) }
    let all = found.flatMap(\.spans)
    guard !all.isEmpty else { return nil }
    mask = SecretMask(all, tag: tag)
    for (file, spans) in found {
      let shown = mask.masked(file.bytes, at: spans)
      var lines: [ArraySlice<UInt8>: ArraySlice<UInt8>] = [:]
      for (plain, shown) in zip(Self.lines(of: file.bytes), Self.lines(of: shown)) where !plain.elementsEqual(shown) {
        lines[plain] = shown
      }
      texts[file.path, default: []].append(Text(plain: file.bytes, bytes: shown, lines: lines))
    }
  }

  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
  }

  /// A file's bytes as people may see them, line for line; nil for bytes that it never had.
  func shown(_ bytes: [UInt8], of path: String) -> [UInt8]? { texts[path]?.first { $0.plain == bytes }?.bytes }

  /// Bytes that are no file of the set, as people may see them.
  func shown(anywhere bytes: [UInt8]) -> [UInt8] { mask.masked(bytes, at: []) }

  // MARK: Messages

  /// A message without secrets: not in its words, and not in the lines that it shows.
  public func hidden(_ diagnostic: Diagnostic) -> Diagnostic {
    var diagnostic = diagnostic
    diagnostic.message = mask.masked(diagnostic.message)
    diagnostic.hint = diagnostic.hint.map { mask.masked($0) }
    diagnostic.place = diagnostic.place.map(hidden)
    diagnostic.related = diagnostic.related.map { .init(mask.masked($0.message), at: hidden($0.place)) }
    return diagnostic
  }

  /// A text without secrets.
  public func hidden(_ text: String) -> String { mask.masked(text) }

  /// A value whose secrets are texts that stand for them.
  func hidden(_ value: Value) -> Value {
    if let tag = mask.tag(of: value) { return .string(tag) }
    switch value {
    case .string(let text): return .string(mask.masked(text))
    case .array(let items): return .array(items.map(hidden))
    case .object(let object): return .object(Object(object.members.map { (key: $0.key, value: hidden($0.value)) }))
    case .null, .bool, .number: return value
    }
  }

  /// Whether a text shows that a secret was taken out of it.
  func holdsTag(_ text: String) -> Bool { mask.tags.contains { text.firstRange(of: $0) != nil } }

  /// A line of a file without secrets: of any text that the file has or had.
  public func hidden(line: String, of path: String) -> String {
    let parts = Self.lines(of: Array(line.utf8)).map { part in
      let shown = texts[path]?.lazy.compactMap { $0.lines[part] }.first
      return shown.map { String(decoding: $0, as: UTF8.self) } ?? mask.masked(String(decoding: part, as: UTF8.self))
    }
    return parts.joined(separator: "\r")
  }

  func hidden(_ outcome: Plan.OperationOutcome) -> Plan.OperationOutcome {
    var outcome = outcome
    outcome.place = outcome.place.map(hidden)
    outcome.subject = mask.masked(outcome.subject)
    outcome.inner = outcome.inner.map(hidden)
    return outcome
  }

  func hidden(_ note: MigrationNote) -> MigrationNote {
    var note = note
    note.message = mask.masked(note.message)
    note.places = note.places.map(hidden)
    return note
  }

  func hidden(_ loss: Plan.Loss) -> Plan.Loss {
    var loss = loss
    loss.gap.subject = mask.masked(loss.gap.subject)
    loss.gap.reason = mask.masked(loss.gap.reason)
    loss.gap.accepted = loss.gap.accepted.map { mask.masked($0) }
    loss.gap.place = loss.gap.place.map(hidden)
    return loss
  }

  /// Equal secrets have equal tags, so it is still seen which of the three values differ.
  func hidden(_ conflict: Plan.Conflict) -> Plan.Conflict {
    func shown(_ value: Value?, _ text: String) -> String {
      value.flatMap { mask.tag(of: $0) }.map { "`\($0)`" } ?? mask.masked(text)
    }
    var conflict = conflict
    let values = conflict.conflict
    conflict.shown = .init(
      base: shown(values.base, conflict.shown.base), ours: shown(values.ours, conflict.shown.ours),
      theirs: shown(values.theirs, conflict.shown.theirs))
    return conflict
  }

  func hidden(_ ledger: LeafLedger) -> LeafLedger {
    var ledger = ledger
    for index in ledger.leaves.indices { ledger.leaves[index].place = hidden(ledger.leaves[index].place) }
    return ledger
  }

  /// A line that holds a secret is not shown: with another text in it, the marks would stand under something else.
  private func hidden(_ place: SourcePlace) -> SourcePlace {
    var place = place
    if !hidden(line: place.lineText, of: place.file).utf8.elementsEqual(place.lineText.utf8) { place.lineText = "" }
    return place
  }
}
