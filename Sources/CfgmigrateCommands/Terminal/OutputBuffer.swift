private import Glibc

/// Bytes on their way to a file descriptor, written in large pieces.
///
/// When the reader is gone (`| head`), what is left is dropped in silence: a command finishes its work whoever reads. Any
/// other failure, such as a full disk, is kept in ``failure`` for the command to tell.
struct OutputBuffer {
  let descriptor: Int32
  private var pending: [UInt8] = []
  private var isClosed = false
  /// Why something could not be written, in the system's words; nil where all was, or where nobody reads.
  private(set) var failure: String?
  private static let capacity = 1 << 16

  init(descriptor: Int32) { self.descriptor = descriptor }

  mutating func write(_ text: String) { write(bytes: text.utf8) }

  mutating func write(bytes: some Sequence<UInt8>) {
    pending.append(contentsOf: bytes)
    if pending.count >= Self.capacity { flush() }
  }

  mutating func flush() {
    var rest = pending[...]
    while !rest.isEmpty, !isClosed {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress!, $0.count) }
      if written >= 0 {
        rest = rest.dropFirst(written)
      } else if errno == EAGAIN {
        // A terminal that another program made non-blocking.
        var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        Glibc.poll(&poll, 1, -1)
      } else if errno != EINTR {
        isClosed = true
        if errno != EPIPE { failure = String(cString: strerror(errno)) }
      }
    }
    pending.removeAll(keepingCapacity: true)
  }

  /// Makes a write to a reader that is gone an error of that write, and not the end of the process.
  static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }
}
