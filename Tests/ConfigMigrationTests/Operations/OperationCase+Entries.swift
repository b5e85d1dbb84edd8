/// Entries that move, are copied, come and go.
extension OperationCase {
  static let entries: [OperationCase] = [
    OperationCase(
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
    OperationCase(
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
    OperationCase(
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
    OperationCase(
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
    OperationCase(
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
    OperationCase(
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
    OperationCase(
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
  ]
}
