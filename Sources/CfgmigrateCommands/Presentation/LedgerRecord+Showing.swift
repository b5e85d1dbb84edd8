internal import ConfigDocument
internal import ConfigStore

extension LedgerRecord {
  /// What the run did: `apply 2.1.0 → 2.2.0`, `rollback of <run>`.
  var deed: String {
    var words = [description.kind.rawValue]
    if let from = description.fromVersion, let to = description.toVersion { words.append("\(from) → \(to)") }
    if let reverts = description.reverts { words.append("of \(reverts)") }
    return words.joined(separator: " ")
  }

  /// The run, its files, and how to take it back.
  func show(_ terminal: inout Terminal) {
    var columns = Columns()
    columns.add("Run", run.text)
    columns.add("Did", deed)
    columns.add("When", "\(time)")
    columns.add("Who", "\(user), \(tool)")
    for line in columns.lines(indent: 0) { terminal.print(line) }
    if !description.chain.isEmpty {
      terminal.heading("Transformers")
      var chain = Columns()
      for step in description.chain { chain.add(step.id, Self.short(step.checksum)) }
      for line in chain.lines() { terminal.print(line) }
    }
    terminal.heading("Files")
    var files = Columns()
    for file in self.files {
      files.add(
        "\(file.path)", file.before.map { Self.short("\($0)") } ?? "created", "→",
        file.after.map { Self.short("\($0)") } ?? "removed")
    }
    for line in files.lines() { terminal.print(line) }
  }

  /// What a run that has just ended says: the run, what changed, and how to go back.
  func showDone(in directory: String, _ terminal: inout Terminal) {
    let verb =
      switch description.kind {
      case .apply: "Applied"
      case .rollback: "Rolled back"
      case .restore: "Restored"
      }
    let versions = [description.fromVersion, description.toVersion].compactMap { $0 }.joined(separator: " → ")
    terminal.print(
      terminal.outPalette.paint(
        "\(verb)\(versions.isEmpty ? "" : " \(versions)"): \(Counted.of(files.count, "file")) written", .heading))
    var columns = Columns()
    for file in files {
      columns.add("\(file.path)", file.before == nil ? "created" : file.after == nil ? "removed" : "")
    }
    for line in columns.lines() { terminal.print(line) }
    terminal.print("Run \(run)")
    terminal.print("To take it back: cfgmigrate rollback \(ShellWord.of(directory)) --run \(run)")
  }

  /// Enough of a digest to tell it from others.
  private static func short(_ digest: String) -> String {
    let prefix = "sha256:"
    return digest.utf8.starts(with: prefix.utf8) ? String(digest.utf8.dropFirst(prefix.utf8.count).prefix(12))! : digest
  }
}

/// Text as one word of a shell's command line.
enum ShellWord {
  static func of(_ text: String) -> String {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:@%+,".utf8)
    guard !text.isEmpty, text.utf8.allSatisfy(plain.contains) else {
      return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
    return text
  }
}
