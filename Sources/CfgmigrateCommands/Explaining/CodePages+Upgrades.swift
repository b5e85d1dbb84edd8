extension CodePage {
  /// The steps of a page: a spec, and a command.
  private static func upgrade(_ spec: String, run command: String = "cfgmigrate upgrade plan") -> String {
    "=== file upgrade.yaml\nupgrade: shop\nfrom: \"1\"\nto: \"2\"\n\(spec)\n=== run \(command)"
  }

  private static let harmless = "steps:\n  - {id: first, run: {apply: [\"true\"], way-back: stays, repeatable: true}}"
  private static let approved =
    "steps:\n  - {id: first, approve: true, run: {apply: [\"true\"], way-back: stays, repeatable: true}}"

  /// What is wrong with the spec of an upgrade.
  static let upgradeSpecs: [CodePage] = [
    CodePage(
      "component-cycle",
      what: "Components, or steps, wait for each other in a circle.",
      why: "None of them could ever begin.",
      remedy: "Take one of the `after` away.",
      steps: upgrade("components: {iam: {after: [cmdb]}, cmdb: {after: [iam]}}\n\(harmless)")),
    CodePage(
      "unknown-reference",
      what: "A name is used that nothing in the spec has.",
      why: "A step that waits for a name that is misspelled would not wait at all.",
      remedy: "Correct the name.",
      steps: upgrade("\(harmless)\n  - {id: second, after: [frist], run: {apply: [\"true\"], way-back: stays}}")),
    CodePage(
      "duplicate-id",
      what: "Two parts of a spec have the same ID.",
      why: "The journal tells steps apart by it.",
      remedy: "Give one of them another ID.",
      steps: upgrade("\(harmless)\n  - {id: first, run: {apply: [\"true\"], way-back: stays}}")),
    CodePage(
      "unknown-kind",
      what: "A step, gate, check or notification does not say what it is, or says two things.",
      why: "Each has one field that names its kind, such as `run` or `configure`.",
      remedy: "Give it one of the kinds that the hint lists.",
      steps: upgrade("steps:\n  - {id: first}")),
    CodePage(
      "no-undo",
      what: "A step says neither how it is taken back nor that it need not be.",
      why: "Before anything is changed it must be clear that there is a way back.",
      remedy: "Give it `undo`, or say `way-back: stays` or `way-back: none`.",
      steps: upgrade("steps:\n  - {id: first, run: {apply: [./deploy.sh]}}")),
    CodePage(
      "pivots-unordered",
      what: "Two steps have no way back, and neither comes after the other.",
      why: "It must be clear from when on there is no way back.",
      remedy: "Let one come `after` the other.",
      steps: upgrade(
        """
        components: {a: {}, b: {}}
        steps:
          - {id: first, component: a, run: {apply: ["true"], way-back: none}}
          - {id: second, component: b, run: {apply: ["true"], way-back: none}}
        """)),
    CodePage(
      "unknown-emergency",
      what: "The spec has no emergency procedure of this name.",
      why: "An unknown situation is no reason to do something else.",
      remedy: "`cfgmigrate upgrade emergency` lists the procedures.",
      steps: upgrade(harmless, run: "cfgmigrate upgrade emergency isolate")),
    CodePage(
      "secret-missing",
      what: "A secret is not where the spec says.",
      why: "A spec holds no secrets; it names a variable or a file.",
      remedy: "Set the variable for this command, or write the file.",
      steps: upgrade(
        "steps:\n  - {id: first, run: {apply: [\"true\"], secrets: {WORD: {env: SHOP_WORD}}, way-back: stays, repeatable: true}}",
        run: "cfgmigrate upgrade run")),
    CodePage(
      "command-missing",
      what: "A program that is to be run is not there, or cannot be started.",
      why: "A step of an upgrade names it. No shell looks for it: a name is looked for on PATH, a path from the spec.",
      remedy: "Install it, or correct its name.",
      message: "error[command-missing]: there is no program `./platform.sh`"),
  ]

  /// What stops the run of an upgrade.
  static let upgradeRuns: [CodePage] = [
    CodePage(
      "preflight-failed",
      what: "A check before the upgrade failed, or warned and nobody accepted it; nothing was begun.",
      why: "What is known to be wrong before is cheaper to repair than in the middle.",
      remedy: "Repair what failed. A warning is accepted with `--accept CHECK`.",
      steps: upgrade(
        "preflight: [{id: free, run: [sh, -c, exit 1]}]\n\(harmless)", run: "cfgmigrate upgrade run --format json")),
    CodePage(
      "outside-window",
      what: "The upgrade may not begin now: the window is closed, or closes before it is done.",
      why: "The spec's `window` says when it may run.",
      remedy: "Begin it when the window opens, or say why not with `--now REASON`.",
      steps: upgrade(
        "window: {blackouts: [{from: 2020-01-01T00:00:00Z, to: 2100-01-01T00:00:00Z, reason: closed}]}\n\(harmless)",
        run: "cfgmigrate upgrade run")),
    CodePage(
      "announcement-late",
      what: "People who should be told 72 hours before can no longer be told in time.",
      why: "The upgrade is planned to begin too soon for that.",
      remedy: "Plan a later begin, or tell them now.",
      steps: upgrade(
        "communication: [{audience: business}]\n\(harmless)",
        run: "cfgmigrate upgrade plan --at 2020-01-01T00:00:00Z")),
    CodePage(
      "unfinished-run",
      what: "A run of the upgrade was begun and is not over.",
      why: "Two runs would not know of each other's steps.",
      remedy: "`cfgmigrate upgrade resume` goes on with it, `cfgmigrate upgrade rollback` takes it back.",
      steps: upgrade(approved, run: "cfgmigrate upgrade run --no-wait; cfgmigrate upgrade run")),
    CodePage(
      "no-run",
      what: "No run waits to be gone on with.",
      why: "None was begun, or the last one is over.",
      remedy: "`cfgmigrate upgrade run` begins one.",
      steps: upgrade(harmless, run: "cfgmigrate upgrade resume")),
    CodePage(
      "upgrade-changed",
      what: "The spec, or what a step works with, is not what it was when the run began.",
      why: "What is half done must be finished by the plan that it was begun with.",
      remedy: "Put it back as it was; or take the run back, and begin anew.",
      steps: upgrade(
        approved,
        run:
          "cfgmigrate upgrade run --no-wait; sed -i 's/true\", way/false\", way/; s/\\[\"true/[\"false/' upgrade.yaml; cfgmigrate upgrade resume"
      )
    ),
    CodePage(
      "command-failed",
      what: "A command of a step ended with another status than 0, by a signal, or not in time.",
      why: "The message has the last lines that it said.",
      remedy: "Run it by hand, repair the cause, and run or resume the upgrade.",
      steps: upgrade(
        "steps:\n  - {id: first, run: {apply: [sh, -c, \"echo no such host >&2; exit 3\"], undo: [\"true\"]}}",
        run: "cfgmigrate upgrade run")),
    CodePage(
      "step-timeout",
      what: "A step did not end within its time limit, and was ended.",
      why: "`timeout` is an hour where the step says nothing.",
      remedy: "See why it takes so long, or give it more time.",
      steps: upgrade(
        "steps:\n  - {id: first, timeout: 10ms, run: {apply: [sleep, \"60\"], undo: [\"true\"]}}",
        run: "cfgmigrate upgrade run")),
    CodePage(
      "gate-failed",
      what: "A gate found that the upgrade must not go on.",
      why: "More of its answers were bad than `failure-limit` allows.",
      remedy: "See the answers with `cfgmigrate upgrade report`, and repair the cause.",
      steps: upgrade(
        "steps:\n  - {id: first, run: {apply: [\"true\"], undo: [\"true\"]}, gates: [{id: health, run: [sh, -c, exit 1]}]}",
        run: "cfgmigrate upgrade run")),
    CodePage(
      "past-pivot",
      what: "A step without a way back has been begun, so the run cannot be taken back.",
      why: "The spec says `way-back: none` of it.",
      remedy: "Repair the cause, and go forward with `cfgmigrate upgrade resume`.",
      steps: upgrade(
        "steps:\n  - {id: first, run: {apply: [\"false\"], way-back: none}}",
        run: "cfgmigrate upgrade run > log 2>&1; cfgmigrate upgrade rollback")),
    CodePage(
      "log-damaged",
      what: "A line of a run's journal does not follow from the line before it.",
      why: "Someone edited the file, or the disk damaged it; it no longer tells what was done.",
      remedy: "Establish by hand what was done, and put the journal's folder aside.",
      steps: upgrade(
        harmless,
        run:
          "cfgmigrate upgrade run > log 2>&1; sed -i 's/first/fisrt/' .cfgmigrate-upgrade/shop/runs/*/journal.jsonl; cfgmigrate upgrade status"
      )),
    CodePage(
      "upgrade-stopped",
      what: "Somebody ended a run, or a step of it.",
      why: "`cfgmigrate upgrade abort` or `rollback` was given in another terminal.",
      remedy: "`cfgmigrate upgrade status` says where it stands; `resume` goes on.",
      message: "error[upgrade-stopped]: stopped by `upgrade abort` by anna"),
    CodePage(
      "gate-undecided",
      what: "A gate that is asked beside a step could not tell whether it may go on.",
      why: "Its server gave no answers, or too few.",
      remedy: "Repair what the gate asks, then `cfgmigrate upgrade resume`.",
      message: "error[gate-undecided]: the gate `errors` of `deploy` could not tell: 2 good, 5 without a verdict"),
    CodePage(
      "undo-blocked",
      what: "A step was not taken back, since what is built on it is still there.",
      why: "The step that came after it could not be taken back.",
      remedy: "Repair that one by hand; `cfgmigrate upgrade resume` then goes on with the way back.",
      message: "error[undo-blocked]: `schema` was not taken back, since `workers` is still built on it"),
    CodePage(
      "http-unreachable",
      what: "A web server did not answer.",
      why: "It does not run, cannot be reached from here, or takes too long.",
      remedy: "Look at the server and the way to it.",
      message: "error[http-unreachable]: http://127.0.0.1:8080/health did not answer: curl: (7) Failed to connect"),
    CodePage(
      "not-delivered",
      what: "Someone could not be told what became of an upgrade.",
      why: "The webhook or mail server refused the message. The upgrade goes on; the report lists it.",
      remedy: "Look at the address and the password of the notification.",
      message: "error[not-delivered]: the webhook answered 404"),
  ]
}
