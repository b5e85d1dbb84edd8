package import ConfigDocument
package import ConfigStore

/// What someone asks of a run from another terminal.
package struct OperatorRequest: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    /// Finish what runs, begin nothing more.
    case pause
    /// End what runs now, and leave everything as it is then.
    case abort
    /// End what runs now, and take everything back.
    case rollback
    /// A step that waits for it may begin.
    case approve
  }

  package var kind: Kind
  /// For approvals: the step.
  package var step: String?
  package var user: String
  package var reason: String?
  package var time: Timestamp

  package init(_ kind: Kind, step: String? = nil, user: String, reason: String? = nil, time: Timestamp) {
    self.kind = kind
    self.step = step
    self.user = user
    self.reason = reason
    self.time = time
  }

  /// Who wants what: "`upgrade pause` by anna (lunch)".
  package var description: String { "`upgrade \(kind.rawValue)` by \(user)\(reason.map { " (\($0))" } ?? "")" }
}

/// The requests that wait, one file each.
package struct RequestBox: Sendable {
  private let directory: OpenDirectory

  package init(of state: UpgradeState) { directory = state.requests }

  /// Leaves a request for the process that runs, or for the next one.
  package func put(_ request: OperatorRequest, environment: RunEnvironment) throws(Diagnostic) {
    var object = Object()
    object["kind"] = .string(request.kind.rawValue)
    object["step"] = request.step.map { .string($0) }
    object["user"] = .string(request.user)
    object["reason"] = request.reason.map { .string($0) }
    object["time"] = .string("\(request.time)")
    let name = FileName(known: "\(RunID(at: request.time, distinction: environment.random())).json")
    try directory.replaceDurably(name, with: Array("\(Value.object(object))\n".utf8))
  }

  /// What waits, oldest first. What does not read as a request is passed over.
  func waiting() throws(Diagnostic) -> [(name: FileName, request: OperatorRequest)] {
    var out: [(FileName, OperatorRequest)] = []
    for name in try directory.entries() where "\(name)".hasSuffix(".json") && name.bytes.first != UInt8(ascii: ".") {
      guard let bytes = try directory.readIfPresent(name)?.bytes,
        let object = (try? readJSON(bytes, named: "\(name)"))?.object,
        let kind = object["kind"]?.string.flatMap(OperatorRequest.Kind.init(rawValue:)),
        let time = object["time"]?.string.flatMap({ Timestamp($0) })
      else { continue }
      let request = OperatorRequest(
        kind, step: object["step"]?.string, user: object["user"]?.string ?? "someone",
        reason: object["reason"]?.string, time: time)
      out.append((name, request))
    }
    return out
  }

  /// Takes a request away that was heard.
  func remove(_ name: FileName) throws(Diagnostic) { try directory.removeFile(name) }
}
