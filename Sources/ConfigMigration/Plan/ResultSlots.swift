import ConfigDocument

/// A place for each of many results, which is written once, by whoever does that piece of the work.
final class ResultSlots<Element: Sendable>: @unchecked Sendable {
  private let slots: UnsafeMutableBufferPointer<Element?>
  private let failures: UnsafeMutableBufferPointer<Failure?>

  init(count: Int) {
    slots = .allocate(capacity: count)
    slots.initialize(repeating: nil)
    failures = .allocate(capacity: count)
    failures.initialize(repeating: nil)
  }

  deinit {
    slots.deinitialize()
    slots.deallocate()
    failures.deinitialize()
    failures.deallocate()
  }

  func set(_ index: Int, _ result: Element) { slots[index] = result }

  func set(_ index: Int, by make: () throws(Diagnostic) -> Element) {
    do throws(Diagnostic) { slots[index] = try make() } catch { failures[index] = Failure(error) }
  }

  /// Hands the results over, and keeps none. They are moved: a result may be much to copy.
  /// - Throws: the error of the lowest number that failed.
  func take() throws(Diagnostic) -> [Element] {
    for case let failure? in failures { throw failure.error }
    return Array(unsafeUninitializedCapacity: slots.count) { results, count in
      while count < slots.count {
        guard let result = slots[count].take() else { preconditionFailure("a piece of work was not done") }
        results.initializeElement(at: count, to: result)
        count += 1
      }
    }
  }
}

/// In a place of one word: mostly there is none.
private final class Failure {
  let error: Diagnostic

  init(_ error: Diagnostic) { self.error = error }
}
