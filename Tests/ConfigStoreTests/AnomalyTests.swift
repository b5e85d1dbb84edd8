import ConfigDocument
import StoreTestSupport
import SystemPackage
import TestSupport
import Testing

@testable import ConfigStore

/// The n-th call that changes the disk fails, or the process dies in it; n grows until nothing is left to fail.
/// Afterwards, and after recovery, the directory is wholly old or wholly new.
@Suite struct AnomalyTests {
  enum Kind: CaseIterable, Sendable {
    case killed, ioError, ioErrorFromThenOn, noSpace, noSpaceFromThenOn, denied, deniedFromThenOn, shortWrites
    case unreadable, unreadableFromThenOn

    /// What nested loops try where only a sample is wanted.
    static let main = Thoroughness.isFull ? allCases : [.killed, .ioError]

    /// The calls at which it is tried: each, but of the many that only read, a sample.
    var calls: StrideTo<Int> {
      let readsOnly = self == .unreadable || self == .unreadableFromThenOn
      return stride(from: 1, to: .max, by: readsOnly ? Thoroughness.sample(every: 7) : 1)
    }

    func fault(at n: Int) -> FaultyFileSystem.Fault {
      switch self {
      case .killed: .killed(at: n)
      case .ioError: .failing(.ioError, at: n)
      case .ioErrorFromThenOn: .failing(.ioError, at: n, lasting: true)
      case .noSpace: .failing(.noSpace, at: n)
      case .noSpaceFromThenOn: .failing(.noSpace, at: n, lasting: true)
      case .denied: .failing(.permissionDenied, at: n)
      case .deniedFromThenOn: .failing(.permissionDenied, at: n, lasting: true)
      case .shortWrites: .shortWrites(from: n)
      case .unreadable: .unreadable(.ioError, at: n)
      case .unreadableFromThenOn: .unreadable(.ioError, at: n, lasting: true)
      }
    }
  }

  @Test(arguments: Kind.allCases, [true, false])
  func `a commit is all or nothing`(kind: Kind, makesDirectories: Bool) throws {
    var outcomes: Set<Bool> = []
    var points = 0
    for n in kind.calls {
      points += 1
      let scenario = Scenario(makingDirectories: makesDirectories)
      let faulty = FaultyFileSystem(kind.fault(at: n))
      let isDone = (try? scenario.commit(through: faulty)) != nil
      let isNew = try expectWhole(scenario, "\(kind) at call \(n)")
      if isDone { #expect(isNew, "call \(n): reported as done") }
      outcomes.insert(isNew)
      if !faulty.hasStruck {
        #expect(isDone && isNew)
        break
      }
    }
    #expect(outcomes == (kind == .shortWrites ? [true] : [true, false]))
    print("Commits, \(kind), \(makesDirectories ? "with new directories" : "files alone"): \(points) points")
  }

  /// So many files that several threads let them take their places, in an order that nobody knows; or some, whose old ones are closed by
  /// others while the run goes on.
  @Test(arguments: [Kind.killed, .ioError, .ioErrorFromThenOn], [false, true])
  func `a commit by several threads is all or nothing`(kind: Kind, closesAside: Bool) throws {
    let numbers = 10..<(closesAside ? 25 : 70)
    #expect(ConcurrentWork.isShared(numbers.count) != closesAside)
    let replaced = numbers.dropLast(3).map {
      FileChange(.replace(Array("new \($0)".utf8)), at: RelativePath("\($0).yaml")!)
    }
    let removed = numbers.suffix(3).map { FileChange(.remove, at: RelativePath("\($0).yaml")!) }
    let changes = replaced + removed + [FileChange(.create(Array("new".utf8)), at: "99.yaml")]
    var outcomes: Set<Bool> = []
    var points = 0
    var last: FaultyFileSystem?
    for n in stride(from: 1, to: Int.max, by: Thoroughness.sample(every: 7)) {
      points += 1
      let scratch = ScratchDirectory()
      for number in numbers { scratch.write("\(number).yaml", "old \(number)") }
      let before = scratch.snapshot()
      let faulty = FaultyFileSystem(kind.fault(at: n), freesOnClose: closesAside)
      let isDone = (try? scratch.store(through: faulty).commit(changes, RunDescription(.apply))) != nil
      let store = try scratch.store()
      _ = try store.recover()
      let isOld = scratch.snapshot() == before
      let after = scratch.snapshot()
      let isNew =
        after.count == before.count - 2 && after["99.yaml"]?.hasSuffix("\nnew") == true
        && numbers.dropLast(3).allSatisfy { after["\($0).yaml"]?.hasSuffix("\nnew \($0)") == true }
      #expect(isOld != isNew, "\(kind) at call \(n): neither old nor new: \(after)")
      #expect(isNew || !isDone, "\(kind) at call \(n): reported as done")
      #expect(try store.recover().isEmpty && store.ledger().records.count == (isNew ? 1 : 0))
      outcomes.insert(isNew)
      last = faulty
      if !faulty.hasStruck { break }
    }
    #expect(outcomes == [true, false])
    let scene = closesAside ? "some files" : "many files"
    print("Commits by several threads, \(kind), \(scene): \(points) points of \(last?.calls ?? 0)")
  }

  @Test(arguments: Kind.main, [true, false])
  func `a recovery that fails too leaves it to the next one`(kind: Kind, makesDirectories: Bool) throws {
    let total = try callsOfCommit()
    var points = 0
    for n in stride(from: 5, through: total, by: Thoroughness.sample(every: 13)) {
      for m in 1... {
        let scenario = Scenario(makingDirectories: makesDirectories)
        _ = try? scenario.commit(through: FaultyFileSystem(.killed(at: n)))
        let faulty = FaultyFileSystem(kind.fault(at: m))
        _ = try? scenario.scratch.store(through: faulty).recover()
        _ = try expectWhole(scenario, "killed at call \(n), recovery \(kind) at call \(m)")
        points += 1
        if !faulty.hasStruck { break }
      }
    }
    print("Recoveries, \(kind): \(points) points")
  }

  @Test(arguments: Kind.allCases)
  func `an undo that is asked for and fails is gone on with`(kind: Kind) throws {
    // The call before the last one removes the journal of a run that is complete.
    let n = try callsOfCommit() - 1
    for m in kind.calls {
      let scenario = Scenario()
      _ = try? scenario.commit(through: FaultyFileSystem(.killed(at: n)))
      let faulty = FaultyFileSystem(kind.fault(at: m))
      let undone = try? scenario.scratch.store(through: faulty).recover(.undo)
      let isNew = try expectWhole(scenario, "undo \(kind) at call \(m)")
      if undone?.map(\.outcome) == [.undone] { #expect(!isNew) }
      if !faulty.hasStruck {
        #expect(!isNew)
        print("Undos, \(kind): up to call \(m)")
        break
      }
    }
  }

  @Test(arguments: Kind.allCases)
  func `a rollback is all or nothing`(kind: Kind) throws {
    for n in kind.calls {
      let scenario = Scenario()
      _ = try scenario.commit()
      let faulty = FaultyFileSystem(kind.fault(at: n))
      _ = try? scenario.scratch.store(through: faulty).rollback()
      _ = try scenario.scratch.store().recover()
      let isOld = scenario.scratch.snapshot() == scenario.before
      let isNew = scenario.scratch.snapshot(withTimes: false) == Scenario.after
      #expect(isOld != isNew, "\(kind) at call \(n): neither old nor new")
      #expect(try scenario.scratch.store().ledger().records.count == (isOld ? 2 : 1))
      if !faulty.hasStruck {
        print("Rollbacks, \(kind): up to call \(n)")
        break
      }
    }
  }

  private func callsOfCommit() throws -> Int {
    let counting = FaultyFileSystem(.killed(at: .max))
    _ = try Scenario().commit(through: counting)
    return counting.calls
  }

  /// - Returns: whether the directory is new.
  private func expectWhole(_ scenario: Scenario, _ comment: Comment) throws -> Bool {
    let store = try scenario.scratch.store()
    _ = try store.recover()
    let isOld = scenario.scratch.snapshot() == scenario.before
    let isNew = scenario.scratch.snapshot(withTimes: false) == scenario.after
    #expect(isOld != isNew, "\(comment): neither old nor new: \(scenario.scratch.snapshot())")

    #expect(try store.recover().isEmpty, "\(comment): a second recovery has something to do")
    #expect(try store.interruptedRun() == nil, comment)
    #expect(try store.ledger().problems.isEmpty, comment)
    #expect(try store.ledger().records.count == (isNew ? 1 : 0), comment)
    #expect(try store.backups().count == (isNew ? 1 : 0), comment)
    #expect(scenario.scratch.names(in: ".cfgmigrate/journal") == [], comment)
    for name in ["objects", "backups"].map({ ".cfgmigrate/\($0)" }) {
      #expect(!scenario.scratch.names(in: name).contains { $0.hasPrefix(".") }, comment)
      if isOld { #expect(scenario.scratch.names(in: name) == [], comment) }
    }
    if isNew {
      _ = try store.rollback()
      #expect(scenario.scratch.snapshot() == scenario.before, "\(comment): the backup does not bring everything back")
    }
    return isNew
  }
}
