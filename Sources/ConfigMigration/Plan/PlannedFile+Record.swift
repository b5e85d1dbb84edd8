package import ConfigDocument

extension Plan.PlannedFile {
  /// The plan for the file that says what the set is: the operations do not know it, and who records a version does.
  package init(recordAt path: String, old: [UInt8], rendering: Rendering) {
    let counts = UnifiedDiff.counts(of: rendering, from: old)
    self.init(
      path: path, layer: .record, old: old, new: rendering.bytes, changes: rendering.changes,
      linesAdded: counts.added, linesRemoved: counts.removed,
      diff: UnifiedDiff.text(of: rendering, from: old, path: path))
  }

  /// The plan for such a file where there is none yet.
  package init(newRecordAt path: String, lines: [String]) {
    let diff = ["--- /dev/null", "+++ b/\(path)", "@@ -0,0 +1,\(lines.count) @@"] + lines.map { "+" + $0 }
    func text(_ lines: [String]) -> [UInt8] { Array(lines.map { $0 + "\n" }.joined().utf8) }
    self.init(
      path: path, layer: .record, old: [], new: text(lines), changes: [], linesAdded: lines.count, linesRemoved: 0,
      diff: text(diff))
  }
}

extension SetVersion {
  /// A version that is known from elsewhere.
  package init(known version: Version, at place: SourcePlace?, findings: [Diagnostic]) {
    self.init(version: version, places: place.map { [$0] } ?? [], findings: findings)
  }
}
