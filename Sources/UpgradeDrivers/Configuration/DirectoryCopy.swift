internal import ConfigDocument
internal import ConfigStore
internal import UpgradePipeline

/// Copies of whole directories, for rehearsals.
enum DirectoryCopy {
  /// Leaves an empty directory there.
  static func empty(_ path: String, _ context: StepContext) throws(Diagnostic) {
    try run(["rm", "-rf", "--", path], context)
    try run(["mkdir", "-p", "--", path], context)
  }

  /// Copies a directory, without the history of its runs.
  static func replace(_ path: String, with source: String, _ context: StepContext) throws(Diagnostic) {
    try empty(path, context)
    try run(["cp", "-a", "--", "\(source)/.", path], context)
    try run(["rm", "-rf", "--", "\(path)/.cfgmigrate"], context)
  }

  private static func run(_ words: [String], _ context: StepContext) throws(Diagnostic) {
    let result = try context.programs.run(Command(words, timeLimit: 600_000))
    guard result.succeeded else {
      throw Diagnostic(.commandFailed, "`\(Command(words).line)` \(result.ending): \(result.lastWords())")
    }
  }
}
