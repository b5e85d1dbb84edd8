import ConfigDocument
import ConfigSchema
import Testing

/// What was found and is told later is the same as what is told at once.
@Suite struct ViolationsTests {
  static let schema = try! Schema.compile([
    "required": ["name"],
    "properties": [
      "name": true,
      "port": ["type": "integer", "maximum": 65535], "token": ["writeOnly": true, "minLength": 8],
      "mode": ["enum": ["fast", "safe"]],
    ],
    "additionalProperties": false,
  ])
  static let tree = ValueTree(["nmae": "x", "port": 70000, "token": "s3cret", "mode": "fats", "other": 1])

  @Test func `each is told as if all were`() {
    let violations = Self.schema.explain(Self.tree)
    #expect(violations.count == 5)
    #expect(Array(violations) == Self.schema.validate(Self.tree))
    #expect(violations.last?.message == Self.schema.validate(Self.tree).last?.message)
    #expect(violations.first?.hint == "did you mean `name`, which is missing?")
  }

  @Test func `a valid document has none`() {
    #expect(Self.schema.explain(ValueTree(["name": "x"])).isEmpty)
  }

  @Test func `secrets stay hidden whenever it is told`() {
    let told = Self.schema.explain(Self.tree, hiding: { $0 == Pointer(["mode"]) }).flatMap {
      [$0.message, $0.hint ?? ""]
    }
    #expect(told.allSatisfy { !$0.contains("s3cret") && !$0.contains("fats") })
    #expect(Self.schema.explain(Self.tree).contains { $0.message.contains("fats") })
  }
}
