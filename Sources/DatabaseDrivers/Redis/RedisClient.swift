internal import ConfigDocument
internal import ConfigStore
internal import DataMigration

/// `redis-cli`, one question a call.
struct RedisClient {
  let server: DatabaseServer
  let programs: any CommandRunner

  /// How it reaches the server. The password is in its environment, and never in its words.
  var words: [String] {
    var words = ["redis-cli", "-e", "--no-auth-warning"]
    switch server.endpoint {
    case .socket(let path): words += ["-s", path]
    case .host(let host): words += ["-h", host]
    }
    if let port = server.port { words += ["-p", String(port)] }
    if let user = server.user { words += ["--user", user] }
    return words
  }

  func ask(_ question: [String]) throws(Diagnostic) -> String {
    let result = try programs.run(command(words + question, timeLimit: 30_000))
    guard result.succeeded else { throw unreachable(result.lastWords(lines: 2)) }
    return result.text
  }

  /// Runs a program that takes as long as it takes.
  func run(_ words: [String]) throws(Diagnostic) {
    let result = try programs.run(command(words, timeLimit: 24 * 3_600_000))
    guard result.succeeded else {
      throw Diagnostic(
        .dumpFailed, "`\(words[0])` \(result.ending): \(result.lastWords(lines: 3))",
        hint: "Look whether this user may read the server's file, and whether there is room")
    }
  }

  private func command(_ words: [String], timeLimit: Int) -> Command {
    var variables: [String: String] = [:]
    variables["REDISCLI_AUTH"] = server.password
    return Command(words, variables: variables, timeLimit: timeLimit)
  }

  func unreachable(_ reason: String) -> Diagnostic {
    DatabaseError(.unreachable, reason).diagnostic("asking", on: "Redis at \(server.place)")
  }

  // MARK: Answers

  /// A line `field:value` of a section of `INFO`.
  func field(_ name: String, of section: String) throws(Diagnostic) -> String? {
    try lines(of: section).first { $0.name == name }?.value
  }

  private func lines(of section: String) throws(Diagnostic) -> [(name: String, value: String)] {
    try ask(["INFO", section]).split(whereSeparator: \.isNewline).compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return (String(line[..<colon]), String(line[line.index(after: colon)...]))
    }
  }

  /// The second line of what `CONFIG GET` answers.
  func setting(_ name: String) throws(Diagnostic) -> String {
    let lines = try ask(["CONFIG", "GET", name]).split(whereSeparator: \.isNewline)
    guard lines.count == 2 else { throw unreachable("it does not tell its `\(name)`") }
    return String(lines[1])
  }

  /// How many keys each database has that do not end by themselves: those that do may be gone when a dump is read.
  func keys() throws(Diagnostic) -> [TableCount] {
    try lines(of: "keyspace").compactMap { name, value in
      var numbers: [Substring: Int] = [:]
      for pair in value.split(separator: ",") {
        let parts = pair.split(separator: "=")
        if parts.count == 2 { numbers[parts[0]] = Int(parts[1]) }
      }
      guard let keys = numbers["keys"], let ending = numbers["expires"], keys > ending else { return nil }
      return TableCount(name, rows: keys - ending)
    }
  }

  /// Lets the server write its file, and waits for that.
  /// - Throws: `dump-failed` where it could not.
  func save(isStopped: () -> Bool) throws(Diagnostic) {
    try awaitSave(isStopped)
    _ = try ask(["BGSAVE"])
    try awaitSave(isStopped)
    guard try field("rdb_last_bgsave_status", of: "persistence") == "ok" else {
      throw Diagnostic(
        .dumpFailed, "Redis at \(server.place) could not write its file",
        hint: "Its log says why; mostly its disk is full, or its directory is not its own")
    }
  }

  private func awaitSave(_ isStopped: () -> Bool) throws(Diagnostic) {
    while try field("rdb_bgsave_in_progress", of: "persistence") != "0" {
      guard !isStopped() else {
        throw DatabaseError(.stopped, "it is not to go on").diagnostic("saving", on: "Redis at \(server.place)")
      }
      _ = try programs.run(Command(["sleep", "0.1"]))
    }
  }
}
