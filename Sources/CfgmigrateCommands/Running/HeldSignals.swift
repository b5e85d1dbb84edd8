private import Glibc

/// The signals by which a user or the system ends a command, held back while files are replaced.
///
/// A signal that comes meanwhile is delivered when the command has said what it did, so that nobody sees a run that is
/// half done and nobody wonders whether it was. The store repairs what even that does not prevent (SIGKILL, a power cut).
package enum HeldSignals {
  /// Holds them back until ``release()``.
  package static func hold() { change(SIG_BLOCK) }

  /// Lets them through again; one that came meanwhile ends the process now.
  package static func release() { change(SIG_UNBLOCK) }

  private static func change(_ how: Int32) {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
    pthread_sigmask(how, &signals, nil)
  }
}
