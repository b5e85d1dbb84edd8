import ConfigDocument
import ConfigSchema

/// How many instances of small schemas are drawn in a second of one core.
enum Drawing {
  static let schemas: [(name: String, schema: Value)] = [
    (
      "a server",
      [
        "type": "object", "required": ["host", "port"], "additionalProperties": false,
        "properties": [
          "host": ["type": "string", "minLength": 1], "port": ["type": "integer", "minimum": 1, "maximum": 65535],
          "tls": ["type": "boolean"], "mode": ["enum": ["fast", "safe"]],
        ],
      ]
    ),
    (
      "a list of steps",
      [
        "type": "array", "minItems": 1, "maxItems": 4,
        "items": [
          "oneOf": [
            ["type": "object", "required": ["run"], "properties": ["run": ["type": "string"]], "maxProperties": 1],
            ["type": "object", "required": ["uses"], "properties": ["uses": ["pattern": "^[a-z]+/[a-z]+@v[0-9]$"]]],
          ]
        ],
      ]
    ),
    (
      "a rule with a condition",
      [
        "type": "object", "required": ["kind"],
        "properties": ["kind": ["enum": ["a", "b"]], "size": ["type": "number"]],
        "if": ["properties": ["kind": ["const": "a"]]], "then": ["required": ["size"]],
      ]
    ),
  ]

  static func run() throws {
    print("| schema | instances a second | subschemas drawn from |")
    print("|---|---|---|")
    for (name, written) in schemas {
      var generator = InstanceGenerator(try Schema.compile(written), seed: 1)
      var drawn = 0
      let time = microseconds {
        for _ in 0..<1_000 { if generator.next() != nil { drawn += 1 } }
      }
      precondition(drawn > 0)
      let coverage = generator.coverage
      print("| \(name) | \(Int(1e9 / time)) | \(coverage.drawn) of \(coverage.of) |")
    }
  }
}
