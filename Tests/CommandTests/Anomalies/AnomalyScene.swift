/// A command of the real binary that changes a directory, and what the directory may be after it, however it ended.
struct AnomalyScene: CustomStringConvertible, Sendable {
  var name: String
  /// Makes `config` of what ``stage`` has laid out in the directory above.
  var setUp: String
  var command: String
  /// The state after the command did nothing, and after it did its work: `old` or `new`, and how many runs are listed.
  var before: String
  var after: String

  var description: String { name }

  /// Lays out, once, what the scenes begin with.
  static let stage = """
    cp -a "$ROOT/samples/job-platform/2.1" pristine && cp -a pristine old
    cp -a pristine applied && cfgmigrate apply applied --to 2.2.0 > /dev/null
    cp -a applied new && rm -r new/.cfgmigrate
    cp -a pristine cut
    strace -qq -o /dev/null -e trace=renameat -e inject=renameat:signal=KILL:when=4 \
      cfgmigrate apply cut --to 2.2.0 > /dev/null 2>&1
    test -n "$(ls cut/.cfgmigrate/journal)" || exit 1
    cp -a applied thrice && cfgmigrate rollback thrice > /dev/null && cfgmigrate apply thrice --to 2.2.0 > /dev/null
    """

  static let all = [
    AnomalyScene(
      name: "apply", setUp: "cp -a ../pristine config", command: "cfgmigrate apply config --to 2.2.0",
      before: "old 0", after: "new 1"),
    AnomalyScene(
      name: "apply --exchange", setUp: "cp -a ../pristine config",
      command: "cfgmigrate apply config --to 2.2.0 --exchange", before: "old 0", after: "new 1"),
    AnomalyScene(
      name: "apply --backup-dir", setUp: "cp -a ../pristine config",
      command: "cfgmigrate apply config --to 2.2.0 --backup-dir backups", before: "old 0", after: "new 1"),
    AnomalyScene(
      name: "rollback", setUp: "cp -a ../applied config", command: "cfgmigrate rollback config",
      before: "new 1", after: "old 2"),
    AnomalyScene(
      name: "rollback --exchange --backup-dir", setUp: "cp -a ../applied config",
      command: "cfgmigrate rollback config --exchange --backup-dir backups", before: "new 1", after: "old 2"),
    AnomalyScene(
      name: "recover", setUp: "cp -a ../cut config", command: "cfgmigrate recover config",
      before: "new 1", after: "new 1"),
    AnomalyScene(
      name: "recover --undo", setUp: "cp -a ../cut config", command: "cfgmigrate recover config --undo",
      before: "new 1", after: "old 0"),
    AnomalyScene(
      name: "recover of an exchange",
      // A copy would have other inodes, by which the trees are known.
      setUp: "cp -a ../pristine config && "
        + "{ strace -qq -o /dev/null -e trace=renameat2 -e inject=renameat2:signal=KILL:when=2 "
        + "cfgmigrate apply config --to 2.2.0 --exchange > /dev/null 2>&1; true; }",
      command: "cfgmigrate recover config",
      before: "new 1", after: "new 1"),
    AnomalyScene(
      name: "backup restore", setUp: "cp -a ../applied config",
      command: "cfgmigrate backup restore config --run $(cfgmigrate history config | cut -d' ' -f1)",
      before: "new 1", after: "old 2"),
    AnomalyScene(
      name: "backup prune", setUp: "cp -a ../thrice config", command: "cfgmigrate backup prune config --keep 1",
      before: "new 3", after: "new 3"),
  ]

  /// Prints the state, `old` or `new` with the number of runs, and every complaint.
  static let judgement = """
    cfgmigrate recover config > said 2>&1 || echo "recover fails: $(head -n 1 said)"
    cfgmigrate recover config 2>&1 | grep -q '^Nothing to do' || echo 'a second recover has something to do'
    test -z "$(ls config/.cfgmigrate/journal 2> /dev/null)" || echo 'a journal is left'
    cfgmigrate backup verify config > said 2>&1 || echo "backup verify: $(head -n 1 said)"
    cfgmigrate history config --verify > said 2>&1 || echo "history --verify: $(head -n 1 said)"
    find config -name '.*.cfgmigrate-*' | grep -q . && echo 'staged files are left'
    state=neither
    diff -r --exclude .cfgmigrate config ../old > /dev/null && state=old
    diff -r --exclude .cfgmigrate config ../new > /dev/null && state=new
    echo "$state $(cfgmigrate history config | grep -c '^[0-9]')"
    """
}
