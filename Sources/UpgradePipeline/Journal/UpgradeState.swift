package import ConfigDocument
package import ConfigStore

/// Where the runs of an upgrade are kept: `<directory of the spec>/.cfgmigrate-upgrade/<name>/`.
///
///     lock                     held by the process that runs, whatever becomes of it
///     requests/                what others ask of it: pause, abort, approve, roll back
///     runs/<run>/journal.jsonl what was intended and done
///     runs/<run>/progress.json how far the running step is; may be lost
///     runs/<run>/files/<step>/ what steps keep: captured bytes, backups
package struct UpgradeState: Sendable {
  package let root: OpenDirectory
  let runs: OpenDirectory
  let requests: OpenDirectory

  /// For a process that runs: makes what is missing.
  package init(completing directory: OpenDirectory, upgrade name: String) throws(Diagnostic) {
    let folder = try directory.makeSubdirectory(.upgradeState, mode: 0o700)
    if try folder.readIfPresent(.gitignoreOfState) == nil {
      try folder.replaceDurably(.gitignoreOfState, with: Array("*\n".utf8))
    }
    root = try folder.makeSubdirectory(FileName(known: name), mode: 0o700)
    runs = try root.makeSubdirectory(.runs, mode: 0o700)
    requests = try root.makeSubdirectory(.requests, mode: 0o700)
  }

  /// For those who only look.
  /// - Returns: nil where the upgrade was never run.
  package init?(readingIn directory: OpenDirectory, upgrade name: String) throws(Diagnostic) {
    guard let folder = try directory.subdirectoryIfPresent(.upgradeState),
      let root = try folder.subdirectoryIfPresent(FileName(known: name)),
      let runs = try root.subdirectoryIfPresent(.runs), let requests = try root.subdirectoryIfPresent(.requests)
    else { return nil }
    (self.root, self.runs, self.requests) = (root, runs, requests)
  }

  /// The runs, oldest first.
  package func allRuns() throws(Diagnostic) -> [RunID] { try runs.entries().compactMap { RunID("\($0)") }.sorted() }

  /// What a run recorded. Changes nothing; a last line that was cut off does not count.
  package func history(of run: RunID) throws(Diagnostic) -> RunHistory {
    let directory = try runs.subdirectory(FileName(known: run.text))
    return try RunHistory(run: run, try ChainedLog.read(.journalLog, in: directory))
  }

  /// The newest run that has begun; nil where there is none.
  package func newest() throws(Diagnostic) -> RunHistory? {
    for run in try allRuns().reversed() {
      let history = try history(of: run)
      // A process that died before its first record has left a directory, and nothing else.
      if !history.records.isEmpty { return history }
    }
    return nil
  }

  /// The directory of a run, made where it is missing.
  func directory(of run: RunID) throws(Diagnostic) -> OpenDirectory {
    try runs.makeSubdirectory(FileName(known: run.text), mode: 0o700)
  }

  func directoryIfPresent(of run: RunID) throws(Diagnostic) -> OpenDirectory? {
    try runs.subdirectoryIfPresent(FileName(known: run.text))
  }

  /// Where a step of a run keeps files.
  func store(of step: String, in run: RunID) throws(Diagnostic) -> StepStore {
    StepStore(in: try directory(of: run), [FileName(known: "files"), FileName(known: step)])
  }
}

extension FileName {
  static let upgradeState = FileName(known: ".cfgmigrate-upgrade")
  static let gitignoreOfState = FileName(known: ".gitignore")
  static let runs = FileName(known: "runs")
  static let requests = FileName(known: "requests")
  static let journalLog = FileName(known: "journal.jsonl")
  static let progress = FileName(known: "progress.json")
}
