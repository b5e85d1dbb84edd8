import ConfigDocument

extension TransformerLint {
  /// `unused-capture`: a name is given to a part of an address, and never used: `*` says the same without a promise.
  func captures() -> [Diagnostic] {
    (transformer.operations ?? []).flatMap { unusedCaptures(of: $0) }
  }

  private func unusedCaptures(of operation: Operation) -> [Diagnostic] {
    var found: [Diagnostic] = []
    let texts = operation.fields.allTexts
    for source in operation.body.sources {
      for name in source.captureNames {
        let marker = "{\(name)}"
        let uses = texts.reduce(0) { $0 + $1.occurrences(of: marker) }
        // jq sees captures as variables.
        let variables = texts.reduce(0) { $0 + $1.occurrences(of: "$\(name)") }
        guard uses + variables < 2 else { continue }
        found.append(
          Diagnostic(
            .unusedCapture, "the capture `\(marker)` of `\(source)` is never used", severity: .warning,
            at: operation.place, hint: "write `*`, or use it in the target"))
      }
    }
    return found + operation.inner.flatMap { unusedCaptures(of: $0) }
  }
}

extension Value {
  /// Every text in the value, keys too.
  fileprivate var allTexts: [String] {
    switch self {
    case .string(let text): [text]
    case .array(let items): items.flatMap(\.allTexts)
    case .object(let object): object.members.flatMap { [$0.key] + $0.value.allTexts }
    case .null, .bool, .number: []
    }
  }
}

extension String {
  fileprivate func occurrences(of part: String) -> Int {
    let bytes = Array(utf8)
    let part = Array(part.utf8)
    guard bytes.count >= part.count else { return 0 }
    return (0...bytes.count - part.count).count { bytes[$0..<$0 + part.count].elementsEqual(part) }
  }
}
