extension CodePage {
  /// What is wrong with a document, by its schema.
  static let schemas: [CodePage] = [
    CodePage(
      "schema-type",
      what: "A value is of another type than the schema allows.",
      why:
        "The application expects, say, a number, and reads a string: quotes, an empty value or a misplaced level of nesting are the usual causes.",
      remedy:
        "Write the value as the type that is named. `validate --fix` does so where the text can be read in only one way.",
      steps: checked("port: \"8080\"", by: "properties:\n  port: {type: integer}")),
    CodePage(
      "schema-enum",
      what: "A value is none of those that the schema lists.",
      why: "The application knows these values and no others.",
      remedy: "Choose one of the list. `validate --fix` corrects a slip that can only mean one of them.",
      steps: checked("level: inof", by: "properties:\n  level: {enum: [debug, info, warning]}")),
    CodePage(
      "schema-const",
      what: "A value is not the only one that the schema allows.",
      why: "Such values mostly say of what kind or version the rest is.",
      remedy: "Write the value that is named, if the rest is of that kind.",
      steps: checked("apiVersion: v2", by: "properties:\n  apiVersion: {const: v1}")),
    CodePage(
      "schema-range",
      what: "A number is too small or too large.",
      why: "The bounds are the schema's `minimum` and `maximum`, or their exclusive forms.",
      remedy: "Choose a number within the bounds; mind the unit.",
      steps: checked("port: 70000", by: "properties:\n  port: {type: integer, maximum: 65535}")),
    CodePage(
      "schema-multiple-of",
      what: "A number is not a multiple of the one that the schema names.",
      why: "Numbers are compared exactly, digit by digit, and not as floating point.",
      remedy: "Round it to the next multiple.",
      steps: checked("interval: 7", by: "properties:\n  interval: {multipleOf: 5}")),
    CodePage(
      "schema-length",
      what: "A text is too short or too long.",
      why: "Lengths are counted in Unicode code points, as JSON Schema says.",
      remedy: "Shorten or lengthen it to the length that is named.",
      steps: checked("name: \"\"", by: "properties:\n  name: {minLength: 1}")),
    CodePage(
      "schema-pattern",
      what: "A text does not match the schema's pattern.",
      why:
        "Patterns are ECMA-262 regular expressions and match anywhere in the text, unless they begin with `^` and end with `$`.",
      remedy: "Write the text in the form that the pattern, or the schema's description, asks for.",
      steps: checked("version: \"1.0\"", by: "properties:\n  version: {pattern: '^\\d+\\.\\d+\\.\\d+$'}")),
    CodePage(
      "schema-format",
      what: "A text does not have the format that the schema names, such as date or uri.",
      why: "Formats are checked here, since a configuration with a date that is none fails later, and further away.",
      remedy: "Write it like the example in the message; `--no-check-format` leaves formats unchecked.",
      steps: checked("since: 2024-13-01", by: "properties:\n  since: {format: date}")),
    CodePage(
      "schema-count",
      what: "A list or a mapping has too few or too many entries.",
      why: "The bounds are `minItems` and `maxItems`, `minProperties` and `maxProperties`.",
      remedy: "Add or remove entries.",
      steps: checked("hosts: []", by: "properties:\n  hosts: {minItems: 1}")),
    CodePage(
      "schema-unique",
      what: "An item stands twice in a list whose items must differ.",
      why: "Numbers are equal by value: 1 and 1.0 are the same item.",
      remedy: "Remove one of the two.",
      steps: checked("hosts: [a, b, a]", by: "properties:\n  hosts: {uniqueItems: true}")),
    CodePage(
      "schema-contains",
      what: "A list has too few or too many items of the kind that the schema asks for.",
      why: "`contains` speaks of some items, and leaves the others alone.",
      remedy: "Add or remove items of that kind.",
      steps: checked("ports: [http]", by: "properties:\n  ports: {contains: {type: integer}}")),
    CodePage(
      "schema-required",
      what: "A key is missing that must be there.",
      why: "The marked mapping is the one that lacks it.",
      remedy: "Add the key. `validate --fix` adds it where the schema allows one value only, and a default is told.",
      steps: checked("database: {host: db}", by: "properties:\n  database: {required: [host, port]}")),
    CodePage(
      "schema-dependent",
      what: "A key demands another one, which is missing.",
      why: "The two make sense only together: `dependentRequired`, or `dependencies` in older schemas.",
      remedy: "Add the missing key, or remove the one that demands it.",
      steps: checked("cert: a.pem", by: "dependentRequired: {cert: [key]}")),
    CodePage(
      "schema-additional",
      what: "A key, or an item of a list, is not known to the schema.",
      why: "Most applications ignore what they do not know, so a slip in a key's name silently does nothing.",
      remedy:
        "Correct the name, or move the key to where it belongs. `validate --fix` renames it where it can only be meant in one way.",
      steps: checked(
        "verbos: true", by: "properties:\n  verbose: {type: boolean}\nadditionalProperties: false")),
    CodePage(
      "schema-key-name",
      what: "A key's name is not of the form that the schema asks for.",
      why: "`propertyNames` speaks of the keys and not of their values.",
      remedy: "Rename the key.",
      steps: checked("My-Job: {}", by: "propertyNames: {pattern: '^[a-z_]+$'}")),
    CodePage(
      "schema-forbidden",
      what: "There is a value where the schema allows none.",
      why: "The schema for this place is `false`: under these conditions nothing may stand here.",
      remedy: "Remove it, or change what it does not go together with.",
      steps: checked("legacy: 1", by: "properties:\n  legacy: false")),
    CodePage(
      "schema-any-of",
      what: "A value has none of the forms that it may have, and is equally far from several.",
      why: "Where one form is clearly meant, what is wrong by that one is told instead.",
      remedy: "Choose one of the forms that the message names, and write the value in it.",
      steps: checked(
        "target: {}",
        by: """
          properties:
            target:
              anyOf:
                - {title: a file, required: [path], minProperties: 2}
                - {title: a service, required: [url], minProperties: 2}
          """)),
    CodePage(
      "schema-one-of",
      what: "A value has more than one of several forms of which it may have only one.",
      why: "`oneOf` is for forms that exclude each other; a reader could not tell which is meant.",
      remedy: "Remove what makes it another form too.",
      steps: checked(
        "target: {path: a, url: b}",
        by: "properties:\n  target:\n    oneOf: [{required: [path]}, {required: [url]}]")),
    CodePage(
      "schema-not",
      what: "A value is what the schema rules out.",
      why: "`not` excludes values, or combinations of keys.",
      remedy: "Change the value so that it is not of the form that the message names.",
      steps: checked("user: root", by: "properties:\n  user: {not: {enum: [root]}}")),
    CodePage(
      "schema-deprecated",
      what: "The schema would rather not see this value any more.",
      why: "It still works, and will not for ever. The hint is the schema's own `deprecationMessage`.",
      remedy: "Replace it by what the schema says instead. This is a warning; `--strict` makes it an error.",
      steps: checked("log: a.txt", by: "properties:\n  log: {deprecated: true}")),
    CodePage(
      "schema-limit",
      what: "The check was given up, and there is no verdict.",
      why:
        "A pattern took too many steps, or the schema's forms within forms multiply too far: an answer could take for ever.",
      remedy: "Simplify the pattern that is named: nested repetitions like `(a+)+` are the usual cause.",
      steps: checked(
        "name: \(String(repeating: "a", count: 40))!", by: "properties:\n  name: {pattern: '^(?=(a+)+$)(a|aa)+$'}")),
  ]

  /// A configuration and its schema, checked.
  static func checked(_ config: String, by schema: String) -> String {
    "=== file config.yaml\n\(config)\n=== file schema.yaml\n\(schema)\n=== run cfgmigrate validate config.yaml --schema schema.yaml"
  }
}
