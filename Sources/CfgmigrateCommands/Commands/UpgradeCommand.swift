internal import ArgumentParser
internal import ConfigDocument
private import ConfigStore
private import Glibc

/// Becomes `cfgmigrate-upgrade`, which brings the clients of servers that this static file does without.
struct UpgradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "upgrade", abstract: "Take a whole platform to its next version; runs the program cfgmigrate-upgrade.",
    usage: "cfgmigrate upgrade <command> [<upgrade.yaml>] [<options>]",
    discussion: "'cfgmigrate upgrade --help' shows its commands; docs/upgrade.md describes the spec.")

  static let program = "cfgmigrate-upgrade"

  @Argument(parsing: .captureForPassthrough, help: "What cfgmigrate-upgrade is given.") var arguments: [String] = []

  func run() throws {
    guard let executable = Self.executable else {
      var terminal = Terminal(color: .auto)
      terminal.say(
        Diagnostic(
          .commandMissing, "there is no program `\(Self.program)`, neither beside this one nor on PATH",
          hint: "It is installed as cfgmigrate is; put it into the same directory"))
      throw ExitCode(ExitStatus.failed.rawValue)
    }
    var words: [UnsafeMutablePointer<CChar>?] = ([Self.program] + arguments).map { strdup($0) } + [nil]
    execv(executable, &words)
    throw ExitCode(ExitStatus.failed.rawValue)
  }

  /// Beside this program, then on `PATH`.
  private static var executable: String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes { readlink("/proc/self/exe", $0.baseAddress!, $0.count) }
    if count > 0, count < buffer.count {
      let own = String(decoding: buffer[..<count], as: UTF8.self)
      let directory = own.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
      let beside = "\(directory)/\(program)"
      if ExecutableSearch.isExecutable(beside) { return beside }
    }
    return ExecutableSearch.find(program)
  }
}
