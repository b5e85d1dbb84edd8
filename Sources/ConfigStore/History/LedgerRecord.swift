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

    init(_ transition: FileTransition) {
      self.init(transition.path, before: transition.before?.digest, after: transition.after?.digest)
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
  /// The run that a line of the ledger is of, read off its beginning; nil where it does not begin as it is written.
  static func run(ofLine line: ArraySlice<UInt8>) -> RunID? {
    var start = JSONWriter()
    start.object { out in
      out.format()
      out.key("run")
    }
    // Without the end of the object.
    let before = start.bytes.dropLast() + [UInt8(ascii: "\"")]
    guard line.starts(with: before) else { return nil }
    return RunID(String(decoding: line.dropFirst(before.count).prefix(RunID.length), as: UTF8.self))
  }

  /// The record as JSON, in the order in which people read it.
  public var value: Value {
    var out = JSONWriter()
    write(to: &out)
    guard let value = try? readJSON(out.bytes, named: "record") else {
      preconditionFailure("what is written as JSON reads as JSON")
    }
    return value
  }

  /// - Parameter previous: For a line of the ledger: the digest of the line before, if there is one.
  func write(to out: inout JSONWriter, previous: Digest?? = nil) {
    out.object { out in
      out.format()
      out.member("run", run.text)
      out.member("kind", description.kind.rawValue)
      out.member("time", "\(time)")
      out.member("user", user)
      out.member("tool", tool)
      out.member("from", description.fromVersion)
      out.member("to", description.toVersion)
      out.member("chain", description.chain) { out, step in
        out.object { out in
          out.member("id", step.id)
          out.member("checksum", step.checksum)
        }
      }
      out.member("reverts", description.reverts?.text)
      out.member("plan", description.plan)
      out.member("backup", run.text)
      out.member("backup_digest", backup)
      out.member("files", files) { out, file in
        out.object { out in
          out.path(file.path)
          out.member("before", file.before)
          out.member("after", file.after)
        }
      }
      guard let previous else { return }
      out.member("previous", previous)
      ChecksummedText.end(&out)
    }
  }

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
