import ConfigDocument
import ConfigMigration
import Testing

/// Every fault of a transformer file is told at its line and column, with what to do.
@Suite struct BadTransformerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var place: String
    var code: Diagnostic.Code
    var message: String
    var hint: String?
    var testDescription: String { message }
  }

  static func operation(
    _ text: String, _ column: Int, _ code: Diagnostic.Code, _ message: String, _ hint: String? = nil
  ) -> Case {
    Case(
      text: "transformer: 1\nproduct: small\nfrom: '1'\nto: 2.0.0\nsummary: s\noperations:\n  - \(text)\n",
      place: "step.yaml:7:\(column)", code: code, message: message, hint: hint)
  }

  static let cases: [Case] = [
    operation("mvoe: {from: /a, to: /b}", 5, .unknownOperation, "there is no operation `mvoe`", "did you mean `move`?"),
    operation(
      "custom: {path: /a}", 5, .missingField, "`custom` has neither `swift` nor `run`",
      "name a Swift change, or a program as `run: [program, …]`"),
    operation(
      "custom: {run: [x], swift: y}", 19, .badValue, "`custom` has both `swift` and `run`", "keep one of them"),
    operation(
      "custom: {run: []}", 19, .badValue, "`run` names no program", "write `[program, argument, …]`"),
    operation("custom: {run: tool}", 19, .badValue, "`run` must be a list, not a text"),
    operation(
      "custom: {run: [x], timeout: 0}", 33, .badValue,
      "`timeout` must be a whole number of seconds, from 1 to 3600, not the number `0`"),
    operation(
      "custom: {swift: shorten}", 21, .badValue, "this program has no Swift change `shorten`",
      "use the binary that was built with it; its `CustomChange`s are given to `CfgmigrateCommand.start`"),
    operation("compute: {path: /a}", 5, .missingField, "`compute` has no `expr`", "add `expr:`"),
    operation(
      "compute: {path: /a, expr: [1]}", 31, .badValue, "`expr` must be a jq expression, not a list",
      "quote an expression that begins with `{`, `[` or a quote"),
    operation(
      "compute: {path: /a, expr: . + now}", 35, .badExpression,
      "`now` cannot be used: the result would be another one each time", "write the time as a value"),
    operation(
      "compute: {path: /a, expr: \"[.[] | $ENV.HOME]\"}", 39, .badExpression,
      "`$ENV` cannot be used: an expression sees nothing outside of the configuration"),
    operation(
      "compute: {path: /a, expr: ., reverse: input}", 43, .badExpression,
      "`input` cannot be used: there is no other input"),
    operation(
      "compute: {path: /a, expr: (. + 1}", 31, .badExpression, "`(` is not closed"),
    operation(
      "remove: {path: /a, when: {jq: '. > 9007199254740993'}}", 40, .badExpression,
      "jq would round `9007199254740993` to 9007199254740992.0",
      "the numbers of jq are doubles, which hold about 16 digits"),
    operation(
      "move: {from: /a, too: /b}", 5, .missingField, "`move` has no `to`", "is `too` meant to be `to`?"),
    operation(
      "move: {from: /a, to: /b, onconflict: keep}", 30, .unknownField, "`move` has no field `onconflict`",
      "did you mean `on_conflict`?"),
    operation(
      "move: {from: /a, to: /b, on_conflict: kep}", 43, .badValue, "`on_conflict` cannot be `kep`",
      "did you mean `keep`?"),
    operation(
      "move: {from: a/b, to: /b}", 18, .badAddress, "`a/b` is no address: it does not start with `/`",
      "write `/a/b`"),
    operation(
      "move: {from: \"/a/b*\", to: /b}", 23, .badAddress, "`/a/b*` is no address: a wildcard fills a whole part",
      "write `~2` for a literal `*`"),
    operation(
      "move: {from: \"/a/{job}\", to: \"/b/{jbo}\"}", 34, .badAddress,
      "the source `/a/{job}` binds no capture `{jbo}`", "did you mean `job`?"),
    operation(
      "move: {from: \"/a/*\", to: \"/b/*\"}", 30, .badAddress,
      "the target `/b/*` has a wildcard, and so does not say where",
      "capture the part in the source, like `{name}`, and use it here"),
    operation(
      "move: {from: /a, to: /a/b}", 26, .badAddress, "`/a` cannot be moved into itself",
      "use `wrap` to put a value into a mapping or list of its own"),
    operation(
      "move: {from: \"a.yaml#/x\", to: \"*.yaml#/x\"}", 35, .badAddress,
      "the target `*.yaml#/x` has a wildcard, and so does not say where",
      "capture the part in the source, like `{name}`, and use it here"),
    operation(
      "merge: {from: \"a.yaml#/x\", into: \"*.yaml#/x\"}", 38, .badAddress,
      "the target `*.yaml#/x` has a wildcard, and so does not say where",
      "capture the part in the source, like `{name}`, and use it here"),
    operation(
      "file: {create: a.yaml, remove: b.yaml}", 5, .badValue,
      "`file` does one of `create`, `remove` and `rename`, and this one has several of them",
      "write `file: {rename: old.yaml, to: new.yaml}`"),
    operation(
      "file: {rename: \"{a}.yaml\", to: \"{b}.yaml\"}", 36, .badAddress,
      "nothing binds the capture `{b}` of `{b}.yaml`", "did you mean `a`?"),
    operation(
      "file: {create: ../a.yaml}", 20, .badValue, "`../a.yaml` is no path within the directory",
      "write it relative to the directory, without `.`, `..` and empty parts"),
    operation(
      "rename: {path: /a, to: /b}", 28, .badValue, "`to` of a `rename` is the new key, not an address",
      "use `move` to take the entry somewhere else"),
    operation(
      "default: {path: \"/a/**/b\", value: 1}", 21, .badAddress,
      "`/a/**/b` creates something, and `**` does not say where", "name the place, or use `*` for one level"),
    operation(
      "set: {path: /a}", 5, .missingField, "`set` has neither `value` nor `from`", "say what to write"),
    operation(
      "merge: {into: /a, value: [1]}", 30, .badValue, "`value` must be a mapping, not a list"),
    operation(
      "remove: {path: /a, when: {/a: exist}}", 35, .badCondition, "`exist` is no test", "did you mean `exists`?"),
    operation(
      "remove: {path: /a, when: {alle: []}}", 31, .badCondition,
      "`alle` is neither an address nor a word of conditions", "did you mean `all`?"),
    operation(
      "remove: {path: /a, when: {\"/x/{y}\": exists}}", 30, .badAddress,
      "nothing binds the capture `{y}` of the condition `/x/{y}`", "write `*` to mean some"),
    operation(
      "remove: {path: /a, when: {/a: {matches: \"(\"}}}", 45, .badPattern,
      "`(` is no PCRE2 pattern: missing closing parenthesis"),
    operation(
      "convert: {path: /a, from: duration, to: integer}", 5, .missingField,
      "`convert` needs the `unit` of the number", "it is one of `ns`, `us`, `ms`, `s`, `m`, `h`, `d`"),
    operation(
      "convert: {path: /a, to: float}", 29, .badValue, "`to` cannot be `float`",
      "it is one of `string`, `integer`, `number`, `boolean`, `duration`, `size`"),
    operation(
      "note: {level: action, message: m}", 5, .missingField,
      "a note of level `action` needs a `code`, by which it is acknowledged",
      "add `code: …`, a short name in kebab case"),
    operation(
      "remove: {path: /a}\n    when: {/a: exists}", 5, .unknownField,
      "`when` stands beside the operation `remove`, where nothing else can stand",
      "indent it, to make it a field of `remove`"),
    operation(
      "discard: {from: /a}", 5, .missingField,
      "`discard` does not say which items: it has no `values`, `except` or `where`",
      "give it one of `values`, `except` and `where`"),
    operation(
      "remove: /a", 13, .badValue, "`remove` must be a mapping of fields, not a text"),
  ]

  @Test(arguments: cases) func `a fault is told where it is`(_ fault: Case) throws {
    let product = try SmallSet([:]).product
    let document = try Document(Array(fault.text.utf8), as: .yaml, named: "step.yaml")
    #expect {
      _ = try Transformer(document, product: product)
    } throws: { error in
      guard let error = error as? Diagnostic else { return false }
      #expect(error.message == fault.message)
      #expect(error.hint == fault.hint)
      // A fault on the second line of the operation.
      let place = fault.text.contains("\n    when") ? "step.yaml:8:5" : fault.place
      #expect(error.place?.description == place)
      return error.code == fault.code
    }
  }

  @Test(arguments: [
    ("product: small", "step.yaml:1:1", Diagnostic.Code.missingField, "a transformer has no `transformer`"),
    ("transformer: 2", "step.yaml:1:14", .badValue, "this program knows version 1 of the transformer language"),
    (
      "transformer: 1\nproduct: other", "step.yaml:2:10", .badValue,
      "the transformer is of the product `other`, and stands with those of `small`"
    ),
    (
      "transformer: 1\nproduct: small\nfrom: x\nto: 2.0.0", "step.yaml:3:7", .badValue,
      "`x` is no version of the scheme `semver`"
    ),
    (
      "transformer: 1\nproduct: small\nfrom: '2'\nto: 2.1.0", "step.yaml:4:5", .badValue,
      "`to` is one of the versions that it starts from (`2`)"
    ),
    (
      "transformer: 1\nproduct: small\nfrom: '1'\nto: 2.0.0\nsummary: s\noperations: {}", "step.yaml:6:13", .badValue,
      "`operations` must be a list, not a mapping"
    ),
  ])
  func `a fault of the head is told too`(
    _ text: String, _ place: String, _ code: Diagnostic.Code, _ message: String
  ) throws {
    let product = try SmallSet([:]).product
    let document = try Document(Array(text.utf8), as: .yaml, named: "step.yaml")
    #expect {
      _ = try Transformer(document, product: product)
    } throws: { error in
      guard let error = error as? Diagnostic else { return false }
      #expect(error.message == message)
      #expect(error.place?.description == place)
      return error.code == code
    }
  }

  @Test(arguments: [
    ("product: p\nversions: {at: main.yaml#/version}\nfile: []", "product.yaml:1:1", "a product has no `files`"),
    ("product: p\nversions: {schema: semver}\nfiles: []", "product.yaml:2:12", "`versions` has no field `schema`"),
    (
      "product: p\nversions: {}\nfiles: [{path: a.yaml, layer: bse}]", "product.yaml:3:31",
      "`layer` cannot be `bse`"
    ),
  ])
  func `a fault of a product file is told`(_ text: String, _ place: String, _ message: String) throws {
    let document = try Document(Array(text.utf8), as: .yaml, named: "product.yaml")
    #expect {
      _ = try Product(document)
    } throws: { error in
      guard let error = error as? Diagnostic else { return false }
      #expect(error.message == message)
      return error.place?.description == place
    }
  }
}
