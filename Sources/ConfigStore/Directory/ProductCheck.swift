public import ConfigDocument
private import Glibc

/// The application's own look at a configuration that was written: the `verify` of its product.
struct ProductCheck: Sendable {
  /// The program and its arguments; `{dir}` stands for the configuration directory.
  let arguments: [String]
  /// The product's directory, where a program with a `/` in its name is looked for.
  let directory: String

  /// Whether its program may run at all: not where nothing but the set itself names the product.
  let isAllowed: Bool

  /// How long the check may take, and how much it may say.
  var limits = ProgramLimits(milliseconds: 60_000, output: 1 << 20)

  /// Looks for the program, before anything is written.
  /// - Throws: `program-untrusted`, `verify-failed`.
  func prepare() throws(Diagnostic) {
    guard let name = arguments.first else { return }
    guard isAllowed else {
      throw Diagnostic(
        .programUntrusted,
        "the product verifies a configuration with `\(name)`, and nothing but the set's own cfgmigrate.yaml names its registry",
        hint: "Look at the program; then name the registry yourself, with --registry or CFGMIGRATE_PATH")
    }
    guard executable(name) != nil else {
      throw Diagnostic(
        .verifyFailed,
        "there is no program `\(name)`, with which the product verifies a configuration; nothing is written",
        hint: "Install it on PATH, or put it beside product.yaml and write it as `./NAME`")
    }
  }

  /// Runs the program, without a shell, in the directory of this process.
  ///
  /// - Parameter path: the absolute path of the configuration directory.
  /// - Throws: `verify-failed` where it cannot be started, fails, or does not end in time.
  func run(on path: String) throws(Diagnostic) {
    guard let name = arguments.first else { return }
    let words = [name] + arguments.dropFirst().map { Self.substituting(path, in: $0) }
    let line = words.joined(separator: " ")
    guard let executable = executable(name) else {
      throw failure("`\(name)`, which the product names to verify a configuration, cannot be found", [])
    }
    var child: ChildProcess
    do throws(SpawnError) {
      child = try ChildProcess(executable, arguments: words, environment: Self.environment, limits: limits)
    } catch {
      throw failure("`\(line)` cannot be started: \(error.description)", [])
    }
    let (output, ending) = child.converse(sending: [], until: .end, limits: limits)
    let complaint = child.complaint + output
    switch ending {
    case .timedOut: throw failure("`\(line)` did not end within \(limits.milliseconds / 1_000) s", complaint)
    case .tooMuchOutput: throw failure("`\(line)` printed more than \(limits.output >> 20) MiB", [])
    case .answered, .ended, .stopped: break
    }
    switch child.finish(limits: limits) {
    case .exited(0): return
    case .exited(let status): throw failure("`\(line)` ended with status \(status)", complaint)
    case .signalled(let signal): throw failure("`\(line)` was ended by signal \(signal)", complaint)
    }
  }

  private func failure(_ what: String, _ complaint: [UInt8]) -> Diagnostic {
    let said = complaint.split(separator: UInt8(ascii: "\n")).prefix(Self.shownLines)
      .map { String(decoding: $0.prefix(200), as: UTF8.self) }.joined(separator: "; ")
    return Diagnostic(
      .verifyFailed,
      "\(what)\(said.isEmpty ? "" : ": \(said)"); the new configuration was in place for that moment, and was taken back",
      hint: "See what the program says of the result of `cfgmigrate diff`")
  }

  private static let shownLines = 5

  private func executable(_ name: String) -> String? {
    guard name.utf8.contains(UInt8(ascii: "/")) else { return ExecutableSearch.find(name) }
    let path = name.utf8.first == UInt8(ascii: "/") ? name : "\(directory)/\(name)"
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    let found = String(cString: real)
    return ExecutableSearch.isExecutable(found) ? found : nil
  }

  private static func substituting(_ path: String, in argument: String) -> String {
    let parts = argument.split(separator: "{dir}", omittingEmptySubsequences: false)
    return parts.joined(separator: path)
  }

  /// The program is the application's, and may need what its users have set.
  private static var environment: [String] {
    var variables: [String] = []
    var next = environ
    while let variable = next.pointee {
      variables.append(String(cString: variable))
      next += 1
    }
    return variables
  }
}

extension Diagnostic.Code {
  /// The program that the product names to verify a configuration did not accept the new one.
  public static let verifyFailed: Self = "verify-failed"
}
