package import ConfigDocument

extension Plan {
  /// Takes the secrets out of what the plan shows: diffs, findings, notes, losses and conflicts. The bytes to be written stay.
  ///
  /// A diff shows fewer unchanged lines where that keeps a secret out of it. One that shows a secret nevertheless is for
  /// reading: `hidesSecrets` says so, and no program can apply it.
  public mutating func hide(_ secrets: SetSecrets, pathsInDiffs: [String: String] = [:]) {
    for index in steps.indices { steps[index].operations = steps[index].operations.map(secrets.hidden) }
    warnings = warnings.map(secrets.hidden)
    notes = notes.map(secrets.hidden)
    losses = losses.map(secrets.hidden)
    conflicts = conflicts.map(secrets.hidden)
    validation.source = validation.source.map(secrets.hidden)
    validation.target = validation.target.map(secrets.hidden)
    validation.between = validation.between.map(secrets.hidden)
    for index in files.indices { files[index].ledger = files[index].ledger.map(secrets.hidden) }
    let masked = files.map { file in
      file.isChanged ? file.maskedDiff(secrets, path: pathsInDiffs[file.path] ?? file.path) : .plain(file.diff)
    }
    hidesSecrets = masked.contains { $0.isForReading }
    // Of a diff that cannot be applied as a whole, no part looks as if it could.
    for (index, diff) in masked.enumerated() {
      files[index].diff = hidesSecrets ? diff.forReading ?? files[index].diff : diff.applicable ?? files[index].diff
    }
  }
}

/// The two forms of a diff that may show secrets.
private struct MaskedDiff {
  /// One that programs accept; nil where it would show a secret.
  var applicable: [UInt8]?
  /// One that no program accepts; nil where there is nothing to show.
  var forReading: [UInt8]?

  var isForReading: Bool { applicable == nil }

  /// What is shown of it alone.
  var text: [UInt8] { applicable ?? forReading ?? [] }

  static func plain(_ diff: [UInt8]) -> MaskedDiff { MaskedDiff(applicable: diff, forReading: nil) }
}

extension SetSecrets {
  /// The diff of one file that is known by `name`, under the path that it is shown by.
  /// - Returns: the diff, and whether it is for reading alone.
  package func diff(
    of rendering: Rendering, from old: [UInt8], at name: String, shownAs path: String
  ) -> (text: [UInt8], isMasked: Bool) {
    let file = Plan.PlannedFile(path: name, layer: .base, old: old, rendering: rendering)
    let masked = file.maskedDiff(self, path: path)
    guard masked.isForReading else { return (masked.text, false) }
    return (Array(Plan.maskedHeading.utf8) + masked.text, true)
  }
}

extension Plan.PlannedFile {
  fileprivate func maskedDiff(_ secrets: SetSecrets, path: String) -> MaskedDiff {
    var plain = UnifiedDiff.Appearance(old: old, new: new)
    var shown = UnifiedDiff.Appearance(
      old: oldPath.flatMap { secrets.shown(old, of: $0) } ?? secrets.shown(anywhere: old),
      new: newPath.flatMap { secrets.shown(new, of: $0) } ?? secrets.shown(anywhere: new))
    var forReading = shown
    forReading.isForReading = true
    var masked = MaskedDiff(forReading: diff(path: path, showing: forReading))
    // What needs no context has none to be left out.
    for context in [3, 2, 1] {
      (plain.context, shown.context) = (context, context)
      let text = diff(path: path, showing: shown)
      guard text == diff(path: path, showing: plain) else { continue }
      masked.applicable = text
      break
    }
    return masked
  }

  private func diff(path: String, showing appearance: UnifiedDiff.Appearance) -> [UInt8] {
    let rendering = Rendering(bytes: new, changes: changes)
    switch fate {
    case .kept: return UnifiedDiff.text(of: rendering, from: old, path: path, showing: appearance)
    case .renamed(let oldPath):
      return UnifiedDiff.text(of: rendering, from: old, renaming: oldPath, to: path, showing: appearance)
    case .created: return UnifiedDiff.text(from: nil, to: new, path: path, showing: appearance)
    case .removed: return UnifiedDiff.text(from: old, to: nil, path: path, showing: appearance)
    }
  }
}
