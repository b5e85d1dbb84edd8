extension CodePage {
  /// What `transformer lint` finds.
  static let linting: [CodePage] = [
    CodePage(
      "dead-operation",
      what: "An operation can never find anything.",
      why: "The source schema cannot hold what it looks for, or an earlier operation took it away.",
      remedy: "Correct the address, or put the operation before the one that takes its value.",
      steps: linted("- remove: {path: /name}\n- rename: {path: /name, to: title}")),
    CodePage(
      "target-refused",
      what: "An operation makes what the target schema cannot hold.",
      why: "The result would fail its schema.",
      remedy: "Correct the name, or the schema.",
      steps: linted(
        "- rename: {path: /name, to: titel}",
        target: "properties: {title: {}, version: {}}\nadditionalProperties: false")),
    CodePage(
      "operation-conflict",
      what: "Two operations write one place, so that one of them is lost.",
      why: "Only the last one would count.",
      remedy: "Keep one of them, or give one a `when`.",
      steps: linted("- default: {path: /title, value: x}\n- default: {path: /title, value: y}")),
    CodePage(
      "unused-capture",
      what: "A capture binds a name that nothing uses.",
      why: "It may be a slip for another name.",
      remedy: "Write `*`, which matches the same and binds nothing.",
      steps: linted("- remove: {path: \"/jobs/{job}/retry\"}")),
    CodePage(
      "unquoted-address",
      what: "An address with `{`, `*` or `#` stands without quotes.",
      why: "YAML may read such characters as something else, and people do.",
      remedy: "Put quotes around it.",
      steps: linted("- remove:\n    path: /jobs/*/retry")),
    CodePage(
      "unanswered-default",
      what: "A default differs between the two schemas, and nothing answers it.",
      why: "Sets that leave the value out would silently behave otherwise after the upgrade.",
      remedy: "Keep the old behaviour with `pin_default`, or tell the operator with a `note`.",
      steps: linted(
        "- remove: {path: /name}", source: "properties: {name: {}, version: {}, size: {default: 4}}",
        target: "properties: {version: {}, size: {default: 8}}")),
    CodePage(
      "wrong-default",
      what: "An operation says another default than the schema.",
      why: "It would write, or leave out, something else than what applied before.",
      remedy: "Write the schema's default.",
      steps: linted(
        "- pin_default: {path: /size, value: 5}", source: "properties: {name: {}, version: {}, size: {default: 4}}")),
    CodePage(
      "loss-unsaid",
      what: "The result alone does not lead back, and the transformer does not say why that is all right.",
      why: "Without a record of the run, a way back would lose something.",
      remedy: "Say why with `lossy`, or give what to put back with `restore`, or a `reverse`.",
      steps: linted("- remove: {path: /name}")),
    CodePage(
      "missing-down-to",
      what: "A transformer starts from a range of versions, and does not say which one the way back writes.",
      why: "Every version of the range leads to the same result.",
      remedy: "Add `down_to` with the version to write.",
      steps: """
        === run cfgmigrate transformer lint 1.16-to-1.17 --product kubernetes
        """),
    CodePage(
      "untested",
      what: "A transformer has no golden pairs.",
      why: "Nothing shows that it does what its author means.",
      remedy: "Add a pair of directories, before and after, under `tests`.",
      steps: linted("- remove: {path: /name, lossy: not needed}")),
    CodePage(
      "missing-pair",
      what: "The directories of a golden pair are not there.",
      why: "The pair is named, and cannot be run.",
      remedy: "Add the directories beside the transformer, or correct their names.",
      steps: linted("- remove: {path: /name}", head: "tests: [{before: tests/before, after: tests/after}]")),
  ]

  /// What `transformer test` and `transformer verify` find.
  static let proving: [CodePage] = [
    CodePage(
      "golden-pair",
      what: "A golden pair does not come out as it says.",
      why: "The transformer gives something else for `before` than what is in `after`.",
      remedy: "Correct the transformer; or, where the result is what is meant, the pair.",
      steps: pair("version: 2\ntitle: Corner store")),
    CodePage(
      "unexercised-operation",
      what: "No golden pair exercises an operation.",
      why: "In every pair it finds nothing, so nothing shows what it does.",
      remedy: "Extend a pair so that the operation finds something.",
      steps: pair(
        "version: 2\ntitle: Corner shop", operations: "- rename: {path: /name, to: title}\n- remove: {path: /old}")),
    CodePage(
      "mutation-survived",
      what: "An operation could be another one, and no golden pair would notice.",
      why: "`--mutate` leaves each operation out, and makes each of its values another.",
      remedy: "Extend a pair so that the difference matters.",
      steps: pair(
        "version: 2\ntitle: Corner shop", operations: "- rename: {path: /name, to: title}\n- remove: {path: /old}",
        options: "--mutate")),
    CodePage(
      "way-back-differs",
      what: "A set that goes up and down again does not come back as it was.",
      why: "An operation's inverse, or what the transformer declares as `reverse`, does not undo it.",
      remedy: "Correct the `reverse`, or say `lossy` and why.",
      message: "error[way-back-differs]: `/name` was \"a\" and comes back as \"b\""),
    CodePage(
      "paths-differ",
      what: "Two chains that are declared equivalent give different results.",
      why: "Which of them is taken would then matter.",
      remedy: "Remove the `equivalent`, and keep one of the chains.",
      message:
        "error[paths-differ]: the chains 1-to-2, 2-to-3 and 1-to-3 are declared equivalent, and give different results"),
    CodePage(
      "unsuited-product",
      what: "No set can be drawn for the product.",
      why:
        "`transformer verify` draws sets from the schema of the source version, and needs one base file to put them in.",
      remedy: "Give the product schemas, or test it by golden pairs.",
      steps: linted("- remove: {path: /name}")
        .replacing("{path: shop.yaml", with: "{path: '*.yaml'")
        .replacing("transformer lint", with: "transformer verify")),
  ]

  /// A transformer with schemas, linted.
  private static func linted(
    _ operations: String, source: String = "type: object", target: String = "type: object", head: String = ""
  ) -> String {
    shop(operations, head: head, run: "cfgmigrate transformer lint --registry registry --product shop")
      .replacing("layer: base}]\n", with: "layer: base}]\nschemas: schemas/{version}.yaml\n")
      .replacing(
        "=== file config/cfg",
        with:
          "=== file registry/shop/schemas/1.yaml\n\(source)\n=== file registry/shop/schemas/2.yaml\n\(target)\n=== file config/cfg"
      )
  }

  /// A transformer with one golden pair, tested.
  private static func pair(
    _ after: String, operations: String = "- rename: {path: /name, to: title}", options: String = ""
  ) -> String {
    shop(
      operations, head: "tests: [{before: before, after: after}]",
      run: "cfgmigrate transformer test --registry registry --product shop \(options)"
    ).replacing(
      "=== file config/cfg",
      with: """
        === file registry/shop/before/shop.yaml
        version: 1
        name: Corner shop
        === file registry/shop/after/shop.yaml
        \(after)
        === file config/cfg
        """)
  }
}
