package import ConfigDocument

/// Does independent pieces of work, one after the other or several at once.
///
/// Planning starts no threads of its own. Who plans may hand it some: each file is parsed, rendered and read again by
/// itself, so the plan is the same however the work is distributed.
public struct WorkDistribution: Sendable {
  /// Calls the closure with ranges that together are `0..<count`, each number once, and returns when all are done. It is not worth
  /// while to start a thread for fewer than `grain` of them. The work may distribute work of its own.
  public typealias Distribution =
    @Sendable (
      _ count: Int, _ grain: Int, _ work: @escaping @Sendable (Range<Int>) -> Void
    ) -> Void

  /// How many files are worth a thread.
  package static let files = 32

  private let distribution: Distribution

  public init(_ distribution: @escaping Distribution) { self.distribution = distribution }

  /// Everything in order, in the thread of the caller.
  public static let inOrder = WorkDistribution { count, _, work in work(0..<count) }

  /// The results for `0..<count`, in order.
  ///
  /// - Parameter grain: how many of them are worth a thread.
  /// - Throws: the error of the lowest number that failed.
  package func map<Element: Sendable>(
    _ count: Int, grain: Int = Self.files, _ make: @escaping @Sendable (Int) throws(Diagnostic) -> Element
  ) throws(Diagnostic) -> [Element] {
    guard count > 0 else { return [] }
    let results = ResultSlots<Element>(count: count)
    distribution(count, grain) { range in
      for index in range { results.set(index) { () throws(Diagnostic) in try make(index) } }
    }
    return try results.take()
  }

  /// Two things that do not need each other.
  /// - Throws: the error of the first one, else that of the second.
  package func both<First: Sendable, Second: Sendable>(
    _ first: @escaping @Sendable () throws(Diagnostic) -> First,
    _ second: @escaping @Sendable () throws(Diagnostic) -> Second
  ) throws(Diagnostic) -> (First, Second) {
    let results = (ResultSlots<First>(count: 1), ResultSlots<Second>(count: 1))
    distribution(2, 1) { range in
      for index in range { if index == 0 { results.0.set(0, by: first) } else { results.1.set(0, by: second) } }
    }
    return (try results.0.take()[0], try results.1.take()[0])
  }
}
