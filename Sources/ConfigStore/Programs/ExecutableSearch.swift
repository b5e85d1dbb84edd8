private import Glibc

/// Finds programs as a shell does, but for directories that depend on where one stands.
package enum ExecutableSearch {
  /// The path of a program on `PATH`; relative directories are passed over.
  package static func find(_ name: String, on path: String? = nil) -> String? {
    let path = path ?? getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    for directory in path.split(separator: ":") where directory.utf8.first == UInt8(ascii: "/") {
      let candidate = "\(directory)/\(name)"
      if isExecutable(candidate) { return candidate }
    }
    return nil
  }

  package static func isExecutable(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }
}
