private import CSpawn
internal import ConfigDocument
private import Glibc

/// A program that was started by this one, spoken to by pipes, and ended with all that it started when this goes.
///
/// Reading and writing take turns, so that neither side waits for the other for ever.
struct ChildProcess: ~Copyable {
  /// How a conversation came to its end.
  enum Ending { case answered, ended, timedOut, tooMuchOutput, stopped }

  /// What the answer ends with.
  enum Terminator { case line, end }

  private let pid: pid_t
  private var input: Int32
  private let output: Int32
  private let talk: Int32
  /// What it said on standard error, as far as a message needs it.
  private(set) var complaint: [UInt8] = []
  private var isReaped = false
  /// Whether it used more than it may, and is not waited for.
  private var isOverdue = false

  private let complaintLimit: Int
  private let keepsTail: Bool
  /// Ends the group where this process does not come to it.
  private let guardian: cfgmigrate_guardian

  /// - Parameters:
  ///   - executable: the path of the program; `arguments` begin with its name.
  ///   - directory: its working directory; nil for this process's own.
  /// - Throws: why it cannot be started.
  init(
    _ executable: String, arguments: [String], environment: [String], directory: String? = nil, limits: ProgramLimits
  ) throws(SpawnError) {
    let started = try Self.spawn(executable, arguments, environment, directory, limits)
    (complaintLimit, keepsTail) = (limits.complaint, limits.keepsTail)
    (pid, input, output, talk) = (started.pid, started.input, started.output, started.talk)
    guardian = limits.diesWithParent ? cfgmigrate_guard(started.pid) : cfgmigrate_guardian(pid: -1, life: -1)
    for descriptor in [input, output, talk] { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
  }

  private static func spawn(
    _ executable: String, _ arguments: [String], _ environment: [String], _ directory: String?, _ limits: ProgramLimits
  ) throws(SpawnError) -> (pid: pid_t, input: Int32, output: Int32, talk: Int32) {
    var ends: [Int32] = []
    for _ in 0..<3 {
      var pair: [Int32] = [-1, -1]
      let status = cfgmigrate_pipe(&pair)
      guard status == 0 else {
        for descriptor in ends { close(descriptor) }
        throw SpawnError(code: status)
      }
      ends += pair
    }
    var pid: pid_t = 0
    let status = CStrings.with(arguments) { arguments in
      CStrings.with(environment) { environment in
        executable.withCString { path in
          CStrings.withOptional(directory) { directory in
            var request = cfgmigrate_spawn_request(
              path: path, arguments: arguments, environment: environment, directory: directory, input: ends[0],
              output: ends[3], error: ends[5], memory: limits.memory ?? -1, file_size: limits.fileSize ?? -1,
              processor_seconds: limits.processorSeconds ?? -1,
              dies_with_parent: limits.diesWithParent ? 1 : 0)
            return cfgmigrate_spawn(&request, &pid)
          }
        }
      }
    }
    for descriptor in [ends[0], ends[3], ends[5]] { close(descriptor) }
    guard status == 0 else {
      for descriptor in [ends[1], ends[2], ends[4]] { close(descriptor) }
      throw SpawnError(code: status)
    }
    return (pid, ends[1], ends[2], ends[4])
  }

  deinit {
    if input >= 0 { close(input) }
    close(output)
    close(talk)
    if !isReaped { Self.end(pid, guardian) }
  }

  // MARK: Conversation

  /// Sends bytes and receives the answer.
  ///
  /// - Parameter terminator: with `end`, nothing more can be sent afterwards.
  /// - Parameter isStopped: asked about ten times a second whether the answer is not wanted any more.
  /// - Returns: the answer, as far as it came.
  mutating func converse(
    sending message: [UInt8], until terminator: Terminator, limits: ProgramLimits,
    isStopped: () -> Bool = { false }
  ) -> (answer: [UInt8], ending: Ending) {
    let pipes = HeldBrokenPipes()
    defer { pipes.release() }
    let deadline = Self.milliseconds() + limits.milliseconds
    var answer: [UInt8] = []
    var sent = 0
    var (hasOutput, hasTalk) = (true, true)
    while hasOutput {
      if sent == message.count, terminator == .end { closeInput() }
      let left = deadline - Self.milliseconds()
      guard left > 0 else {
        isOverdue = true
        return (answer, .timedOut)
      }
      if isStopped() {
        isOverdue = true
        return (answer, .stopped)
      }
      var waits = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: hasTalk ? talk : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: sent < message.count ? input : -1, events: Int16(POLLOUT), revents: 0),
      ]
      // Now and then it is asked whether it still runs: what it started may hold its pipes open.
      let ready = poll(&waits, nfds_t(waits.count), Int32(min(left, 100)))
      if ready == 0, hasEnded { hasOutput = false }
      if ready <= 0 { continue }
      if waits[2].revents != 0 { send(message, &sent) }
      if waits[1].revents != 0 { hasTalk = readComplaint() }
      if waits[0].revents != 0 {
        let start = answer.count
        hasOutput = Self.read(output, into: &answer)
        if answer.count > limits.output {
          guard limits.keepsTail else {
            isOverdue = true
            return (answer, .tooMuchOutput)
          }
          answer.removeFirst(answer.count - limits.output / 2)
        }
        if terminator == .line, answer[start...].contains(UInt8(ascii: "\n")) { return (answer, .answered) }
      }
    }
    if hasTalk { _ = readComplaint() }
    return (answer, terminator == .end ? .answered : .ended)
  }

  private mutating func send(_ message: [UInt8], _ sent: inout Int) {
    let count = message.withUnsafeBytes { write(input, $0.baseAddress! + sent, $0.count - sent) }
    if count > 0 { sent += count }
    // It does not want the rest; whether it answers all the same is its own affair.
    if count < 0, errno != EAGAIN, errno != EINTR { sent = message.count }
  }

  private mutating func closeInput() {
    if input >= 0 { close(input) }
    input = -1
  }

  /// - Returns: whether more may come.
  private mutating func readComplaint() -> Bool {
    var bytes: [UInt8] = []
    let isOpen = Self.read(talk, into: &bytes)
    if keepsTail {
      complaint += bytes
      if complaint.count > complaintLimit { complaint.removeFirst(complaint.count - complaintLimit / 2) }
    } else {
      complaint += bytes.prefix(complaintLimit - complaint.count)
    }
    return isOpen
  }

  /// Reads what is there.
  /// - Returns: whether more may come.
  private static func read(_ descriptor: Int32, into bytes: inout [UInt8]) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    if count > 0 { bytes += chunk[..<count] }
    return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR))
  }

  // MARK: The end

  /// How a program ended.
  enum ExitStatus: Equatable {
    case exited(Int32)
    case signalled(Int32)
  }

  /// Waits for the end of the program, for as long as an answer may take; one that goes on is ended, at once where its
  /// answer was too late or too long.
  mutating func finish(limits: ProgramLimits) -> ExitStatus {
    closeInput()
    let deadline = Self.milliseconds() + limits.milliseconds
    while !isOverdue, !hasEnded, Self.milliseconds() < deadline {
      var pause = timespec(tv_sec: 0, tv_nsec: 2_000_000)
      nanosleep(&pause, nil)
    }
    isReaped = true
    let status = Self.end(pid, guardian)
    return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signalled(status & 0x7F)
  }

  /// Asks the program and what it started to end, and gives them some time for it.
  func requestEnd(within milliseconds: Int) {
    kill(-pid, SIGTERM)
    let deadline = Self.milliseconds() + milliseconds
    while !hasEnded, Self.milliseconds() < deadline {
      var pause = timespec(tv_sec: 0, tv_nsec: 5_000_000)
      nanosleep(&pause, nil)
    }
  }

  /// Whether the program has ended; it is not reaped, so that its group keeps its name.
  private var hasEnded: Bool {
    var info = siginfo_t()
    // One that cannot be asked about is no child any more: waiting for it would last for ever.
    guard waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 else { return errno != EINTR }
    return info.si_signo != 0
  }

  /// Ends the program and what it started, and reaps it.
  @discardableResult
  private static func end(_ pid: pid_t, _ guardian: cfgmigrate_guardian) -> Int32 {
    kill(-pid, SIGKILL)
    cfgmigrate_release(guardian)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 {
      // How it ended cannot be known: that is no success.
      if errno != EINTR { return SIGKILL }
    }
    return status
  }

  private static func milliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
  }
}

/// Why a program could not be started.
struct SpawnError: Error {
  var code: Int32
  var description: String { String(cString: strerror(code)) }
}

/// SIGPIPE held back in this thread: a program that reads no more is no reason to end this one.
private struct HeldBrokenPipes {
  private var before = sigset_t()
  private var pipe = sigset_t()
  private let wasPending: Bool

  init() {
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    var pending = sigset_t()
    sigpending(&pending)
    wasPending = sigismember(&pending, SIGPIPE) == 1
    pthread_sigmask(SIG_BLOCK, &pipe, &before)
  }

  func release() {
    var (pipe, before, now) = (pipe, before, timespec())
    if !wasPending { while sigtimedwait(&pipe, nil, &now) < 0, errno == EINTR {} }
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }
}

/// Texts as C has them.
private enum CStrings {
  static func with<Result>(
    _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    var copies = texts.map { strdup($0) } + [nil]
    defer { for copy in copies { free(copy) } }
    return body(&copies)
  }

  static func withOptional<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
    guard let text else { return body(nil) }
    return text.withCString { body($0) }
  }
}
