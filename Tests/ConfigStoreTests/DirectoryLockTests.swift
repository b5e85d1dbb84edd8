import ConfigDocument
import Glibc
import StoreTestSupport
import Synchronization
import SystemPackage
import Testing

@testable import ConfigStore

@Suite struct DirectoryLockTests {
  @Test func `a second writer is told who has the lock`() throws {
    let scratch = ScratchDirectory()
    scratch.write("a.yaml", "1")
    let store = try scratch.store()
    try store.locked { (_) throws(Diagnostic) in
      let refusal = #expect(throws: Diagnostic.self) {
        try scratch.store().commit([FileChange(.remove, at: "a.yaml")], RunDescription(.apply))
      }
      #expect(refusal?.code == .locked)
      #expect(
        refusal?.message.contains("process \(getpid()) (cfgmigrate apply) since 2026-11-21T01:45:23.120Z") == true)
    }
    #expect(try store.commit([FileChange(.remove, at: "a.yaml")], RunDescription(.apply)) != nil)
  }

  @Test func `two that come first do not make the state directory at once`() throws {
    let scratch = ScratchDirectory()
    scratch.write("a.yaml", "1")
    // Another process comes right when the first file of the state takes its place.
    let others = Refusals()
    let moment: @Sendable (InterferingFileSystem.Call) -> Bool = { $0 == .rename(to: .gitignore) }
    let interfering = InterferingFileSystem(before: moment) { () throws(Errno) in
      others.add(
        code {
          try TransactionalDirectory(try OpenDirectory(scratch.path), environment: .fixed).locked { _ in }
        })
    }
    let changes = [FileChange(.remove, at: "a.yaml")]
    #expect(try scratch.store(through: interfering).commit(changes, RunDescription(.apply)) != nil)
    #expect(others.codes == [.locked])
    #expect(scratch.read(".cfgmigrate/.gitignore") == "*\n")
  }

  @Test func `a patient writer asks until its patience ends`() throws {
    let scratch = ScratchDirectory()
    let slept = Slept()
    var environment = RunEnvironment.fixed
    environment.sleep = { slept.add($0) }
    let patient = TransactionalDirectory(try OpenDirectory(scratch.path), environment: environment, patience: 250)
    try scratch.store().locked { (_) throws(Diagnostic) in
      #expect(code { try patient.locked { _ in } } == .locked)
    }
    #expect(slept.pauses == [100, 100, 50])
  }

  @Test func `a reader tells a run that goes on from one that was cut off`() throws {
    let scenario = Scenario()
    _ = try? scenario.commit(through: FaultyFileSystem(.killed(at: 50)))
    let store = try scenario.scratch.store()
    #expect(try store.interruptedRun() != nil)
    try store.locked { (_) throws(Diagnostic) in
      #expect(code { _ = try store.interruptedRun() } == .locked)
    }
  }

  @Test func `the lock of a process that was killed is free`() async throws {
    let scratch = ScratchDirectory()
    let path = scratch.path
    _ = await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let store = TransactionalDirectory(try OpenDirectory(path), environment: .fixed)
      try store.locked { _ in _ = kill(getpid(), SIGKILL) }
    }
    #expect(scratch.read(".cfgmigrate/lock")?.contains("cfgmigrate apply") == true)
    try scratch.store().locked { _ in }
  }
}

private final class Refusals: Sendable {
  private let mutex = Mutex<[Diagnostic.Code?]>([])
  var codes: [Diagnostic.Code?] { mutex.withLock { $0 } }
  func add(_ code: Diagnostic.Code?) { mutex.withLock { $0.append(code) } }
}

private final class Slept: Sendable {
  private let mutex = Mutex<[Int]>([])
  var pauses: [Int] { mutex.withLock { $0 } }
  func add(_ milliseconds: Int) { mutex.withLock { $0.append(milliseconds) } }
}
