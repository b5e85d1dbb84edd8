extension CodePage {
  /// What is wrong with a transformer or a product file, and what stops an operation.
  static let transformers: [CodePage] = [
    CodePage(
      "unknown-operation",
      what: "A transformer names an operation that there is none of.",
      why: "What is not known cannot be carried out, and is not passed over.",
      remedy: "Correct the name; docs/transformers has a page an operation.",
      steps: shop("- renmae: {path: /name, to: title}")),
    CodePage(
      "unknown-field",
      what: "A field is not known here.",
      why: "A slip in a field's name would silently do nothing.",
      remedy: "Correct the name, or remove the field.",
      steps: shop("- rename: {path: /name, to: title, when_missing: skip}")),
    CodePage(
      "missing-field",
      what: "A field is missing that must be there.",
      why: "Without it the operation has no meaning.",
      remedy: "Add the field.",
      steps: shop("- rename: {path: /name}")),
    CodePage(
      "bad-value",
      what: "A field has a value that it cannot have.",
      why: "It is of another type than it must be, or none of the words that it may be.",
      remedy: "Write a value of the kind that the message names.",
      steps: shop("- set: {path: /name, value: x, layers: bsae}")),
    CodePage(
      "bad-address",
      what: "An address cannot be read, or does not fit its operation.",
      why:
        "Addresses are JSON Pointers with `*` and `{captures}`; a target can use no capture that its source does not bind.",
      remedy: "Correct the address as the hint says.",
      steps: shop("- rename: {path: name, to: title}")),
    CodePage(
      "bad-condition",
      what: "A `when` cannot be read.",
      why: "A condition is a mapping of addresses to tests, or of `all`, `any`, `not`, `effective` and `jq`.",
      remedy: "Correct it at the marked place.",
      steps: shop("- remove: {path: /name, when: {name: exists}}")),
    CodePage(
      "bad-pattern",
      what: "A regular expression is none, or takes too long.",
      why: "Patterns of transformers are PCRE2's, with a limit on their steps.",
      remedy: "Correct the pattern at the marked place.",
      steps: shop("- rewrite: {path: /name, match: '(', with: x}")),
    CodePage(
      "bad-expression",
      what: "jq does not compile an expression, or the expression asks for what none may ask for.",
      why: "Names that would make two runs differ, such as `now` and `env`, are refused.",
      remedy: "Correct the expression at the marked place.",
      steps: shop("- compute: {path: /name, expr: '. + $nothing'}")),
    CodePage(
      "expression-failed",
      what: "An expression gave an error, no result, or several.",
      why: "An operation writes exactly one value, and stops rather than to guess.",
      remedy: "Let the expression speak of the marked value too, or leave it out with `when`.",
      steps: shop("- compute: {path: /name, expr: '. * {}'}")),
    CodePage(
      "bad-file-name",
      what: "A file name that an operation makes is none, or one that the product has no place for.",
      why: "The name is made of the set's data, and must stay one file of the product.",
      remedy: "Correct the operation, or the value that the name is made of.",
      steps: shop("- file: {create: notes.yaml}")),
    CodePage(
      "operation-unsupported",
      what: "An operation needs what this program was not given: something that runs programs or expressions.",
      why: "A library's user decides whether transformers may start anything.",
      remedy: "Give the planner a `TransformerRuntime`; the command line always does.",
      message:
        "error[operation-unsupported]: an expression cannot be evaluated here: nothing that does so was handed in"),
    CodePage(
      "conflict",
      what: "What an operation would write stands already, with another value.",
      why: "Both values are somebody's; which one counts is not guessed.",
      remedy: "Remove one of the two, or let the operation say `on_conflict: keep`, `replace` or `merge`.",
      steps: shop("- rename: {path: /name, to: title}", data: "name: Corner shop\ntitle: Shop")),
    CodePage(
      "value-refused",
      what: "A value cannot be turned into what the operation makes of it.",
      why: "Converting it would lose or invent something.",
      remedy: "Write the value as the message says, or widen the operation.",
      steps: shop("- convert: {path: /name, to: integer}")),
    CodePage(
      "require-failed",
      what: "What a transformer requires does not hold.",
      why: "Its author asks that this be settled before the upgrade.",
      remedy: "Do what the message says; it is the author's own.",
      steps: shop("- require: {that: {/name: absent}, message: Version 2 has no names.}")),
    CodePage(
      "required-address",
      what: "An operation with `required: true` found nothing.",
      why: "The set may not be what its version says.",
      remedy: "Look whether the address is right, and whether the set is of this version.",
      steps: shop("- remove: {path: /nmae, required: true}")),
  ]

  /// A product with one transformer from 1 to 2, and a configuration of it.
  static func shop(
    _ operations: String, data: String = "name: Corner shop", head: String = "",
    run: String = "cfgmigrate plan config"
  ) -> String {
    """
    === file registry/shop/product.yaml
    product: shop
    versions: {scheme: integer, at: shop.yaml#/version}
    files: [{path: shop.yaml, layer: base}]
    === file registry/shop/1-to-2.yaml
    transformer: 1
    product: shop
    from: 1
    to: 2
    summary: An example\(head.isEmpty ? "" : "\n" + head)
    operations:
      \(operations.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n  "))
    === file config/cfgmigrate.yaml
    product: shop
    registry: ../registry
    === file config/shop.yaml
    version: 1
    \(data)
    === run \(run)
    """
  }
}
