internal import ConfigDocument
internal import ConfigStore

/// Where a directory stands, as a person reads it.
struct StatusText {
  let status: DirectoryStatus
  let directory: String
  /// The newest version of the product.
  let newest: String?

  func show(_ terminal: inout Terminal) {
    var columns = Columns()
    columns.add("Directory", directory)
    columns.add("Product", status.product)
    columns.add("Version", version)
    if let newest { columns.add("Newest", newest) }
    if let last = status.lastRun { columns.add("Last run", "\(last.deed), \(last.time), \(last.run)") }
    for line in columns.lines(indent: 0) { terminal.print(line) }

    if !status.pending.isEmpty {
      terminal.heading("Pending")
      var chain = Columns()
      for step in status.pending { chain.add("\(step.from) → \(step.to)", step.summary) }
      for line in chain.lines() { terminal.print(line) }
    }
    terminal.heading("Files")
    var files = Columns()
    for file in status.files {
      files.add(file.path, file.layer.name, file.isEdited ? "edited since the last run" : "")
    }
    for line in files.lines() { terminal.print(line) }

    let findings = (status.problem.map { [$0] } ?? []) + status.findings
    for finding in findings {
      terminal.print()
      terminal.print(finding)
    }
    if let run = status.interruptedRun {
      terminal.print()
      terminal.print(run.diagnostic(in: directory))
    }
  }

  private var version: String {
    guard let version = status.version else { return "unknown" }
    return status.isDetected ? "\(version) (by what the files hold; they do not say it)" : version
  }
}

extension DirectoryStatus {
  func json(newest: String?) -> Value {
    [
      "product": .string(product), "version": version.map(Value.string) ?? .null, "detected": .bool(isDetected),
      "newest": newest.map(Value.string) ?? .null,
      "pending": .array(
        pending.map {
          ["id": .string($0.id), "from": .string($0.from), "to": .string($0.to), "summary": .string($0.summary)]
        }),
      "files": .array(
        files.map {
          ["path": .string($0.path), "layer": .string($0.layer.name), "edited": .bool($0.isEdited)]
        }),
      "interrupted_run": interruptedRun.map { .string($0.run.text) } ?? .null,
      "last_run": lastRun?.value ?? .null,
    ]
  }
}
