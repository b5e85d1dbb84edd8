private import Glibc
private import Synchronization

/// The signals by which a user or the system ends a process. The first one ends the step that runs, in order, and leaves a run
/// that can be resumed; the same one again ends the process at once.
enum TerminationSignals {
  /// Lock-free, so that a signal handler may write it.
  private static let number = Atomic<Int32>(0)

  static func listen() {
    // Made here: the handler must not be the first to look.
    _ = number.load(ordering: .relaxed)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { signal in
      TerminationSignals.number.store(signal, ordering: .relaxed)
    }
    action.sa_flags = SA_RESTART | Int32(bitPattern: UInt32(SA_RESETHAND))
    for signal in [SIGINT, SIGTERM, SIGHUP] {
      var before = sigaction()
      sigaction(signal, nil, &before)
      // What was ignored when this process began, as by `nohup`, stays so.
      let isIgnored = unsafeBitCast(before.__sigaction_handler.sa_handler, to: Int.self) == 1
      if !isIgnored { sigaction(signal, &action, nil) }
    }
  }

  /// The signal that came; nil where none did.
  static var heard: String? {
    switch number.load(ordering: .relaxed) {
    case 0: nil
    case SIGINT: "SIGINT"
    case SIGTERM: "SIGTERM"
    case SIGHUP: "SIGHUP"
    case let other: "signal \(other)"
    }
  }
}
