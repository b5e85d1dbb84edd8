import Foundation
import Synchronization

/// A server that runs for the tests, as a user without rights, in a scratch directory that goes with the test process.
package final class ServerProcess: Sendable {
  package let directory: String
  private let command: @Sendable (String) -> [String]
  private let isReady: @Sendable (String) -> Bool
  private let process = Mutex<Process?>(nil)

  /// Why a server cannot run here, for the message of a test that is not run.
  package struct Unavailable: Error, CustomStringConvertible {
    package var description: String
  }

  /// - Parameters:
  ///   - command: the server's words, given its directory.
  ///   - isReady: whether it answers.
  init(
    _ name: String, prepare: (String) throws -> Void, command: @escaping @Sendable (String) -> [String],
    isReady: @escaping @Sendable (String) -> Bool
  ) throws {
    // Sockets have short names.
    directory = NSTemporaryDirectory() + "/cfgm-\(name)-\(getpid())-\(UInt32.random(in: 0...999))"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    if getuid() == 0 { _ = try Self.run(["chown", "nobody:nogroup", directory]) }
    self.command = command
    self.isReady = isReady
    try prepare(directory)
    try start()
  }

  /// Starts it, and waits until it answers.
  package func start() throws {
    let process = Process()
    // A watcher ends the server and takes the directory away when the tests are gone, however they went.
    let watch = """
      "$@" >"$0/log" 2>&1 & server=$!
      trap 'kill -QUIT $server 2>/dev/null' TERM
      while kill -0 \(getpid()) 2>/dev/null && kill -0 $server 2>/dev/null; do sleep 1; done
      if ! kill -0 \(getpid()) 2>/dev/null; then kill -KILL $server 2>/dev/null; sleep 1; rm -rf "$0"; fi
      """
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", watch, directory] + Self.unprivileged(command(directory))
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    self.process.withLock { $0 = process }
    for _ in 0..<600 {
      if isReady(directory) { return }
      guard process.isRunning else { break }
      usleep(100_000)
    }
    let log = (try? String(contentsOfFile: directory + "/log", encoding: .utf8)) ?? ""
    throw Unavailable(description: "the server did not start: \(log.suffix(600))")
  }

  /// Ends the server as a crash does: at once, without a word to its clients.
  package func crash(pidFile: String) throws {
    let text = try String(contentsOfFile: "\(directory)/\(pidFile)", encoding: .utf8)
    guard let pid = text.split(whereSeparator: \.isWhitespace).first.flatMap({ pid_t($0) }) else { return }
    // PostgreSQL takes SIGQUIT as "crash now"; the others have no better word than SIGKILL.
    kill(pid, pidFile.hasSuffix("postmaster.pid") ? SIGQUIT : SIGKILL)
    for _ in 0..<200 where kill(pid, 0) == 0 { usleep(50_000) }
    process.withLock { $0?.waitUntilExit() }
  }

  // MARK: Programs

  package static func unprivileged(_ words: [String]) -> [String] {
    getuid() == 0 ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] + words : words
  }

  /// Runs a program to its end.
  @discardableResult
  package static func run(_ words: [String], input: String? = nil) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Unavailable(description: "\(words.joined(separator: " ")): \(text.suffix(600))")
    }
    return text
  }

  static func find(_ name: String, in directories: [String]) throws -> String {
    for directory in directories + ["/usr/bin", "/usr/sbin", "/usr/local/bin"] {
      let path = "\(directory)/\(name)"
      if FileManager.default.isExecutableFile(atPath: path) { return path }
    }
    throw Unavailable(description: "\(name) is not installed (scripts/setup.sh installs the servers)")
  }
}
