internal import ConfigDocument
private import Glibc
private import Synchronization

/// Looks now and then whether someone wants that what runs ends at once. Asked as often as anyone likes.
final class RequestWatch: Sendable {
  private let box: RequestBox
  private let last = Mutex<(at: Int, found: OperatorRequest?)>((.min, nil))
  /// In milliseconds.
  private static let interval = 100

  init(_ box: RequestBox) { self.box = box }

  /// The request to abort or to roll back; nil where there is none.
  var urgent: OperatorRequest? {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let now = time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
    return last.withLock { last in
      if last.found == nil, last.at == .min || now - last.at >= Self.interval {
        let waiting = (try? box.waiting()) ?? []
        last = (now, waiting.lazy.map(\.request).first { $0.kind == .abort || $0.kind == .rollback })
      }
      return last.found
    }
  }
}
