private import Glibc

/// A directory for one case, removed with all it holds when the case is over.
///
/// `work` is where commands run; what they print is kept beside it.
final class ScratchDirectory {
  let path: String
  var work: String { path + "/work" }

  init() throws(CommandCaseError) {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/cfgmigrate-case-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template), let real = realpath(made, nil) else {
      throw CommandCaseError("no scratch directory in \(base): \(String(cString: strerror(errno)))")
    }
    path = String(cString: real)
    free(real)
    mkdir(path + "/work", 0o755)
  }

  deinit {
    // A case may have taken the right to write away.
    let command = ShellCommand(
      "chmod -R u+rwx \"$DIRECTORY\"; rm -rf \"$DIRECTORY\"", in: "/",
      environment: [("DIRECTORY", path), ("PATH", "/usr/bin:/bin")])
    _ = try? command.run(outputs: nil)
  }
}
