extension CodePage {
  /// What is wrong with a directory as a set, and with finding its product.
  static let sets: [CodePage] = [
    CodePage(
      "product-unnamed",
      what: "Nothing says what product a directory is a configuration of.",
      why: "Its versions, files and transformers are the product's.",
      remedy: "Write `product: NAME` into its cfgmigrate.yaml, or name it with `--product`.",
      steps: """
        === file config/platform.yaml
        version: 2.1.0
        === run cfgmigrate status config
        """),
    CodePage(
      "unknown-product",
      what: "No product of the given name is found.",
      why:
        "Products are looked for in `--registry`, the set's own registry, CFGMIGRATE_PATH and the installed share folder.",
      remedy: "Correct the name, or name the directory that holds it.",
      steps: """
        === file config/platform.yaml
        version: 2.1.0
        === run cfgmigrate status config --product job-plattform
        """),
    CodePage(
      "bad-settings",
      what: "A cfgmigrate.yaml says something that it cannot say.",
      why: "A slip in it would silently do nothing.",
      remedy: "Correct the marked field.",
      steps: """
        === file config/cfgmigrate.yaml
        produkt: job-platform
        === run cfgmigrate status config
        """),
    CodePage(
      "empty-set",
      what: "No file of the directory belongs to the product.",
      why: "It is another directory, or the product's patterns do not fit its files.",
      remedy: "Name the right directory, or correct the patterns.",
      steps: """
        === file config/notes.txt
        nothing
        === run cfgmigrate status config --product job-platform
        """),
    CodePage(
      "missing-schema",
      what: "The product declares schemas, and there is none for a version that is to be checked.",
      why: "Nothing is written that was not checked.",
      remedy: "Add the schema's file, or remove `schemas` from the product.",
      steps: shop("- remove: {path: /name}").replacing(
        "layer: base}]\n", with: "layer: base}]\nschemas: schemas/{version}.yaml\n")),
    CodePage(
      "schema-missing",
      what: "There is no schema for a version, and the product names schemas.",
      why:
        "A program that plans with the library handed in none for this version. The command line says `missing-schema`.",
      remedy: "Hand in the schema of every version that is planned for.",
      message: "error[schema-missing]: there is no schema for version 2.2.0, so the set cannot be validated"),
    CodePage(
      "unknown-transformer",
      what: "No transformer of the product has the name.",
      why: "Transformers are named by their versions, such as `2.1-to-2.2.0`, or by their file.",
      remedy: "`transformer list` shows them.",
      steps: """
        === run cfgmigrate transformer show 2.1-to-9.9 --product job-platform
        """),
    CodePage(
      "transformer-changed",
      what: "A transformer's operations are not what they were when it was applied here.",
      why: "Two directories that say the same version may then differ. Comments and layout are no change.",
      remedy: "Write a new transformer instead of changing one that is in use.",
      steps: shop(
        "- remove: {path: /name}",
        run:
          "cfgmigrate apply config --accept-loss > log; sed -i 's/name/size/' registry/shop/1-to-2.yaml; cfgmigrate status config"
      )),
  ]

  /// What the store says: reading and writing directories, backups, the ledger.
  static let store: [CodePage] = [
    CodePage(
      "io-error",
      what: "The system refused to read or write something.",
      why: "The message names the file and the system's own reason.",
      remedy: "Correct the path, the rights or the disk, and run the command again.",
      steps: """
        === run cfgmigrate validate missing.yaml
        """),
    CodePage(
      "disk-full",
      what: "The disk is full, or a quota is used up.",
      why: "A run needs room for the new files and the backup. What was begun is undone.",
      remedy: "Free some space on this file system, and run the command again.",
      message: "error[disk-full]: cannot write platform.yaml: No space left on device"),
    CodePage(
      "read-only-directory",
      what: "The directory cannot be written to.",
      why: "It is mounted read-only, or belongs to another user.",
      remedy: "Run the command as the owner, or give this user the right.",
      message: "error[read-only-directory]: cannot create .cfgmigrate: Permission denied"),
    CodePage(
      "locked",
      what: "Another process is writing to the directory.",
      why: "Two runs at once would mix their changes. The lock dies with its holder.",
      remedy: "Wait for it, or let the command wait: `--wait SECONDS`.",
      steps: """
        === copy samples/job-platform/2.1 config
        === run cfgmigrate apply config --to 2.2 > log; flock config/.cfgmigrate/lock cfgmigrate rollback config
        """),
    CodePage(
      "interrupted-run",
      what: "A run was cut off half way.",
      why: "A kill or a power cut stopped it. The directory can be made wholly old or wholly new.",
      remedy: "`cfgmigrate recover DIR`; every command that writes does that first.",
      message: "error[interrupted-run]: the run 20260101T120000000Z-3f9a1c was cut off"),
    CodePage(
      "drift",
      what: "A file is not what it was when the decision about it was made.",
      why: "Someone edited it meanwhile, and an edit is never overwritten unasked.",
      remedy: "Look at the edit; run the command again, or use `--force` where it is offered.",
      message: "error[drift]: config.yaml has changed while it was checked, and was left as it is"),
    CodePage(
      "outside-directory",
      what: "A path or a link leads out of the directory.",
      why: "Nothing outside the directory is ever written.",
      remedy: "Name a file inside, or replace the link by the file itself.",
      steps: """
        === copy samples/job-platform/2.1 config
        === run mv config/platform.yaml outside.yaml; ln -s ../outside.yaml config/platform.yaml; cfgmigrate plan config
        """),
    CodePage(
      "linked-file",
      what: "A plan would remove or rename a file that is a link.",
      why: "What is meant, the link or what it leads to, is not guessed.",
      remedy: "Replace the link by the file itself first, or do this step by hand.",
      steps: shop(
        "- file: {remove: old.yaml}",
        run: "mv config/old.yaml config/real; ln -s real config/old.yaml; cfgmigrate plan config"
      ).replacing(
        "[{path: shop.yaml, layer: base}]", with: "[{path: shop.yaml, layer: base}, {path: old.yaml, layer: base}]"
      )
      .replacing("=== run", with: "=== file config/old.yaml\nsize: 1\n=== run")),
    CodePage(
      "conflicting-changes",
      what: "Two changes of one transaction speak of the same file.",
      why: "Only one of them could count. The command line never asks for that.",
      remedy: "Give the store one change a file.",
      message: "error[conflicting-changes]: two changes speak of platform.yaml"),
    CodePage(
      "ambiguous-name",
      what: "Two files of the set have names that no text tells apart.",
      why:
        "Names that are not UTF-8, or differ in how letters are composed, are shown with `\\xC3` for such bytes; another file is really called that.",
      remedy: "Rename one of the files.",
      message: #"error[ambiguous-name]: �.yaml reads like the name of another file of the set, and so does \xFE.yaml"#),
    CodePage(
      "not-taken-effect",
      what: "What is on disk after the write is not what was planned.",
      why:
        "Everything is read again and compared. Another program may be writing to the directory; everything was put back.",
      remedy: "Stop the other program, and run the command again.",
      message:
        "error[not-taken-effect]: platform.yaml is not what the plan says, after it was written; everything was put back"
    ),
    CodePage(
      "exchange-impossible",
      what: "The whole directory cannot be exchanged here.",
      why: "It is a mount point, or its file system cannot exchange two names in one step.",
      remedy: "Leave `--exchange` out; the files are then replaced one by one, with a journal.",
      message: "error[exchange-impossible]: config is a mount point, which cannot be exchanged"),
    CodePage(
      "old-tree",
      what: "The directory is one that a run has put aside.",
      why: "After an exchange the old tree is kept for those who still read it.",
      remedy: "Name the configuration directory itself.",
      message: "error[old-tree]: .config.cfgmigrate-old is a directory that a run has put aside"),
    CodePage(
      "unknown-run",
      what: "The directory has no run of this ID, or no runs.",
      why: "`show`, `rollback` and the backup commands speak of recorded runs.",
      remedy: "`cfgmigrate history DIR` lists them.",
      steps: """
        === copy samples/job-platform/2.1 config
        === run cfgmigrate backup verify config --run 20200101T000000000Z-000000
        """),
    CodePage(
      "unknown-file",
      what: "A backup does not have the file that was named.",
      why: "A backup holds the files of the set as they were before a run.",
      remedy: "`cfgmigrate backup show` lists them.",
      steps: #"""
        === copy samples/job-platform/2.1 config
        === run cfgmigrate apply config --to 2.2 > log; cfgmigrate backup restore config other.yaml --run "$(ls config/.cfgmigrate/backups | sed 's/\.json//')"
        """#),
    CodePage(
      "backup-damaged",
      what: "A backup is missing, or its bytes are not those that were backed up.",
      why: "Every byte is checked by its digest; a backup that is not whole is not restored.",
      remedy: "Take the files from another backup: of a neighbouring run, or of the machine.",
      steps: """
        === copy samples/job-platform/2.1 config
        === run cfgmigrate apply config --to 2.2 > log; cd config/.cfgmigrate/backups && for file in *; do chmod u+w $file; echo x >> $file; done; cd ../../.. && cfgmigrate backup verify config
        """),
    CodePage(
      "backup-exists",
      what: "There is another backup of the same run.",
      why: "An import never overwrites a backup.",
      remedy: "Remove one of the two first.",
      message: "error[backup-exists]: there is another backup of run 20260101T120000000Z-3f9a1c"),
    CodePage(
      "bad-archive",
      what: "A file that is to be an exported backup is none, or is cut off.",
      why: "Half a backup would restore half a configuration.",
      remedy: "Export it again: `cfgmigrate backup export`.",
      steps: """
        === copy samples/job-platform/2.1 config
        === run cfgmigrate backup import config config/platform.yaml
        """),
    CodePage(
      "ledger-broken",
      what: "The ledger was edited or damaged.",
      why: "Each record carries the digest of the one before it, and one does not fit.",
      remedy: "Restore `.cfgmigrate/ledger.jsonl` from a backup of the machine; the configuration itself is whole.",
      steps: """
        === copy samples/job-platform/2.1 config
        === run for version in 2.2 2.3; do cfgmigrate apply config --to $version > log; done; sed -i '1s/ada/eve/' config/.cfgmigrate/ledger.jsonl; cfgmigrate history config
        """),
    CodePage(
      "ledger-torn",
      what: "The ledger's last record was cut off while it was written.",
      why: "A power cut may do that. Nothing is lost: the journal has the run.",
      remedy: "Nothing has to be done; the next run removes the rest of the record.",
      message: "warning[ledger-torn]: the last record was cut off while it was written"),
    CodePage(
      "state-damaged",
      what: "A file of the state directory does not read as what this program writes.",
      why: "It was edited, or the disk is damaged.",
      remedy: "Do what the message says for this file; backups and configuration are apart from it.",
      message: "error[state-damaged]: .cfgmigrate/journal/run.json does not read as the journal of a run"),
  ]

  /// What is said of backups in another place, and of directories that another program wrote.
  static let otherPlaces: [CodePage] = [
    CodePage(
      "backup-place",
      what: "The directory for backups cannot be used for this set.",
      why: "It is inside the set, others can look into it, or the backups in it are those of another directory.",
      remedy: "Name another one with `--backup-dir`, or make it readable by its owner alone.",
      steps: """
        === copy samples/job-platform/2.1 config
        === run cfgmigrate apply config --to 2.2 --backup-dir config/backups
        """),
    CodePage(
      "only-in-original",
      what: "`reconcile` was given two directories, and the new one lacks a file.",
      why: "Whether the file is to go is for you to say. A warning; it stays as it is.",
      remedy: "Remove it by hand where it is meant to go.",
      steps: """
        === run mkdir a b; echo 'k: 1' > a/x.yaml; cp a/x.yaml a/y.yaml; cp a/x.yaml b/x.yaml; cfgmigrate reconcile a b --diff
        """),
    CodePage(
      "only-in-new",
      what: "`reconcile` was given two directories, and the new one has a file more.",
      why: "It has no original whose comments could be kept. A warning; it is not taken over.",
      remedy: "Copy it by hand where it is meant to come.",
      steps: """
        === run mkdir a b; echo 'k: 1' > a/x.yaml; cp a/x.yaml b/x.yaml; cp a/x.yaml b/y.yaml; cfgmigrate reconcile a b --diff
        """),
  ]

  /// What is said of programs that a transformer or a product names.
  static let programs: [CodePage] = [
    CodePage(
      "jq-missing",
      what: "A transformer has an expression, and jq is not installed.",
      why: "Expressions are evaluated by jq itself, in a process with limits.",
      remedy: "Install it: `apt install jq`.",
      steps: shop(
        "- compute: {path: /name, expr: .}", run: "PATH=$(dirname $(command -v cfgmigrate)) cfgmigrate plan config")),
    CodePage(
      "program-failed",
      what: "A program that a transformer names cannot be started, fails, or says nothing of use.",
      why: "It must read one JSON value and write one.",
      remedy: "Run it by hand with the value that the message names.",
      steps: shop("- custom: {path: /name, run: [\"false\"]}", run: "cfgmigrate plan config --registry registry")),
    CodePage(
      "program-timeout",
      what: "A program or an expression did not end in the time that it has.",
      why: "No upgrade waits for ever.",
      remedy: "Look for a loop without an end, or give it more time with `timeout`.",
      steps: shop(
        "- custom: {path: /name, run: [sleep, \"60\"], timeout: 1}", run: "cfgmigrate plan config --registry registry")),
    CodePage(
      "program-untrusted",
      what: "A transformer runs a program, and only the set itself says where the transformer is.",
      why: "Whoever can write a configuration file must not be able to run programs.",
      remedy: "Look at the program; then name the registry yourself, with `--registry` or CFGMIGRATE_PATH.",
      steps: shop("- custom: {path: /name, run: [\"cat\"]}", run: "CFGMIGRATE_PATH= cfgmigrate plan config")),
    CodePage(
      "verify-failed",
      what: "The product's own check did not accept the new configuration.",
      why: "The program under `verify` in product.yaml looks at the result of every run. Everything was put back.",
      remedy: "Read what the program says, and correct the values or the transformer.",
      steps: shop("- rename: {path: /name, to: title}", run: "cfgmigrate apply config --registry registry")
        .replacing("layer: base}]\n", with: "layer: base}]\nverify: [\"false\"]\n")),
  ]
}
