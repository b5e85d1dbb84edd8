internal import ConfigDocument
internal import ConfigStore
internal import UpgradePipeline

/// Files beside a set in formats that are not transformed, such as Python settings: they are kept with a backup, and put
/// back as they were.
struct KeptFiles {
  private let patterns: [FileGlob]
  private let path: String

  init(_ patterns: [FileGlob], in path: String) {
    self.patterns = patterns
    self.path = path
  }

  private func files(_ directory: OpenDirectory) throws(Diagnostic) -> [RelativePath] {
    guard !patterns.isEmpty else { return [] }
    return try directory.listing { _ in false }.files.filter { file in patterns.contains { $0.matches("\(file)") } }
  }

  /// Copies the files.
  /// - Returns: their paths, with the names and digests of the copies.
  func save(in store: StepStore, as directory: String) throws(Diagnostic) -> Value {
    let open = try OpenDirectory(path)
    var out: [Value] = []
    for file in try files(open) {
      guard let bytes = try open.contents(at: file)?.bytes else { continue }
      let digest = Digest(of: bytes)
      try store.write(bytes, as: FileName(known: "kept-\(digest.hexadecimal)"))
      out.append(["path": .string("\(file)"), "digest": .string("\(digest)")])
    }
    return .array(out)
  }

  /// Puts back those that are another thing now, in one transaction.
  /// - Throws: `backup-damaged` where a copy is not what was copied.
  func restore(_ saved: Value, from store: StepStore, environment: RunEnvironment) throws(Diagnostic) {
    let open = try OpenDirectory(path)
    var changes: [FileChange] = []
    var known: Set<RelativePath> = []
    for entry in saved.array ?? [] {
      guard let file = entry.object?["path"]?.string.flatMap({ RelativePath($0) }),
        let digest = entry.object?["digest"]?.string.flatMap({ Digest($0) })
      else { continue }
      known.insert(file)
      let now = try open.contents(at: file)?.bytes
      if let now, Digest(of: now) == digest { continue }
      guard let bytes = try store.read(FileName(known: "kept-\(digest.hexadecimal)")), Digest(of: bytes) == digest
      else {
        throw Diagnostic(
          .backupDamaged, "the copy of \(path)/\(file) is not what was copied", hint: "Restore it from another backup")
      }
      changes.append(FileChange(now == nil ? .create(bytes) : .replace(bytes), at: file))
    }
    for file in try files(open) where !known.contains(file) { changes.append(FileChange(.remove, at: file)) }
    guard !changes.isEmpty else { return }
    try DirectoryHistory(path, environment: environment, patience: 10_000).commit(changes, RunDescription(.restore))
  }
}
