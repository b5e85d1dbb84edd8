package import ConfigDocument
private import Glibc

/// Runs commands. Tests hand in runners that answer from a table.
package protocol CommandRunner: Sendable {
  /// Runs the command until it ends, its time is over, or it is to stop. Then nothing that it started runs any more, but for
  /// what left its process group.
  ///
  /// - Parameter isStopped: asked about ten times a second.
  /// - Throws: `command-missing` where there is no such program, or it cannot be started.
  func run(_ command: Command, isStopped: () -> Bool) throws(Diagnostic) -> CommandResult
}

extension CommandRunner {
  package func run(_ command: Command) throws(Diagnostic) -> CommandResult {
    try run(command, isStopped: { false })
  }
}

/// Runs commands on this machine, each in a process group of its own that does not outlive this process.
package struct LocalCommandRunner: CommandRunner {
  package init() {}

  package func run(_ command: Command, isStopped: () -> Bool) throws(Diagnostic) -> CommandResult {
    var limits = ProgramLimits(
      milliseconds: command.timeLimit, output: command.outputLimit, complaint: 65_536, diesWithParent: true)
    limits.keepsTail = command.keepsTail
    guard let executable = Self.executable(of: command) else {
      throw Diagnostic(
        .commandMissing, "there is no program `\(command.words.first ?? "")`",
        hint: "Install it on PATH, or write its path")
    }
    var child: ChildProcess
    do throws(SpawnError) {
      child = try ChildProcess(
        executable, arguments: command.words, environment: Self.environment(adding: command.variables),
        directory: command.directory, limits: limits)
    } catch {
      throw Diagnostic(
        .commandMissing, "`\(command.line)` cannot be started: \(error.description)",
        hint: "A script begins with `#!` and its interpreter, and is executable")
    }
    let (output, ending) = child.converse(sending: command.input, until: .end, limits: limits, isStopped: isStopped)
    switch ending {
    case .timedOut, .stopped, .tooMuchOutput:
      child.requestEnd(within: command.grace)
      _ = child.finish(limits: limits)
      let ended: CommandResult.Ending =
        ending == .timedOut ? .timedOut : ending == .stopped ? .stopped : .tooMuchOutput
      return CommandResult(ending: ended, output: output, complaint: child.complaint)
    case .answered, .ended: break
    }
    switch child.finish(limits: limits) {
    case .exited(let status):
      return CommandResult(ending: .exited(status), output: output, complaint: child.complaint)
    case .signalled(let signal):
      return CommandResult(ending: .signalled(signal), output: output, complaint: child.complaint)
    }
  }

  /// The path of the command's program; nil where there is none.
  package static func executable(of command: Command) -> String? {
    guard let name = command.words.first, !name.isEmpty else { return nil }
    guard name.utf8.contains(UInt8(ascii: "/")) else {
      return ExecutableSearch.find(name, on: command.variables["PATH"])
    }
    let path = name.utf8.first == UInt8(ascii: "/") ? name : "\(command.directory ?? ".")/\(name)"
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    let found = String(cString: real)
    return ExecutableSearch.isExecutable(found) ? found : nil
  }

  private static func environment(adding variables: [String: String]) -> [String] {
    var out: [String] = []
    var next = environ
    while let variable = next.pointee {
      let text = String(cString: variable)
      let name = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init)
      if variables[name ?? ""] == nil { out.append(text) }
      next += 1
    }
    return out + variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  }
}

extension Diagnostic.Code {
  /// A program that is to be run is not there, or cannot be started.
  package static let commandMissing: Self = "command-missing"
}
