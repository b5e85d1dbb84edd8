extension CodePage {
  /// What is said of versions and of the graph of transformers.
  static let versions: [CodePage] = [
    CodePage(
      "version-unknown",
      what: "The set does not say its version, or says one that the product does not know.",
      why: "Without it no transformer can be chosen.",
      remedy: "Write the version where the product looks for it, or name it with `--from`.",
      steps: shop("- remove: {path: /name}").replacing("version: 1\nname", with: "name")),
    CodePage(
      "version-newer",
      what: "The set's version is newer than every version that is known here.",
      why: "The product's files are older than the set.",
      remedy: "Update the registry, or this program.",
      steps: shop("- remove: {path: /name}").replacing("version: 1\nname", with: "version: 9\nname")),
    CodePage(
      "version-mixed",
      what: "Two places of one set say different versions.",
      why: "One of them is wrong, and a transformer would treat one half as what it is not.",
      remedy: "Settle which version the set has, and write it into both.",
      steps: """
        === file registry/shop/product.yaml
        product: shop
        versions: {scheme: integer, at: ["shop.yaml#/version", "prices.yaml#/version"]}
        files: [{path: shop.yaml, layer: base}, {path: prices.yaml, layer: base}]
        === file registry/shop/1-to-2.yaml
        transformer: 1
        product: shop
        from: 1
        to: 2
        summary: An example
        operations: [{remove: {path: /name}}]
        === file config/cfgmigrate.yaml
        product: shop
        registry: ../registry
        === file config/shop.yaml
        version: 1
        === file config/prices.yaml
        version: 2
        === run cfgmigrate plan config
        """),
    CodePage(
      "version-contradicted",
      what: "What the set holds looks like a newer version than it says.",
      why: "Someone may have upgraded it by hand and left the version as it was. A warning.",
      remedy: "Look at the marked place, and correct the version.",
      message: "warning[version-contradicted]: the set says 2.1.0, and `/server/tls` is there since 2.3.0"),
    CodePage(
      "no-path",
      what: "No chain of transformers leads from the set's version to the target.",
      why: "A transformer is missing, or the target is no version of the product.",
      remedy: "`transformer graph` shows the ways that there are.",
      steps: graph([(1, 2), (3, 4)]).replacing("transformer list", with: "plan config")
        .replacing(" --registry", with: " --to 4 --registry")
        .replacing("=== run", with: "=== file config/shop.yaml\nversion: 1\n=== run")),
    CodePage(
      "ambiguous-path",
      what: "More than one chain leads to the target.",
      why: "They may give different results, and which is meant is not guessed.",
      remedy: "Remove one of the transformers, go in steps with `--to`, or declare the chains `equivalent`.",
      steps: graph([(1, 2), (2, 3), (1, 3)])),
    CodePage(
      "version-cycle",
      what: "A chain of transformers comes back to where it began.",
      why: "Versions go up only; the way back is derived.",
      remedy: "Remove the transformer that leads back.",
      steps: graph([(1, 2), (2, 1)])),
    CodePage(
      "dead-end",
      what: "A version has no way to the newest one.",
      why: "Sets of that version could never be upgraded further.",
      remedy: "Write a transformer that starts from it.",
      steps: graph([(1, 3), (1, 2)])),
    CodePage(
      "unreachable-version",
      what: "A version hangs in the air: no transformer leads to it.",
      why: "There is more than one version to begin with, and mostly that is a slip in a `to`.",
      remedy: "Correct the versions, or write the transformer that leads to it.",
      steps: graph([(1, 3), (2, 3)])),
    CodePage(
      "duplicate-transformer",
      what: "Two transformers are for the same step.",
      why: "Which of them counts is not guessed.",
      remedy: "Remove one of them.",
      steps: graph([(1, 2)], copies: 2)),
    CodePage(
      "idle-equivalence",
      what: "A product declares chains equivalent where there are not two of them.",
      why: "The declaration does nothing, and may be a slip. A warning.",
      remedy: "Remove it, or correct its versions.",
      steps: graph([(1, 2)], equivalent: ", equivalent: [{from: 1, to: 2}]")),
  ]

  /// What is said of a plan.
  static let plans: [CodePage] = [
    CodePage(
      "invalid-result",
      what: "The result of a plan fails its schema.",
      why: "Nothing that the new version would refuse is ever written.",
      remedy: "Correct the values that the findings name, or the transformer; then plan again.",
      steps: shop("- rename: {path: /name, to: title}", run: "cfgmigrate apply config")
        .replacing("layer: base}]\n", with: "layer: base}]\nschemas: schemas/{version}.yaml\n")
        .replacing(
          "=== file config/cfg",
          with:
            "=== file registry/shop/schemas/1.yaml\ntype: object\n=== file registry/shop/schemas/2.yaml\nrequired: [size]\n=== file config/cfg"
        )),
    CodePage(
      "unacknowledged",
      what: "A note asks for an action, or something is lost that cannot be put back, and nobody has agreed to it.",
      why: "A machine must not decide that for you.",
      remedy: "Do what the note says, then agree to it: `--acknowledge CODE`, or `--accept-loss`.",
      steps: shop(
        "- note: {code: new-keys, level: action, message: Make new keys.}", run: "cfgmigrate apply config")),
    CodePage(
      "value-replaced",
      what: "A value of yours was replaced by another one.",
      why: "A transformer asks for it; you may have had a reason for the old one. A warning.",
      remedy: "Look at the marked line, and say to the team of the product where it is wrong.",
      steps: shop("- rename: {path: /name, to: title, on_conflict: replace}", data: "name: Corner shop\ntitle: Shop")),
    CodePage(
      "value-dropped",
      what: "A value of yours was dropped in favour of another one.",
      why: "Two places became one, and held different values. A warning.",
      remedy: "Look which of the two you want.",
      steps: shop(
        "- rename: {path: /name, to: title, on_conflict: keep}", data: "name: Corner shop\ntitle: Shop")),
    CodePage(
      "comment-removed",
      what: "A comment goes with the entry that an operation removes.",
      why: "It speaks of what is gone. A note.",
      remedy: "Copy it elsewhere if it still matters; the backup keeps it.",
      steps: shop("- remove: {path: /name}", data: "name: Corner shop   # ask Ada")),
    CodePage(
      "alias-expanded",
      what: "An alias became a copy, because only one of its users changes.",
      why: "Changing the anchored value would change the others too. A note.",
      remedy: "Nothing has to be done.",
      steps: shop(
        "- rename: {path: \"/jobs/*/retry\", to: retries}", data: "common: &common\n  retry: 3\njobs:\n  build: *common"
      )),
    CodePage(
      "merged-value",
      what: "A value comes from a merge key (`<<`), so the operation left it alone.",
      why: "Changing it there would change all that merge it. A warning.",
      remedy: "Change the mapping that is merged by hand, or write the key out.",
      steps: shop(
        "- rename: {path: \"/jobs/*/retry\", to: retries}",
        data: "common: &common {retry: 3}\njobs:\n  build:\n    <<: *common\n    size: 1")),
    CodePage(
      "shared-anchor",
      what: "A change of an anchored value also changes what merges it.",
      why: "A merge key shows whatever its anchor holds. A warning.",
      remedy: "Look whether the other place should change too.",
      steps: shop(
        "- set: {path: /jobs/build/retry, value: 4}",
        data: "jobs:\n  build: &build {retry: 3}\nnight:\n  <<: *build")),
    CodePage(
      "layers-differ",
      what: "Migrating the layers and combining them gives something else than combining them first.",
      why: "An overlay holds only a part, so an operation may see too little of it. A warning.",
      remedy:
        "Write the value that is meant into the overlay after the migration, or let the operation say `layers: all`.",
      message:
        "warning[layers-differ]: with env/prod.yaml over the base, `/size` becomes 8; combined first and then migrated it would be 4"
    ),
    CodePage(
      "layers-unchecked",
      what: "Some overlays were not compared with what combining them first would give.",
      why: "There are too many of them for a base of this size. A note.",
      remedy: "Nothing has to be done.",
      message:
        "note[layers-unchecked]: 900 of 1000 overlays were not compared with what combining them with the base first would give"
    ),
    CodePage(
      "leaf-unaccounted",
      what: "A value of the input is gone, and no operation says why.",
      why: "Every value is followed through a migration. This is a fault of cfgmigrate; nothing is written.",
      remedy: "Please report it, with the file and the transformer.",
      message: "error[leaf-unaccounted]: the value `/name` is gone, and no operation says why; nothing is written"),
    CodePage(
      "bad-plan",
      what: "A file that is to be a saved plan is none.",
      why: "It is cut off, or something else.",
      remedy: "Make it anew: `cfgmigrate plan DIR -o FILE`.",
      steps: """
        === file plan.json
        {"plan": true}
        === run cfgmigrate apply plan.json
        """),
    CodePage(
      "plan-drift",
      what: "Something that a saved plan binds has changed.",
      why: "Someone reviewed the plan as it was; what would be done now may be something else.",
      remedy: "Make the plan anew, and review it.",
      steps: """
        === copy samples/job-platform/2.1 config
        === run cfgmigrate plan config --to 2.2 -o plan.json > log; echo '# mine' >> config/platform.yaml; cfgmigrate apply plan.json
        """),
    CodePage(
      "merge-conflict",
      what: "On a way back: both an edit since the upgrade and the upgrade itself changed a place.",
      why: "Only one of the two can stay.",
      remedy:
        "Choose with `--ours` (the edit) or `--theirs` (the older form), or leave a comment at each place with `--markers`.",
      steps: """
        === copy samples/job-platform/2.1 config
        === run cfgmigrate apply config --to 2.2 > log; sed -i 's/max_idle_time: 300/max_idle_time: 450/' config/platform.yaml; cfgmigrate rollback config
        """),
    CodePage(
      "conflict-undecided",
      what: "A comment says that a conflict of a way back is left to decide.",
      why:
        "The way back was taken with `--markers`, and the comment still stands. A warning; `apply` waits until it is gone.",
      remedy: "Write the value that is meant, and remove the comment.",
      steps: """
        === copy samples/job-platform/2.1 config
        === run cfgmigrate apply config --to 2.2 > log; sed -i 's/max_idle_time: 300/max_idle_time: 450/' config/platform.yaml; cfgmigrate rollback config --markers > log; cfgmigrate status config
        """),
    CodePage(
      "record-unusable",
      what: "The transformers do not give again what a recorded run wrote.",
      why: "They were changed since, so only the forms before and after the whole run are known. A warning.",
      remedy: "Nothing has to be done; look at the result of the way back more closely.",
      message: "warning[record-unusable]: the transformers do not give again what run 20260101T120000000Z-3f9a1c wrote"),
    CodePage(
      "comment-stranded",
      what: "A comment that was written since the upgrade finds no place in the older form.",
      why: "What it stands beside is not there in the older version. A warning.",
      remedy: "It is in the backup of the run; copy it where it belongs.",
      message: "warning[comment-stranded]: the comment `# mine` of platform.yaml finds no place in the older form"),
  ]

  /// A product with transformers between versions, listed.
  private static func graph(_ edges: [(Int, Int)], copies: Int = 1, equivalent: String = "") -> String {
    var steps = """
      === file registry/shop/product.yaml
      product: shop
      versions: {scheme: integer, at: shop.yaml#/version\(equivalent)}
      files: [{path: shop.yaml, layer: base}]

      """
    for (from, to) in edges {
      for copy in 1...copies {
        steps += """
          === file registry/shop/\(from)-to-\(to)\(copies > 1 ? "-\(copy)" : "").yaml
          transformer: 1
          product: shop
          from: \(from)
          to: \(to)
          summary: An example
          operations: [{remove: {path: /old}}]

          """
      }
    }
    return steps + "=== run cfgmigrate transformer list --registry registry --product shop"
  }
}
