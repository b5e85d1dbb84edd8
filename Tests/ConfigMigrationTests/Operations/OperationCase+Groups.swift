/// Lists, and operations within others.
extension OperationCase {
  static let groups: [OperationCase] = [
    OperationCase(
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
    OperationCase(
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
    OperationCase(
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
    OperationCase(
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
    OperationCase(
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
    OperationCase(
      name: "pin_default and drop_default",
      operations: """
        - pin_default: {path: /num, value: 4}
        - drop_default: {path: /h, value: 15}
        - drop_default: {path: /i, value: 15}
        """,
      before: "h: 15\ni: 16", after: "i: 16\nnum: 4"),
    OperationCase(
      name: "moves to the end of a list keep their order",
      operations: "- move: {from: \"/single/*\", to: /all/-}",
      before: "single: {a: 1, b: 2}\nall: [0]", after: "single: {}\nall: [0, 1, 2]"),
  ]
}
