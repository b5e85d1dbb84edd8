import ConfigDocument
import Glibc
import Synchronization
import Testing

@testable import ConfigStore

/// Pieces of work that several threads share.
@Suite struct WorkCrewTests {
  /// How often each piece was done.
  private func tally(_ count: Int, by crew: WorkCrew) -> [Int] {
    let done = Mutex([Int](repeating: 0, count: count))
    crew.run(SharedWork(count: count) { (piece) throws(Diagnostic) in done.withLock { $0[piece] += 1 } })
    return done.withLock { $0 }
  }

  @Test(arguments: [1, 2, 3, 8])
  func `each piece is done once`(threads: Int) {
    let crew = WorkCrew(threads: threads)
    for count in [1, 2, 7, 1_000] { #expect(tally(count, by: crew) == [Int](repeating: 1, count: count)) }
  }

  @Test(arguments: [1, 2, 4], [false, true])
  func `work that was started is done when it is finished, beside other work`(threads: Int, isMustered: Bool) {
    let crew = WorkCrew(threads: threads)
    if isMustered { crew.muster() }
    defer { if isMustered { crew.dismiss() } }
    let sum = Atomic(0)
    let works = (0..<40).map { number in
      SharedWork(count: number % 3 + 1) { (_) throws(Diagnostic) in sum.add(1, ordering: .relaxed) }
    }
    for work in works { crew.start(work) }
    #expect(tally(50, by: crew) == [Int](repeating: 1, count: 50))
    for work in works.reversed() { crew.finish(work) }
    #expect(sum.load(ordering: .relaxed) == works.reduce(0) { $0 + $1.count })
  }

  @Test func `threads that were mustered leave when they are dismissed`() {
    weak var gone: WorkCrew?
    do {
      let crew = WorkCrew(threads: 3)
      gone = crew
      crew.muster()
      #expect(tally(9, by: crew) == [Int](repeating: 1, count: 9))
      crew.dismiss()
    }
    // Each holds the crew as long as it is there.
    for _ in 0..<10_000 where gone != nil { usleep(1_000) }
    #expect(gone == nil)
  }

  @Test func `the error of the first piece that failed is told, and no piece before it is left out`() {
    for _ in 0..<20 {
      let done = Mutex<Set<Int>>([])
      let work = SharedWork(count: 40) { (piece) throws(Diagnostic) in
        // Later ones fail before it.
        if piece == 7 { usleep(2_000) }
        if piece % 8 == 7 { throw Diagnostic(.internalMismatch, "piece \(piece)", at: nil) }
        done.withLock { _ = $0.insert(piece) }
      }
      WorkCrew(threads: 3).run(work)
      #expect(work.failure?.message == "piece 7")
      #expect(done.withLock { $0.isSuperset(of: 0..<7) })
    }
  }

  @Test func `who waits helps with what its own work handed out`() {
    // Two pieces that need each other can be done by two threads only, and one of those has nothing else to do but wait.
    let crew = WorkCrew(threads: 2)
    let met = Atomic(0)
    let hasBegun = Atomic(false)
    let patience = 10_000
    let together = Atomic(false)
    crew.run(
      SharedWork(count: 2) { (half) throws(Diagnostic) in
        guard half == 1 else {
          for _ in 0..<patience where !hasBegun.load(ordering: .sequentiallyConsistent) { usleep(1_000) }
          return
        }
        hasBegun.store(true, ordering: .sequentiallyConsistent)
        crew.run(
          SharedWork(count: 2) { (_) throws(Diagnostic) in
            met.add(1, ordering: .sequentiallyConsistent)
            for _ in 0..<patience where !together.load(ordering: .sequentiallyConsistent) {
              if met.load(ordering: .sequentiallyConsistent) == 2 {
                together.store(true, ordering: .sequentiallyConsistent)
              } else {
                usleep(1_000)
              }
            }
            met.subtract(1, ordering: .sequentiallyConsistent)
          })
      })
    let haveMet = together.load(ordering: .sequentiallyConsistent)
    #expect(haveMet)
  }

  @Test func `work within work within work, from many threads at once`() {
    let crew = WorkCrew(threads: 4)
    let sum = Atomic(0)
    let callers = (0..<6).map { _ in
      WorkThread {
        crew.run(
          SharedWork(count: 5) { (_) throws(Diagnostic) in
            crew.run(
              SharedWork(count: 4) { (_) throws(Diagnostic) in
                crew.run(SharedWork(count: 3) { (_) throws(Diagnostic) in sum.add(1, ordering: .relaxed) })
              })
          })
      }
    }
    for caller in callers { caller.wait() }
    #expect(sum.load(ordering: .relaxed) == 6 * 5 * 4 * 3)
  }

  @Test func `no more threads work than the crew has, and those of its callers`() {
    let crew = WorkCrew(threads: 3)
    let working = Atomic(0)
    let most = Atomic(0)
    crew.run(
      SharedWork(count: 3) { (_) throws(Diagnostic) in
        crew.run(
          SharedWork(count: 20) { (_) throws(Diagnostic) in
            let now = working.add(1, ordering: .sequentiallyConsistent).newValue
            most.max(now, ordering: .sequentiallyConsistent)
            usleep(200)
            working.subtract(1, ordering: .sequentiallyConsistent)
          })
      })
    #expect((1...3).contains(most.load(ordering: .relaxed)))
  }
}
