package import ConfigDocument

/// What the preflight checks found together.
package struct PreflightReport: Sendable {
  package struct Entry: Sendable {
    package var id: String
    package var component: String?
    package var result: PreflightResult
    /// How long the look took, in milliseconds.
    package var milliseconds: Int
  }

  package var entries: [Entry]

  package init(entries: [Entry]) { self.entries = entries }

  package func count(_ verdict: PreflightResult.Verdict) -> Int { entries.count { $0.result.verdict == verdict } }

  /// What keeps the upgrade from beginning: failures and errors, and warnings that nobody accepted.
  package func blocking(accepting accepted: Set<String>) -> [Entry] {
    entries.filter { entry in
      switch entry.result.verdict {
      case .fail, .error: true
      case .warn: !accepted.contains(entry.id) && !accepted.contains("all")
      case .pass, .skip: false
      }
    }
  }

  package var json: Value {
    .array(
      entries.map { entry in
        var object = Object()
        object["id"] = .string(entry.id)
        object["component"] = entry.component.map { .string($0) }
        object["verdict"] = .string(entry.result.verdict.rawValue)
        object["found"] = .string(entry.result.found)
        if !entry.result.wanted.isEmpty { object["wanted"] = .string(entry.result.wanted) }
        object["hint"] = entry.result.hint.map { .string($0) }
        object["milliseconds"] = .number(Number(entry.milliseconds))
        return .object(object)
      })
  }
}
