public import ConfigDocument

/// What a run was.
public enum RunKind: String, Hashable, Sendable {
  case apply, rollback, restore
}

/// What a run is for, as the ledger says it; the files and times are the store's to add.
public struct RunDescription: Hashable, Sendable {
  /// One transformer of the chain that was applied.
  public struct Step: Hashable, Sendable {
    public var id: String
    public var checksum: String
    public init(id: String, checksum: String) {
      self.id = id
      self.checksum = checksum
    }
  }

  public var kind: RunKind
  /// The versions before and after; nil where the run has nothing to do with versions.
  public var fromVersion: String?
  public var toVersion: String?
  public var chain: [Step]
  /// For a rollback or a restore: the run whose backup was put back.
  public var reverts: RunID?
  /// The digest of the plan that was applied: of its saved form, with no directory in it.
  public var plan: Digest?

  public init(
    _ kind: RunKind, from fromVersion: String? = nil, to toVersion: String? = nil, chain: [Step] = [],
    reverts: RunID? = nil, plan: Digest? = nil
  ) {
    self.kind = kind
    self.fromVersion = fromVersion
    self.toVersion = toVersion
    self.chain = chain
    self.reverts = reverts
    self.plan = plan
  }
}

/// One line of the ledger: a run that was completed.
public struct LedgerRecord: Hashable, Sendable {
  public struct File: Hashable, Sendable {
    public var path: RelativePath
    /// nil where the run created the file.
    public var before: Digest?
    /// nil where the run removed the file.
    public var after: Digest?
    public init(_ path: RelativePath, before: Digest?, after: Digest?) {
      self.path = path
      self.before = before
      self.after = after
    }
  }

  /// Also the ID of the run's backup.
  public var run: RunID
  public var time: Timestamp
  public var user: String
  public var tool: String
  public var description: RunDescription
  public var files: [File]
  /// The digest of the list of the run's backup, which itself has those of the old bytes; nil until it is made.
  public var backup: Digest?
}

extension LedgerRecord {
  /// The record as JSON, in the order in which people read it.
  public var value: Value {
    var object = Object()
    object["cfgmigrate"] = .number(Number(StateDirectory.format))
    object["run"] = .string(run.text)
    object["kind"] = .string(description.kind.rawValue)
    object["time"] = .string("\(time)")
    object["user"] = .string(user)
    object["tool"] = .string(tool)
    object["from"] = description.fromVersion.map(Value.string) ?? .null
    object["to"] = description.toVersion.map(Value.string) ?? .null
    object["chain"] = .array(description.chain.map { ["id": .string($0.id), "checksum": .string($0.checksum)] })
    object["reverts"] = description.reverts.map { .string($0.text) } ?? .null
    object["plan"] = Self.text(description.plan)
    object["backup"] = .string(run.text)
    object["backup_digest"] = Self.text(backup)
    object["files"] = .array(
      files.map { file in
        .object(
          Object(distinct: file.path.members + [("before", Self.text(file.before)), ("after", Self.text(file.after))]))
      })
    return .object(object)
  }

  private static func text(_ digest: Digest?) -> Value { digest.map { .string("\($0)") } ?? .null }

  /// - Returns: nil where the value is no record.
  init?(_ value: Value) {
    guard let object = value.object, let run = object["run"]?.string.flatMap({ RunID($0) }),
      let kind = object["kind"]?.string.flatMap(RunKind.init(rawValue:)),
      let time = object["time"]?.string.flatMap({ Timestamp($0) }), let user = object["user"]?.string,
      let tool = object["tool"]?.string, let chain = object["chain"]?.array, let files = object["files"]?.array
    else { return nil }
    self.run = run
    self.time = time
    self.user = user
    self.tool = tool
    description = RunDescription(
      kind, from: object["from"]?.string, to: object["to"]?.string,
      reverts: object["reverts"]?.string.flatMap { RunID($0) }, plan: object["plan"]?.string.flatMap { Digest($0) })
    backup = object["backup_digest"]?.string.flatMap { Digest($0) }
    for step in chain {
      guard let id = step.object?["id"]?.string, let checksum = step.object?["checksum"]?.string else { return nil }
      description.chain.append(RunDescription.Step(id: id, checksum: checksum))
    }
    self.files = []
    for file in files {
      guard let object = file.object, let path = RelativePath(object) else { return nil }
      self.files.append(
        File(
          path, before: object["before"]?.string.flatMap { Digest($0) },
          after: object["after"]?.string.flatMap { Digest($0) }))
    }
  }
}
