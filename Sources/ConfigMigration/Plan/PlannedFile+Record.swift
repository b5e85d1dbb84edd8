package import ConfigDocument

extension Plan.PlannedFile {
  /// The plan for the file that says what the set is: the operations do not know it, and who records a version does.
  package init(recordAt path: String, old: [UInt8], rendering: Rendering) {
    self.init(path: path, layer: .record, old: old, rendering: rendering)
  }

  /// The plan for such a file where there is none yet.
  package init(newRecordAt path: String, lines: [String]) {
    self.init(
      path: path, layer: .record, from: nil, to: Array(lines.map { $0 + "\n" }.joined().utf8), author: nil)
  }
}

extension SetVersion {
  /// A version that is known from elsewhere.
  package init(known version: Version, at place: SourcePlace?, findings: [Diagnostic]) {
    self.init(version: version, places: place.map { [$0] } ?? [], findings: findings)
  }
}
