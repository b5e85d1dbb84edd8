private import Glibc

/// Runs a case with the binaries that were built beside the tests, in a scratch directory of its own.
///
/// Commands find the binaries on `PATH`, the package's directory in `$ROOT`, public test data in `$SUITES`, the shipped products by
/// `CFGMIGRATE_PATH`, and the run identifiers seen so far in `$RUN1`, `$RUN2` and so on. Nothing else of the caller's
/// environment reaches them.
public struct CommandCaseRunner {
  private let scratch: ScratchDirectory
  private var normalizer: OutputNormalizer

  public init() throws(CommandCaseError) {
    scratch = try ScratchDirectory()
    normalizer = OutputNormalizer(paths: [
      (scratch.work, "$SCRATCH"), (Suites.path, "$SUITES"), (Self.binaries, "$BINARIES"), (Self.prefix, "$PREFIX"),
      (Repository.root, "$ROOT"),
    ])
  }

  /// Where the built binaries are: the directory of the running test bundle, or what `CFGMIGRATE_BINARIES` names (of a release build, say).
  public static let binaries: String = {
    if let chosen = getenv("CFGMIGRATE_BINARIES") { return String(cString: chosen) }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes { readlink("/proc/self/exe", $0.baseAddress!, $0.count) }
    return String(decoding: buffer[..<max(count, 0)], as: UTF8.self).split(separator: "/").dropLast()
      .reduce("") { "\($0)/\($1)" }
  }()

  /// Where `share/cfgmigrate` would be.
  private static let prefix = binaries.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }

  /// Carries out the steps.
  /// - Returns: the case with what really came out in the place of what was expected.
  public mutating func run(_ expected: CommandCase) throws(CommandCaseError) -> CommandCase {
    var actual = expected
    for (index, step) in expected.steps.enumerated() {
      switch step {
      case .file(let path, let text):
        let file = try self.path(inside: path)
        try shell("mkdir -p \"$(dirname \"$TO\")\"", ["TO": file])
        try FileBytes.write(try VisibleBytes.bytes(of: text), to: file)
      case .copy(let from, let to):
        try shell(
          "mkdir -p \"$(dirname \"$TO\")\" && cp -a \"$FROM\" \"$TO\"",
          ["FROM": "\(Repository.root)/\(from)", "TO": try self.path(inside: to)])
      case .needs: break
      case .run(let run): actual.steps[index] = .run(try outcome(of: run))
      case .after(let path, _):
        let file = try self.path(inside: path)
        actual.steps[index] =
          FileBytes.exists(file)
          ? .after(path: path, text: VisibleBytes.text(of: try FileBytes.read(file))) : .absent(path: path)
      case .absent(let path):
        let file = try self.path(inside: path)
        if FileBytes.exists(file) {
          actual.steps[index] = .after(path: path, text: VisibleBytes.text(of: try FileBytes.read(file)))
        }
      }
    }
    return actual
  }

  /// Runs one line and gives what it printed and its status, with all that differs from run to run replaced by names.
  public mutating func outcome(of expected: CommandCase.Run) throws(CommandCaseError) -> CommandCase.Run {
    let outcome = try ShellCommand(expected.command, in: scratch.work, environment: environment).run(
      outputs: scratch.path)
    return CommandCase.Run(
      command: expected.command,
      stdout: normalizer.normalize(VisibleBytes.text(of: outcome.stdout)),
      stderr: normalizer.normalize(VisibleBytes.text(of: outcome.stderr)),
      exit: outcome.status)
  }

  /// What this machine cannot do of what the case needs.
  public mutating func missing(for expected: CommandCase) throws(CommandCaseError) -> [String] {
    var missing: [String] = []
    for case .needs(let command) in expected.steps {
      if try outcome(of: CommandCase.Run(command: command)).exit != 0 { missing.append(command) }
    }
    return missing
  }

  /// Makes a link in the scratch directory to a file or directory of the package.
  public func link(_ path: String) throws(CommandCaseError) {
    guard symlink("\(Repository.root)/\(path)", "\(scratch.work)/\(path)") == 0 else {
      throw CommandCaseError("\(path): \(String(cString: strerror(errno)))")
    }
  }

  private var environment: [(name: String, value: String)] {
    [
      ("PATH", "\(Self.binaries):/usr/local/bin:/usr/bin:/bin"), ("HOME", scratch.path), ("LANG", "C.UTF-8"),
      ("TZ", "UTC"), ("USER", "ada"), ("ROOT", Repository.root), ("SUITES", Suites.path),
      ("CFGMIGRATE_PATH", "\(Repository.root)/transformers"),
      ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"),
    ] + normalizer.runs.enumerated().map { ("RUN\($0.offset + 1)", $0.element) }
  }

  private func path(inside path: String) throws(CommandCaseError) -> String {
    guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
      throw CommandCaseError("'\(path)' leads out of the scratch directory")
    }
    return "\(scratch.work)/\(path)"
  }

  private func shell(_ line: String, _ variables: [String: String]) throws(CommandCaseError) {
    let environment = [("PATH", "/usr/bin:/bin")] + variables.map { ($0.key, $0.value) }
    let outcome = try ShellCommand(line, in: scratch.work, environment: environment).run(outputs: scratch.path)
    guard outcome.status == 0 else {
      throw CommandCaseError("\(line): \(String(decoding: outcome.stderr, as: UTF8.self))")
    }
  }
}
