import ConfigDocument
import ConfigMigration
import ConfigSchema
import Testing

@Suite struct DraftTests {
  static func lines(_ draft: TransformerDraft) throws -> [String] {
    let from = try #require(VersionRange("1", scheme: .semver))
    let text = draft.text(product: "small", from: from, to: try #require(Version("2.0.0", scheme: .semver)))
    // Without answers to its questions a draft reads all the same.
    _ = try Transformer(Document(Array(text.utf8), as: .yaml, named: "draft.yaml"), product: SmallSet([:]).product)
    return text.split(separator: "\n").map(String.init).drop { !$0.hasPrefix("operations") }.dropFirst().map {
      String($0.drop { $0 == " " })
    }
  }

  @Test func `two schemas give renames, moves, defaults and what is gone`() throws {
    let old: Value = [
      "type": "object",
      "properties": [
        "pool": ["type": "integer", "description": "How many connections."],
        "log": ["type": "object", "properties": ["level": ["type": "string", "default": "info"]]],
        "gone": ["type": "boolean"], "size": ["type": "integer", "default": 4],
        "mode": ["enum": ["a", "b"]], "port": ["type": "string"],
      ],
    ]
    let new: Value = [
      "type": "object", "required": ["owner"],
      "properties": [
        "max_connections": ["type": "integer", "description": "How many connections."],
        "log": ["type": "object"], "logging": ["type": "object"],
        "level": ["type": "string", "default": "info"], "size": ["type": "integer", "default": 8],
        "mode": ["enum": ["a", "c"]], "port": ["type": "integer"], "owner": ["type": "string", "default": "ops"],
      ],
    ]
    let draft = TransformerDraft(from: try Schema.compile(old), to: try Schema.compile(new))
    #expect(
      try Self.lines(draft) == [
        "- rename: {path: /pool, to: max_connections}",
        "- move: {from: /log/level, to: /level}",
        "# The new schema does not have it. Is its value needed elsewhere?",
        "- remove: {path: /gone}",
        "# The default is 8 now; this keeps the old behaviour.",
        "- pin_default: {path: /size, value: 4}",
        "# Allowed now: a, c.",
        "- map: {path: /mode, values: [[\"b\", TODO]], otherwise: keep}",
        "# Was of the type string. A duration or size needs a `unit`.",
        "- convert: {path: /port, to: integer}",
        "# Required now.",
        "- default: {path: /owner, value: \"ops\"}",
      ])
  }

  /// The draft of a pair makes the one value of the other.
  static let pairs: [(String, String, [String])] = [
    ("pool: 50\n", "max_connections: 50\n", ["- rename: {path: /pool, to: max_connections}"]),
    ("a: {name: aurora}\nb: {}\n", "a: {}\nb: {name: aurora}\n", ["- move: {from: /a/name, to: /b/name}"]),
    ("ssl: true\n", "ssl: {enabled: true}\n", ["- wrap: {path: /ssl, as: {key: enabled}}"]),
    ("to: x\n", "to: [x]\n", ["- wrap: {path: /to, as: list}"]),
    ("q: 'a, b'\n", "q: [a, b]\n", ["- split: {path: /q, separator: \",\", trim: true}"]),
    ("q: [a, b]\n", "q: a,b\n", ["- join: {path: /q, separator: \",\"}"]),
    ("t: 10m\n", "t: 600\n", ["- convert: {path: /t, from: duration, to: integer, unit: s}"]),
    ("s: 512MB\n", "s: 536870912\n", ["- convert: {path: /s, from: size, to: integer, unit: B, kilo: 1024}"]),
    ("p: '80'\n", "p: 80\n", ["- convert: {path: /p, to: integer}"]),
    ("l: [b, a, b]\n", "l: [a, b]\n", ["- arrange: {path: /l, dedupe: true, sort: ascending}"]),
    ("l: [a]\n", "l: [a, b]\n", ["- insert: {into: /l, values: [\"b\"], unique: true}"]),
    ("l: [a, c, b]\n", "l: [a, b]\n", ["- discard: {from: /l, values: [\"c\"]}"]),
    (
      "w: [{name: a, url: u}, {name: b, url: v}]\n", "w: {a: {url: u}, b: {url: v}}\n",
      ["- pivot: {path: /w, key: name}"]
    ),
    ("x: 1\n", "", ["- remove: {path: /x, restore: 1}"]),
    ("", "x: {y: 1}\n", ["- default: {path: /x, value: {\"y\": 1}}"]),
    (
      "m: slow\n", "m: fast\n",
      [
        "# The pair shows one value only. What becomes of others?",
        "- map: {path: /m, values: [[\"slow\", \"fast\"]], otherwise: keep}",
      ]
    ),
  ]

  @Test(arguments: pairs) func `a pair gives the operation that makes the one of the other`(
    _ before: String, _ after: String, _ expected: [String]
  ) throws {
    let old = try SmallSet(["main.yaml": "version: 1.0.0\n\(before)"])
    let new = try SmallSet(["main.yaml": "version: 2.0.0\n\(after)"])
    let draft = TransformerDraft(
      before: try ConfigurationSet(product: old.product, files: old.files),
      after: try ConfigurationSet(product: new.product, files: new.files))
    let lines = try Self.lines(draft)
    #expect(lines == expected)
    let result = try old.plan(lines.joined(separator: "\n"))
    let made = try Document(Array(result["main.yaml"].utf8), as: .yaml, named: "made.yaml")
    let wanted = try Document(new.files[0].bytes, as: .yaml, named: "wanted.yaml")
    #expect(made.value(of: made.roots[0]) == wanted.value(of: wanted.roots[0]))
  }

  @Test func `two sets that are alike give an empty draft`() throws {
    let set = try SmallSet(["main.yaml": "version: 1.0.0\na: 1\n"])
    let configuration = try ConfigurationSet(product: set.product, files: set.files)
    #expect(TransformerDraft(before: configuration, after: configuration).isEmpty)
  }
}
