internal import ConfigDocument
internal import ConfigMigration
private import Glibc

/// Runs the programs of transformers, one process for a value, in the directory of the transformer's file.
struct LocalProgramRunner: ProgramRunner {
  /// Whether programs may run at all.
  let isAllowed: Bool
  /// In bytes.
  var outputLimit = 64 << 20

  func prepare(_ programs: [CustomProgram]) throws(Diagnostic) {
    for program in programs { _ = try executable(of: program) }
  }

  func run(_ program: CustomProgram, on value: Value) throws(Diagnostic) -> ProgramResult {
    guard let input = value.jsonLine else {
      return .failed(
        "cannot be given the value: JSON has no infinite numbers, and none that are not a number", complaint: "")
    }
    let limits = ProgramLimits(milliseconds: program.seconds * 1_000, output: outputLimit)
    let path = try executable(of: program)
    var child: ChildProcess
    do throws(SpawnError) {
      child = try ChildProcess(
        path, arguments: program.arguments, environment: Self.environment, directory: Self.directory(of: program),
        limits: limits)
    } catch {
      throw Diagnostic(
        .programFailed, "`\(program.line)` cannot be started: \(error.description)", at: program.place,
        hint: "A script begins with `#!` and its interpreter")
    }
    let (output, ending) = child.converse(sending: input + [UInt8(ascii: "\n")], until: .end, limits: limits)
    switch ending {
    case .timedOut:
      throw Diagnostic(
        .programTimeout, "the program `\(program.line)` did not end within \(program.seconds) s", at: program.place,
        hint: "Give it more time with `timeout: SECONDS`")
    case .tooMuchOutput:
      throw Diagnostic(
        .programFailed, "the program `\(program.line)` wrote more than \(outputLimit >> 20) MiB", at: program.place)
    case .answered, .ended, .stopped: break
    }
    let status = child.finish(limits: limits)
    let complaint = Self.firstLine(of: child.complaint)
    switch status {
    case .exited(0): break
    case .exited(let status): return .failed("ended with status \(status)", complaint: complaint)
    case .signalled(let signal): return .failed("was ended by signal \(signal)", complaint: complaint)
    }
    do throws(Diagnostic) { return .value(try readJSON(output, named: "output")) } catch {
      let place = error.place.map { " at \($0.line):\($0.column)" } ?? ""
      return .failed("gave no JSON", complaint: error.message + place)
    }
  }

  /// The path of the program: on `PATH`, or from the transformer's directory where it holds a `/`.
  private func executable(of program: CustomProgram) throws(Diagnostic) -> String {
    guard isAllowed else {
      throw Diagnostic(
        .programUntrusted,
        "the transformer runs the program `\(program.line)`, and nothing but the set's own cfgmigrate.yaml names its registry",
        at: program.place,
        hint: "Look at the program; then name the registry yourself, with --registry or CFGMIGRATE_PATH")
    }
    let name = program.arguments[0]
    guard name.utf8.contains(UInt8(ascii: "/")) else {
      if let found = ExecutableSearch.find(name) { return found }
      throw Diagnostic(
        .programFailed, "there is no program `\(name)` on PATH", at: program.place,
        hint: "Install it; a program beside the transformer is written `./\(name)`")
    }
    let path = name.utf8.first == UInt8(ascii: "/") ? name : "\(ProductFiles.real(Self.directory(of: program)))/\(name)"
    guard ExecutableSearch.isExecutable(path) else {
      let shown =
        name.utf8.first == UInt8(ascii: "/") ? name : ProductFiles.normalized("\(Self.directory(of: program))/\(name)")
      throw Diagnostic(
        .programFailed, "`\(name)` is no program that can be run, seen from the transformer's directory",
        at: program.place, hint: "Add the file, and make it executable: `chmod +x \(shown)`")
    }
    return path
  }

  private static func directory(of program: CustomProgram) -> String {
    let folder = program.file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    return folder.isEmpty ? "." : folder
  }

  /// Little enough that two machines give the same, and enough to find an interpreter.
  private static var environment: [String] {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    return ["PATH=\(path)", "LC_ALL=C.UTF-8", "TZ=UTC"]
  }

  private static func firstLine(of text: [UInt8]) -> String {
    let line = text.split(separator: UInt8(ascii: "\n")).first { $0.contains { $0 > 0x20 } } ?? []
    return String(decoding: line.prefix(200), as: UTF8.self)
  }
}

extension Diagnostic.Code {
  /// A transformer runs a program, and only the set that is migrated says where the transformer is.
  public static let programUntrusted: Self = "program-untrusted"
}
