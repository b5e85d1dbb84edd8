internal import ConfigDocument
internal import ConfigMigration
private import Glibc
internal import Synchronization

/// Texts in a file that has no name and goes with the process: nobody else can open it, and nothing is left behind.
final class TemporaryShelf: TextShelf {
  private struct Stretch {
    var start: Int
    var count: Int
  }

  private let file: Int32
  private let directory: String
  private let stretches = Mutex<[Stretch]>([])

  /// - Throws: `io-error` where there is no directory for temporary files.
  init() throws(Diagnostic) {
    // Not /tmp before it: that is often memory.
    let chosen = getenv("TMPDIR").map { String(cString: $0) }
    for directory in [chosen, "/var/tmp", "/tmp"].compactMap({ $0 }) {
      // O_TMPFILE, which the overlay does not export.
      let file = open(directory, O_RDWR | O_CLOEXEC | 0o20200000, 0o600)
      guard file >= 0 else { continue }
      self.file = file
      self.directory = directory
      return
    }
    throw Diagnostic(
      .ioError, "no temporary file can be made in \(chosen ?? "/var/tmp"): \(String(cString: strerror(errno)))",
      hint: "Name a directory with room for the set in TMPDIR")
  }

  deinit { close(file) }

  func put(_ text: [UInt8]) throws(Diagnostic) -> Int {
    let (ticket, stretch) = stretches.withLock { stretches in
      let start = stretches.last.map { $0.start + $0.count } ?? 0
      stretches.append(Stretch(start: start, count: text.count))
      return (stretches.count - 1, stretches[stretches.count - 1])
    }
    var done = 0
    while done < text.count {
      let count = text[done...].withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, stretch.start + done) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw Diagnostic(
          errno == ENOSPC ? .diskFull : .ioError,
          "cannot write a temporary file in \(directory): \(String(cString: strerror(errno)))",
          hint: "Make room there, or name another directory in TMPDIR")
      }
      done += count
    }
    return ticket
  }

  func text(_ ticket: Int) -> [UInt8] {
    let stretch = stretches.withLock { $0[ticket] }
    return [UInt8](unsafeUninitializedCapacity: stretch.count) { buffer, filled in
      while filled < stretch.count {
        let count = pread(file, buffer.baseAddress! + filled, stretch.count - filled, stretch.start + filled)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          filled = 0
          return
        }
        filled += count
      }
    }
  }
}
