package import ConfigDocument
internal import SystemPackage

/// The right to write to a configuration directory. It ends when it goes out of scope, and with the process, however
/// that ends: it is the kernel's lock on an open file, and no file that somebody must delete.
package struct DirectoryLock: ~Copyable {
  private let file: OpenFile

  /// Takes the lock of a state directory, in which nothing else need be yet.
  ///
  /// - Parameter patience: For how many milliseconds to wait while another process has it.
  /// - Throws: `locked`, with who has it since when.
  package init(
    in directory: OpenDirectory, for environment: RunEnvironment, patience: Int = 0
  ) throws(Diagnostic) {
    let file: OpenFile
    do throws(Errno) {
      file = try directory.open(.lock, for: .overwriting(mode: 0o600))
    } catch {
      throw Diagnostic(error, .lock, directory.path(of: .lock))
    }
    var waited = 0
    let descriptor = file.descriptor
    while !(try directory.attempt(.lock, .lock) { () throws(Errno) in
      try directory.fileSystem.lock(descriptor, .exclusive)
    }) {
      guard waited < patience else { throw Self.locked(directory) }
      let pause = min(100, patience - waited)
      environment.sleep(pause)
      waited += pause
    }
    var holder = JSONWriter()
    holder.object { out in
      out.member("pid", Int(environment.processID))
      out.member("command", environment.command)
      out.member("since", "\(environment.now())")
    }
    do throws(Errno) {
      let length = try Self.write(holder.bytes, to: file)
      if try directory.fileSystem.status(of: descriptor).size > length {
        try directory.fileSystem.truncate(descriptor, to: length)
      }
    } catch {
      throw Diagnostic(error, .write, directory.path(of: .lock))
    }
    self.file = file
  }

  /// Writes who has the lock over what is there, filled up with spaces: a file that keeps its length costs least.
  /// - Returns: how many bytes it is.
  private static func write(_ text: [UInt8], to file: borrowing OpenFile) throws(Errno) -> Int {
    let unit = 256
    let filling = unit - 1 - text.count % unit
    let bytes = text + Array(repeating: UInt8(ascii: " "), count: filling) + [UInt8(ascii: "\n")]
    try file.writeAll(bytes)
    return bytes.count
  }

  /// Whether another process writes right now.
  static func isHeld(in state: StateDirectory) throws(Diagnostic) -> Bool { try isHeld(in: state.directory) }

  /// Whether another process has the lock of a directory right now.
  package static func isHeld(in directory: OpenDirectory) throws(Diagnostic) -> Bool {
    let isFree = try directory.attemptIfPresent(.lock, .lock) { () throws(Errno) in
      let file = try directory.open(.lock, for: .reading)
      return try directory.fileSystem.lock(file.descriptor, .shared)
    }
    return isFree == false
  }

  /// The error that names the holder.
  static func locked(_ directory: OpenDirectory) -> Diagnostic {
    let bytes = (try? directory.readIfPresent(.lock))?.bytes ?? []
    let holder = (try? readJSON(bytes, named: directory.path(of: .lock)))?.object
    var who = "another process"
    if let pid = holder?["pid"]?.int { who = "process \(pid)" }
    if let command = holder?["command"]?.string { who += " (\(command))" }
    if let since = holder?["since"]?.string { who += " since \(since)" }
    return Diagnostic(
      .locked, "\(directory.path) is locked by \(who)",
      hint: "Wait until it ends, then run the command again; the lock ends with that process")
  }
}
