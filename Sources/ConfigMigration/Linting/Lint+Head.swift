import ConfigDocument

extension TransformerLint {
  /// `missing-down-to`: it starts from a range of versions, so that the way back of a set without a record has to be told
  /// which one to write. `untested`: no golden pair shows what it does.
  func head() -> [Diagnostic] {
    var found: [Diagnostic] = []
    if !transformer.from.isExact, transformer.downTo == nil {
      found.append(
        Diagnostic(
          .missingDownTo,
          "it starts from any \(transformer.from), and does not say which version the way back writes",
          severity: .warning, at: transformer.place, hint: "add `down_to: \(transformer.from.oldest.label)`"))
    }
    if transformer.tests.isEmpty {
      found.append(
        Diagnostic(
          .untested, "it has no `tests`", severity: .warning, at: transformer.place,
          hint: "add a pair of directories, before and after: `tests: [{before: …, after: …}]`"))
    }
    return found
  }
}
