package import ConfigDocument

/// Does independent pieces of work, one after the other or several at once.
///
/// Planning starts no threads of its own. Who plans may hand it some: each file is parsed, rendered and read again by
/// itself, so the plan is the same however the work is distributed.
public struct WorkDistribution: Sendable {
  /// Calls the closure with ranges that together are `0..<count`, each number once, and returns when all are done.
  public typealias Distribution = @Sendable (_ count: Int, _ work: @escaping @Sendable (Range<Int>) -> Void) -> Void

  private let distribution: Distribution

  public init(_ distribution: @escaping Distribution) { self.distribution = distribution }

  /// Everything in order, in the thread of the caller.
  public static let inOrder = WorkDistribution { count, work in work(0..<count) }

  /// The results for `0..<count`, in order.
  /// - Throws: the error of the lowest number that failed.
  package func map<Element: Sendable>(
    _ count: Int, _ make: @escaping @Sendable (Int) throws(Diagnostic) -> Element
  ) throws(Diagnostic) -> [Element] {
    guard count > 0 else { return [] }
    let results = Results<Element>(count: count)
    distribution(count) { range in
      for index in range {
        do throws(Diagnostic) { results.set(index, .success(try make(index))) } catch {
          results.set(index, .failure(error))
        }
      }
    }
    return try results.values()
  }
}

/// A place for the result of each piece of work. Each is written once, by whoever does the piece.
private final class Results<Element: Sendable>: @unchecked Sendable {
  private let slots: UnsafeMutableBufferPointer<Result<Element, Diagnostic>?>

  init(count: Int) {
    slots = .allocate(capacity: count)
    slots.initialize(repeating: nil)
  }

  deinit {
    slots.deinitialize()
    slots.deallocate()
  }

  func set(_ index: Int, _ result: Result<Element, Diagnostic>) { slots[index] = result }

  func values() throws(Diagnostic) -> [Element] {
    var values: [Element] = []
    values.reserveCapacity(slots.count)
    for slot in slots {
      guard let slot else { preconditionFailure("a piece of work was not done") }
      values.append(try slot.get())
    }
    return values
  }
}
