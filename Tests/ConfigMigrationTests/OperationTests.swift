import ConfigDocument
import ConfigMigration
import Testing

/// What each operation does to a text, comments included.
@Suite struct OperationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var operations: String
    var before: String
    var after: String
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "move makes the parents that are missing",
      operations: "- move: {from: /db/max, to: /db/pool/max_size}",
      before: """
        db:
          # twenty is enough
          max: 20   # seen in March
          host: a
        """,
      after: """
        db:
          host: a
          pool:
            # twenty is enough
            max_size: 20   # seen in March
        """),
    Case(
      name: "a wildcard rename",
      operations: "- move: {from: \"/jobs/{job}/retry\", to: \"/jobs/{job}/retries\"}",
      before: """
        jobs:
          a: {retry: 3}
          b:
            retry: 5   # five
            x: 1
        """,
      after: """
        jobs:
          a: {retries: 3}
          b:
            retries: 5   # five
            x: 1
        """),
    Case(
      name: "a condition is asked for each match",
      operations: "- rename: {path: \"/jobs/{job}/retry\", to: retries, when: {\"/jobs/{job}/kind\": {equals: batch}}}",
      before: """
        jobs:
          a: {kind: batch, retry: 3}
          b: {kind: cron, retry: 5}
        """,
      after: """
        jobs:
          a: {kind: batch, retries: 3}
          b: {kind: cron, retry: 5}
        """),
    Case(
      name: "copy, remove, set",
      operations: """
        - copy: {from: /a, to: /b}
        - remove: {path: /c}
        - set: {path: /d, value: 2}
        - set: {path: /e, value: new, after: a}
        """,
      before: """
        a: 'one'
        c: 3   # goes
        d: 1   # stays
        """,
      after: """
        a: 'one'
        e: new
        d: 2   # stays
        b: 'one'
        """),
    Case(
      name: "default only where absent, with a comment",
      operations: """
        - default: {path: /w/heartbeat, value: 15, comment: "Seconds."}
        - default: {path: /w/n, value: 9}
        """,
      before: """
        w:
          n: ~
        """,
      after: """
        w:
          n: ~
          # Seconds.
          heartbeat: 15
        """),
    Case(
      name: "merge goes to any depth and keeps what is equal",
      operations: "- merge: {into: /s, value: {a: 1, deep: {x: 1, y: 2}, l: [1]}, on_conflict: replace}",
      before: """
        s:
          deep: {y: 3}
          a: 1   # the same
        """,
      after: """
        s:
          deep: {y: 2, x: 1}
          a: 1   # the same
          l:
            - 1
        """),
    Case(
      name: "merge from takes what it finds",
      operations: "- merge: {from: /mail, into: /n/email, on_conflict: keep}",
      before: """
        mail:
          host: h   # relay
          from: x
        n:
          email:
            from: y
        """,
      after: """
        n:
          email:
            from: y
            host: h   # relay
        """),
    Case(
      name: "map",
      operations: """
        - map: {path: /level, values: {quiet: error, normal: info}}
        - map: {path: "/jobs/*/p", values: [[0, low], [1, high]], otherwise: keep}
        """,
      before: """
        level: "quiet"
        jobs: {a: {p: 0}, b: {p: 7}}
        """,
      after: """
        level: "error"
        jobs: {a: {p: low}, b: {p: 7}}
        """),
    Case(
      name: "convert",
      operations: """
        - convert: {path: /t, from: duration, to: integer, unit: s}
        - convert: {path: /m, from: size, to: integer, unit: B, kilo: 1024}
        - convert: {path: /p, to: integer}
        - convert: {path: /s, to: boolean}
        - convert: {path: /q, to: string}
        - convert: {path: /d, to: duration, unit: s}
        - convert: {path: /f, from: duration, to: number, unit: s}
        """,
      before: """
        t: 1h30m
        m: "512MB"
        p: "5432"
        s: on
        q: 0x1F
        d: 90
        f: 1500ms
        """,
      after: """
        t: 5400
        m: 536870912
        p: 5432
        s: true
        q: "0x1F"
        d: 90s
        f: 1.5
        """),
    Case(
      name: "rewrite",
      operations: "- rewrite: {path: \"/c/*\", match: '^/opt/(\\w+)/', with: '/srv/$1-x/'}",
      before: "c: [/opt/jobs/a, /usr/opt/b, 3]",
      after: "c: [/srv/jobs-x/a, /usr/opt/b, 3]"),
    Case(
      name: "wrap and unwrap keep spelling and comments",
      operations: """
        - wrap: {path: /a, as: list}
        - wrap: {path: /b, as: {key: enabled}}
        - wrap: {path: /m, as: {key: inner}}
        - unwrap: {path: /l, as: list}
        - unwrap: {path: /u, as: {key: url}}
        """,
      before: """
        # about a
        a: 'x'   # the only one
        b: yes
        m:
          # first
          k: 1   # one
        l: ["ops"]
        u:
          url: redis://c   # single
        """,
      after: """
        # about a
        a:   # the only one
          - 'x'
        b:
          enabled: yes
        m:
          inner:
            # first
            k: 1   # one
        l: "ops"
        u: redis://c   # single
        """),
    Case(
      name: "split and join",
      operations: """
        - split: {path: /q, separator: ",", trim: true}
        - split: {path: /b, separator: ":", into: [host, port]}
        - split: {path: /p, pattern: "(\\\\w+)@(\\\\w+)", into: [user, host]}
        - join: {path: /d, separator: ","}
        """,
      before: """
        q: default, mail
        b: "[::1]:80"
        p: a@b
        d:
          - mon
          - wed
        """,
      after: """
        q:
          - default
          - mail
        b:
          host: "[::1]"
          port: "80"
        p:
          user: a
          host: b
        d: mon,wed
        """),
    Case(
      name: "pivot and unpivot",
      operations: """
        - pivot: {path: /alerts, key: name}
        - unpivot: {path: /hooks, key: name}
        """,
      before: """
        # who is told
        alerts:
          # deep queues
          - name: queue   # the first
            above: 1000
          - above: 5
            name: failures
        w:
          a:
            b:
              c: 1
        hooks:
          ops:
            url: a
          chat:
            url: b   # the room
        """,
      after: """
        # who is told
        alerts:
          # deep queues
          queue:
            above: 1000
          failures:
            above: 5
        w:
          a:
            b:
              c: 1
        hooks:
          - name: ops
            url: a
          - name: chat
            url: b   # the room
        """),
    Case(
      name: "lists",
      operations: """
        - insert: {into: /q, values: [b, d], unique: true}
        - insert: {into: /q, values: [z], at: first}
        - insert: {into: /new, values: [1]}
        - discard: {from: /t, values: [udp]}
        - discard: {from: /w, where: {/url: {matches: "^http:"}}}
        - arrange: {path: /s, dedupe: true, sort: ascending}
        """,
      before: """
        q:
          - a   # one
          - b
        t: [udp, tcp]
        w:
          - {url: "http://a"}
          - {url: "https://b"}
        s:
          - c
          - a   # first
          - c
          - b
        """,
      after: """
        q:
          - z
          - a   # one
          - b
          - d
        t: [tcp]
        w:
          - {url: "https://b"}
        s:
          - a   # first
          - b
          - c
        new:
          - 1
        """),
    Case(
      name: "each is relative",
      operations: """
        - each:
            in: "/jobs/{job}"
            do:
              - move: {from: /schedule, to: /trigger/cron}
              - default: {path: /trigger/up, value: false, when: {/trigger: exists}}
        """,
      before: """
        jobs:
          a:
            schedule: daily   # at night
          b:
            x: 1
        """,
      after: """
        jobs:
          a:
            trigger:
              cron: daily   # at night
              up: false
          b:
            x: 1
        """),
    Case(
      name: "each over a list",
      operations: """
        - each:
            in: "/jobs/*"
            do:
              - default: {path: /num, value: 1}
              - rename: {path: /x, to: z}
        """,
      before: """
        jobs:
          - x: 1
          - x: 2
            num: 5
        """,
      after: """
        jobs:
          - z: 1
            num: 1
          - z: 2
            num: 5
        """),
    Case(
      name: "a group asks before its first operation",
      operations: """
        - when: {/old: exists}
          operations:
            - remove: {path: /old}
            - default: {path: /new, value: 1}
        - when: {/old: exists}
          operations:
            - default: {path: /never, value: 1}
        """,
      before: "old: 1\nx: 2", after: "x: 2\nnew: 1"),
    Case(
      name: "prune takes only what the operations emptied",
      operations: """
        - remove: {path: "/c/*/x"}
        - prune: {path: "/c/*"}
        """,
      before: """
        c:
          a: {x: 1}
          b: {}
          d: {x: 1, y: 2}
        """,
      after: """
        c:
          b: {}
          d: {y: 2}
        """),
    Case(
      name: "pin_default and drop_default",
      operations: """
        - pin_default: {path: /num, value: 4}
        - drop_default: {path: /h, value: 15}
        - drop_default: {path: /i, value: 15}
        """,
      before: "h: 15\ni: 16", after: "i: 16\nnum: 4"),
    Case(
      name: "moves to the end of a list keep their order",
      operations: "- move: {from: \"/single/*\", to: /all/-}",
      before: "single: {a: 1, b: 2}\nall: [0]", after: "single: {}\nall: [0, 1, 2]"),
  ]

  @Test(arguments: cases) func `the text comes out as it should`(_ example: Case) throws {
    let head = "version: 1.0.0\n"
    let set = try SmallSet(["main.yaml": head + example.before + "\n"])
    let plan = try set.plan(example.operations)
    let difference = difference("version: 2.0.0\n" + example.after + "\n", plan["main.yaml"])
    #expect(difference == "")
    #expect(plan.warnings.filter { $0.severity == .error } == [])
  }

  @Test func `a conflict stops with both places`() throws {
    let set = try SmallSet(["main.yaml": "version: 1.0.0\na: 1\nb: 2\n"])
    #expect {
      _ = try set.plan("- rename: {path: /a, to: b}")
    } throws: { error in
      guard let error = error as? Diagnostic else { return false }
      #expect(error.message == "`/b` exists already and differs from `/a`")
      #expect(error.place?.description == "main.yaml:3:4")
      #expect(error.related.map(\.place.description) == ["main.yaml:2:4", "step.yaml:7:5"])
      return error.code == .conflict
    }
  }

  @Test(arguments: [
    ("keep", "version: 2.0.0\nb: 2\n", "`/a` (`1`) is dropped, since `/b` exists"),
    ("replace", "version: 2.0.0\nb: 1\n", "`/b` was `2` and becomes `1`"),
  ])
  func `a conflict is settled as asked, with a warning`(
    _ resolution: String, _ result: String, _ warning: String
  ) throws {
    let plan = try SmallSet(["main.yaml": "version: 1.0.0\na: 1\nb: 2\n"])
      .plan("- rename: {path: /a, to: b, on_conflict: \(resolution)}")
    #expect(plan["main.yaml"] == result)
    #expect(plan.warnings.map(\.message) == [warning])
  }

  @Test func `a comment that goes with its entry is told`() throws {
    let plan = try SmallSet(["main.yaml": "version: 1.0.0\n# old\na: 1\nb: 2   # kept once\nl:\n  - name: x   # one\n"])
      .plan(
        "- remove: {path: /a}\n- remove: {path: /c}\n- unwrap: {path: \"/l/*\", as: {key: name}}")
    #expect(plan["main.yaml"] == "version: 2.0.0\nb: 2   # kept once\nl:\n  - x   # one\n")
    #expect(
      plan.warnings.map(\.description) == ["main.yaml:3:1: note: the comment of `/a` goes with it [comment-removed]"])
  }

  @Test(arguments: [
    (
      "- move: {from: main.yaml#/a, to: parts/n.json#/other}",
      "the top level lies outside of `/parts`, which is all that this file holds"
    ),
    ("- rename: {path: /parts, to: pieces}", "`/parts` is the whole content of this file, which cannot be moved"),
    ("- remove: {path: /parts}", "`/parts` is the whole content of the file, which cannot be removed"),
  ])
  func `what would change files is refused`(_ operation: String, _ message: String) throws {
    let set = try SmallSet(["main.yaml": "version: 1.0.0\na: 1\n", "parts/n.json": "{\"n\": {\"on\": false}}\n"])
    #expect {
      _ = try set.plan(operation)
    } throws: { error in
      #expect((error as? Diagnostic)?.message == message)
      return true
    }
  }

  @Test func `two matches with one target are a conflict`() throws {
    let set = try SmallSet(["main.yaml": "version: 1.0.0\njobs: {a: {x: 1}, b: {x: 2}}\n"])
    #expect(throws: Diagnostic.self) { try set.plan("- move: {from: \"/jobs/*/x\", to: /x}") }
  }

  @Test(arguments: [
    ("- map: {path: /a, values: {x: y}}", "`/a` is `\"30q\"`: the table of the operation does not have it"),
    ("- convert: {path: /a, from: duration, to: integer, unit: s}", "`/a` is `\"30q\"`: it is no duration"),
    ("- convert: {path: /f, to: integer}", "`/f` is `1.5`: it is no whole number, and would have to be rounded"),
    (
      "- remove: {path: /nothing, required: true}",
      "the operation `remove` found nothing at `/nothing`, and says that it is required"
    ),
    ("- require: {that: {/a: {equals: 1}}, message: No such thing.}", "No such thing"),
    ("- unwrap: {path: /l, as: list}", "`/l` is a list of 2 items, not of one, and cannot be unwrapped"),
    ("- pivot: {path: /l, key: name}", "the item `/l/0` has no `name` to name it"),
    ("- join: {path: /l, separator: \",\"}", "`/l` is `[\"a,b\", 1]`: `a,b` holds the separator `,`"),
  ])
  func `what an operation cannot do stops the plan`(_ operation: String, _ message: String) throws {
    let set = try SmallSet(["main.yaml": "version: 1.0.0\na: 30q\nf: 1.5\nl: [\"a,b\", 1]\n"])
    #expect {
      _ = try set.plan(operation)
    } throws: { error in
      #expect((error as? Diagnostic)?.message == message)
      return true
    }
  }

  @Test func `notes say where, and only if there is something`() throws {
    let plan = try SmallSet(["main.yaml": "version: 1.0.0\na: 1\n"]).plan(
      """
      - note: {level: warning, path: /a, message: Look at a.}
      - note: {level: info, path: /b, message: Never.}
      - note: {level: action, code: do-it, message: Do it., doc: docs/x.md}
      """)
    #expect(plan.notes.map(\.message) == ["Look at a.", "Do it."])
    #expect(plan.notes[0].places.map(\.description) == ["main.yaml:2:4"])
    #expect(plan.notes[1].code == "do-it")
    #expect(plan.summary.actions == 1)
  }
}
