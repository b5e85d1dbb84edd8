/// Values that change their shape.
extension OperationCase {
  static let values: [OperationCase] = [
    OperationCase(
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
    OperationCase(
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
    OperationCase(
      name: "rewrite",
      operations: "- rewrite: {path: \"/c/*\", match: '^/opt/(\\w+)/', with: '/srv/$1-x/'}",
      before: "c: [/opt/jobs/a, /usr/opt/b, 3]",
      after: "c: [/srv/jobs-x/a, /usr/opt/b, 3]"),
    OperationCase(
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
    OperationCase(
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
    OperationCase(
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
          queue:   # the first
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
  ]
}
