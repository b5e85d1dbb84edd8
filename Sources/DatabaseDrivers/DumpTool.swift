internal import ConfigDocument
internal import ConfigStore
internal import DataMigration

/// Runs the tools of servers. A secret reaches them by their environment and never by their words.
struct DumpTool {
  let programs: any CommandRunner
  let isStopped: () -> Bool
  var variables: [String: String] = [:]

  /// A dump takes as long as it takes; whoever runs the step limits it.
  static let timeLimit = 24 * 3_600_000

  func run(_ words: [String]) throws(Diagnostic) {
    let result = try programs.run(
      Command(words, variables: variables, timeLimit: Self.timeLimit), isStopped: isStopped)
    guard result.succeeded else {
      throw Diagnostic(
        .dumpFailed, "`\(words[0])` \(result.ending): \(result.lastWords(lines: 3))",
        hint: "Look whether its version fits the server's, and whether the user may read everything")
    }
  }

  /// Packs a directory into one file.
  func archive(_ directory: String, to path: String) throws(Diagnostic) {
    try run(["tar", "--create", "--sparse", "--file", path, "--directory", directory, "."])
  }

  func version(of tool: String) throws(Diagnostic) -> String {
    // Some say it on standard error.
    try programs.run(Command([tool, "--version"])).lastWords(lines: 1)
  }
}
