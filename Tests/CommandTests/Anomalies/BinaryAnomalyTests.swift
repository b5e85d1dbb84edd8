import TestSupport
import Testing

/// The real binary, where the n-th system call of each kind fails or is its last: the directory is wholly old or wholly
/// new, the ledger agrees, no backup is lost, and a second `recover` has nothing to do.
@Suite struct BinaryAnomalyTests {
  /// Every call that touches files.
  private static let calls =
    "openat,read,write,fsync,syncfs,renameat,renameat2,linkat,unlinkat,mkdirat,fchmod,fchown,utimensat,fsetxattr,"
    + "fremovexattr,flistxattr,fgetxattr,ftruncate,newfstatat,fstat,getdents64,readlink,readlinkat,flock"

  /// A sample takes this many points of each scene.
  private static let sampleSize = 24

  @Test(arguments: AnomalyScene.all)
  func `all or nothing`(scene: AnomalyScene) throws {
    var runner = try CommandCaseRunner()
    guard try runner.outcome(of: .init(command: "strace -o /dev/null true")).exit == 0 else {
      try Test.cancel("strace is not installed, or may not trace here: scripts/setup.sh installs it")
    }
    let stage = try runner.outcome(of: .init(command: AnomalyScene.stage))
    try #require(stage.exit == 0, "\(stage.stderr)")
    let traced = try runner.outcome(
      of: .init(
        command: "mkdir work && cd work && \(scene.setUp) && strace -qq -o ../log -e trace=\(Self.calls) "
          + "\(scene.command) > /dev/null && \(AnomalyScene.judgement)\ncat ../log >&2"))
    #expect(traced.stdout == scene.after + "\n", "without a fault")
    let points = SystemCallLog(traced.stderr, from: "\"config\"").points
    let faults = points.flatMap { point in InjectedFault.all.map { (point, $0) } }
    try #require(!faults.isEmpty)
    // A step that has nothing in common with the number of faults meets all of them.
    var step = max(1, faults.count / Self.sampleSize)
    while step.isMultiple(of: 2) || step.isMultiple(of: 5) { step += 1 }
    var tried = 0
    for index in stride(
      from: Thoroughness.isFull ? 0 : points.count % step, to: faults.count, by: Thoroughness.isFull ? 1 : step)
    {
      let (point, fault) = faults[index]
      tried += 1
      let outcome = try runner.outcome(
        of: .init(
          command: "rm -rf work && mkdir work && cd work && \(scene.setUp)\n"
            + "strace -qq -o /dev/null \(fault.arguments(at: point)) \(scene.command) > said 2>&1\n"
            + "status=$?\n\(AnomalyScene.judgement)\nexit $status"))
      let found = outcome.stdout.split(separator: "\n").joined(separator: "; ")
      let allowed = outcome.exit == 0 ? [scene.after] : [scene.before, scene.after]
      #expect(allowed.contains(found), "\(scene): \(fault) in \(point.call) \(point.number), exit \(outcome.exit)")
    }
    print("The binary, \(scene): \(tried) of \(faults.count) points, in \(points.count) system calls")
  }
}
