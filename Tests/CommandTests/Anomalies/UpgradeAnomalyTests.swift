import TestSupport
import Testing

/// The real engine, where the n-th system call of each kind fails or is its last. Whatever happened, `resume` brings the upgrade to
/// an end: wholly done, or, where a step failed for good, wholly taken back; and nothing is there twice.
@Suite struct UpgradeAnomalyTests {
  /// Every call by which the engine changes the disk, starts programs, or listens to them.
  private static let calls =
    "openat,read,write,fsync,renameat,unlinkat,mkdirat,ftruncate,newfstatat,fstat,getdents64,flock,pipe2,clone,clone3,wait4,waitid"

  private static let sampleSize = 48

  private static let stage = #"""
    cat > upgrade.yaml <<'end'
    upgrade: shop
    from: "1"
    to: "2"
    steps:
      - {id: first, run: {capture: [cat, done], apply: [./step.sh, first], probe: [grep, -qx, first, done], undo: [./undo.sh, first]}}
      - {id: second, run: {apply: [./step.sh, second], probe: [grep, -qx, second, done], undo: [./undo.sh, second], effects: [traffic]}}
    notify:
      - {run: [sh, -c, "cat >> told"], retry: {attempts: 1}}
    end
    cat > step.sh <<'end'
    #!/bin/sh
    grep -qx "$1" done || echo "$1" >> done
    end
    cat > undo.sh <<'end'
    #!/bin/sh
    grep -vx "$1" done > rest; mv rest done
    end
    chmod +x step.sh undo.sh; touch done
    """#

  /// Goes on until there is nothing to go on with, and prints what is there then.
  private static let judgement = """
    for turn in 1 2 3 4; do
      cfgmigrate-upgrade resume > said 2>&1
      grep -q '\\[no-run\\]' said && break
    done
    grep -q '\\[no-run\\]' said || echo "it does not come to an end: $(head -n 1 said)"
    cfgmigrate-upgrade report > said 2>&1 || grep -q 'was not run yet' said || echo "report: $(head -n 1 said)"
    echo "$(sort done | uniq -d | wc -l) twice, done: $(tr '\\n' ' ' < done)"
    """

  @Test func `an upgrade comes to its end, whatever fails`() throws {
    var runner = try CommandCaseRunner()
    guard try runner.outcome(of: .init(command: "strace -o /dev/null true")).exit == 0 else {
      try Test.cancel("strace is not installed, or may not trace here: scripts/setup.sh installs it")
    }
    let traced = try runner.outcome(
      of: .init(
        command: "mkdir work && cd work && \(Self.stage)\nstrace -qq -o ../log -e trace=\(Self.calls) "
          + "cfgmigrate-upgrade run > /dev/null 2>&1\n\(Self.judgement)\ncat ../log >&2"))
    let done = "0 twice, done: first second "
    #expect(traced.stdout == done + "\n", "without a fault")
    let points = SystemCallLog(traced.stderr, from: ".cfgmigrate-upgrade").points
    let faults = points.flatMap { point in InjectedFault.all.map { (point, $0) } }
    try #require(!faults.isEmpty)
    // A step that has nothing in common with the number of faults meets all of them.
    var step = max(1, faults.count / Self.sampleSize)
    while step.isMultiple(of: 2) || step.isMultiple(of: 5) { step += 1 }
    if Thoroughness.isFull { step = 1 }
    var tried = 0
    for index in stride(from: 0, to: faults.count, by: step) {
      let (point, fault) = faults[index]
      tried += 1
      let outcome = try runner.outcome(
        of: .init(
          command: "rm -rf work && mkdir work && cd work && \(Self.stage)\n"
            + "timeout 60 strace -qq -o /dev/null \(fault.arguments(at: point)) cfgmigrate-upgrade run > first-said 2>&1\n"
            + "status=$?\n\(Self.judgement)\nexit $status"))
      let found = outcome.stdout.split(separator: "\n").joined(separator: "; ")
      let allowed = outcome.exit == 0 ? [done] : [done, "0 twice, done: "]
      #expect(allowed.contains(found), "\(fault) in \(point.call) \(point.number), exit \(outcome.exit)")
    }
    print("Upgrades by the binary: \(tried) of \(faults.count) points, in \(points.count) system calls")
  }
}
