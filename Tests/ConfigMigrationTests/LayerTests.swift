import ConfigDocument
import ConfigMigration
import Testing

/// An overlay holds only what it overrides.
@Suite struct LayerTests {
  static let pool = """
    - move: {from: /db/max, to: /db/pool/max_size}
    - when: {/db: exists}
      operations:
        - default: {path: /db/pool/max_size, value: 20}
        - default: {path: /db/pool/min_size, value: 5}
    - set:
        path: /db/pool/min_size
        from: /db/pool/max_size
        layers: all
        when: {effective: {/db/pool/min_size: {above: {path: /db/pool/max_size}}}}
    """

  @Test func `an overlay's pool has no bottom above its top`() throws {
    let plan = try SmallSet([
      "main.yaml": "version: 1.0.0\ndb:\n  host: a\n",
      "env/small.yaml": "db:\n  max: 3   # one machine\n",
      "env/large.yaml": "db:\n  max: 50\n",
      "env/none.yaml": "log: {}\n",
    ]).plan(Self.pool)
    #expect(plan["main.yaml"] == "version: 2.0.0\ndb:\n  host: a\n  pool:\n    max_size: 20\n    min_size: 5\n")
    #expect(plan["env/small.yaml"] == "db:\n  pool:\n    max_size: 3   # one machine\n    min_size: 3\n")
    #expect(plan["env/large.yaml"] == "db:\n  pool:\n    max_size: 50\n")
    #expect(plan["env/none.yaml"] == "log: {}\n")
  }

  @Test func `the base is mended before its overlays are asked`() throws {
    let plan = try SmallSet([
      "main.yaml": "version: 1.0.0\ndb: {max: 3}\n", "env/a.yaml": "log: 1\n",
    ]).plan(Self.pool)
    #expect(plan["main.yaml"] == "version: 2.0.0\ndb: {pool: {max_size: 3, min_size: 3}}\n")
    #expect(plan["env/a.yaml"] == "log: 1\n")
  }

  @Test func `creation is for the base, replacement for every layer that holds the key`() throws {
    let plan = try SmallSet([
      "main.yaml": "version: 1.0.0\nlog: {level: info}\n",
      "env/a.yaml": "log: {level: debug}\nsecurity: {audit: false}\n",
      "env/b.yaml": "x: 1\n",
    ]).plan(
      """
      - set: {path: /log/level, value: warn}
      - merge: {into: /security, value: {audit: true, key: 1}, on_conflict: replace}
      """)
    #expect(
      plan["main.yaml"] == "version: 2.0.0\nlog: {level: warn}\nsecurity:\n  audit: true\n  key: 1\n")
    #expect(plan["env/a.yaml"] == "log: {level: warn}\nsecurity: {audit: true}\n")
    #expect(plan["env/b.yaml"] == "x: 1\n")
    #expect(plan.warnings.map(\.message) == ["`/security/audit` was `false` and becomes `true`"])
    #expect(plan.warnings.first?.place?.description == "env/a.yaml:2:19")
  }

  @Test func `a new key goes to the file that holds its parent`() throws {
    let plan = try SmallSet([
      "main.yaml": "version: 1.0.0\nx: 1\n",
      "parts/api.json": "{\n  \"api\": {\n    \"port\": 80\n  }\n}\n",
    ]).plan(
      """
      - default: {path: /parts/api/host, value: h}
      - default: {path: /parts/new/host, value: h}
      """)
    #expect(plan["main.yaml"] == "version: 2.0.0\nx: 1\nparts:\n  new:\n    host: h\n")
    #expect(
      plan["parts/api.json"] == "{\n  \"api\": {\n    \"port\": 80,\n    \"host\": \"h\"\n  }\n}\n")
  }

  @Test func `a fragment is addressed by its effective path`() throws {
    let plan = try SmallSet([
      "main.yaml": "version: 1.0.0\nparts: {a: {t: 1s}}\n",
      "parts/two.yaml": "# first\nb:\n  t: 2s   # two\n---\nc: {t: 3s}\n",
    ]).plan("- convert: {path: \"/parts/*/t\", from: duration, to: integer, unit: s}")
    #expect(plan["main.yaml"] == "version: 2.0.0\nparts: {a: {t: 1}}\n")
    #expect(plan["parts/two.yaml"] == "# first\nb:\n  t: 2   # two\n---\nc: {t: 3}\n")
  }

  @Test func `what only an overlay has is created there`() throws {
    let plan = try SmallSet([
      "main.yaml": "version: 1.0.0\njobs:\n  a: {x: 1}\n",
      "env/e.yaml": "jobs:\n  a: {x: 2}\n  own: {x: 3}\n",
    ]).plan(
      """
      - default: {path: "/jobs/*/q", value: 1}
      - each: {in: "/jobs/{job}", do: [{default: {path: /r, value: "{job}"}}]}
      """)
    #expect(plan["main.yaml"] == "version: 2.0.0\njobs:\n  a: {x: 1, q: 1, r: \"{job}\"}\n")
    #expect(plan["env/e.yaml"] == "jobs:\n  a: {x: 2}\n  own: {x: 3, q: 1, r: \"{job}\"}\n")
  }

  @Test func `layers says otherwise`() throws {
    let plan = try SmallSet([
      "main.yaml": "version: 1.0.0\ntz: UTC\nx: 1\n", "env/e.yaml": "tz: CET\nx: 2\n", "env/f.yaml": "x: 3\n",
    ]).plan(
      """
      - copy: {from: /tz, to: /sched/tz, layers: all}
      - remove: {path: /x, layers: overlay}
      """)
    #expect(plan["main.yaml"] == "version: 2.0.0\ntz: UTC\nx: 1\nsched:\n  tz: UTC\n")
    #expect(plan["env/e.yaml"] == "tz: CET\nsched:\n  tz: CET\n")
    #expect(plan["env/f.yaml"] == "{}\n")
  }

  @Test func `a list of an overlay is the whole list`() throws {
    let plan = try SmallSet([
      "main.yaml": "version: 1.0.0\nq: [a]\n", "env/e.yaml": "q: [b]\n", "env/f.yaml": "x: 3\n",
    ]).plan("- insert: {into: /q, values: [new]}")
    #expect(plan["main.yaml"] == "version: 2.0.0\nq: [a, new]\n")
    #expect(plan["env/e.yaml"] == "q: [b, new]\n")
    #expect(plan["env/f.yaml"] == "x: 3\n")
  }

  @Test func `drop_default keeps what stands against the base`() throws {
    let plan = try SmallSet([
      "main.yaml": "version: 1.0.0\nh: 20\n", "env/e.yaml": "h: 15\ni: 15\n",
    ]).plan(
      """
      - drop_default: {path: /h, value: 15}
      - drop_default: {path: /i, value: 15}
      """)
    #expect(plan["env/e.yaml"] == "h: 15\n")
  }

  @Test func `require is asked of each effective configuration`() throws {
    let set = try SmallSet([
      "main.yaml": "version: 1.0.0\nengine: pg\n", "env/e.yaml": "engine: sqlite\n",
    ])
    #expect {
      _ = try set.plan("- require: {that: {/engine: {in: [pg]}}, message: \"No {x}.\", hint: Move first}")
    } throws: { error in
      let error = error as? Diagnostic
      #expect(error?.place?.description == "env/e.yaml:1:9")
      #expect(error?.hint == "Move first")
      return error?.code == .requireFailed
    }
  }
}
