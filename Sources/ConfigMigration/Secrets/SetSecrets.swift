public import ConfigDocument
public import ConfigSchema

/// The secrets of a set and, where it is migrated, of what becomes of it: all that must be known to show either.
public struct SetSecrets: Sendable {
  private struct Text: Sendable {
    var bytes: [UInt8]
    var spans: [SecretSpan]
    /// By lines, as they are and as they are shown.
    var lines: [(plain: ArraySlice<UInt8>, shown: ArraySlice<UInt8>)]
  }

  private let mask: SecretMask
  /// The texts of each file: before, and after.
  private var texts: [String: [Text]] = [:]

  /// - Parameters:
  ///   - sets: the set as it is, and as it will be.
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
      let lines = Array(zip(Self.lines(of: file.bytes), Self.lines(of: shown))).map { (plain: $0, shown: $1) }
      texts[file.path, default: []].append(Text(bytes: shown, spans: spans, lines: lines))
    }
  }

  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
  }

  /// The texts of a file, before and after, as people may see them; nil where it has no secrets.
  func shown(_ path: String) -> (old: [UInt8], new: [UInt8])? {
    guard let texts = texts[path], let first = texts.first, let last = texts.last else { return nil }
    return (first.bytes, last.bytes)
  }

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

  func hidden(_ outcome: Plan.OperationOutcome) -> Plan.OperationOutcome {
    var outcome = outcome
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

  /// A line that holds a secret is not shown: with another text in it, the marks would stand under something else.
  private func hidden(_ place: SourcePlace) -> SourcePlace {
    var place = place
    let line = place.lineText.utf8
    let holdsSecret = (texts[place.file] ?? []).contains { text in
      text.lines.contains { $0.plain.elementsEqual(line) && !$0.shown.elementsEqual($0.plain) }
    }
    if holdsSecret || !mask.masked(place.lineText).utf8.elementsEqual(line) { place.lineText = "" }
    return place
  }
}

extension Plan {
  /// Takes the secrets out of what the plan shows: diffs, findings and notes. The bytes to be written stay.
  ///
  /// A diff that then differs is one for reading: `hidesSecrets` says so, and no program can apply it.
  public mutating func hide(_ secrets: SetSecrets, pathsInDiffs: [String: String] = [:]) {
    for index in steps.indices { steps[index].operations = steps[index].operations.map(secrets.hidden) }
    warnings = warnings.map(secrets.hidden)
    notes = notes.map(secrets.hidden)
    validation.source = validation.source.map(secrets.hidden)
    validation.target = validation.target.map(secrets.hidden)
    validation.between = validation.between.map(secrets.hidden)
    var masked = files
    for index in files.indices where files[index].isChanged {
      let file = files[index]
      let shown = secrets.shown(file.path) ?? (file.old, file.new)
      let rendering = Rendering(bytes: file.new, changes: file.changes)
      let path = pathsInDiffs[file.path] ?? file.path
      if UnifiedDiff.text(of: rendering, from: file.old, showing: shown, path: path) != file.diff {
        hidesSecrets = true
      }
      masked[index].diff = UnifiedDiff.text(
        of: rendering, from: file.old, showing: shown, path: path, isForReading: true)
    }
    if hidesSecrets { files = masked }
  }
}
