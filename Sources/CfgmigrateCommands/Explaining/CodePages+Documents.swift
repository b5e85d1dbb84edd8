extension CodePage {
  /// What is wrong with a file as YAML or JSON, and with editing one.
  static let documents: [CodePage] = [
    CodePage(
      "yaml-syntax",
      what: "The file is not YAML.",
      why: "libyaml, the parser of record, rejects it at the marked place; no application would read it either.",
      remedy:
        "Mend the marked line. The usual causes are a tab, a missing space behind a colon, or an indentation that differs from the lines above.",
      steps: """
        === file config.yaml
        server: {port: 8080
        === run cfgmigrate validate config.yaml
        """),
    CodePage(
      "json-syntax",
      what: "The file is not JSON.",
      why:
        "RFC 8259 knows no comments, no trailing commas and no single quotes; a file that has them is `.jsonc`, or YAML.",
      remedy: "Mend the marked place, or give the file the name that says what it is.",
      steps: """
        === file config.json
        {"port": 8080,}
        === run cfgmigrate validate config.json
        """),
    CodePage(
      "duplicate-key",
      what: "One mapping has the same key twice.",
      why: "Readers disagree on which of the two counts, so a change to one of them may change nothing.",
      remedy: "Keep one of the two.",
      steps: """
        === file config.yaml
        port: 8080
        port: 8081
        === run cfgmigrate validate config.yaml
        """),
    CodePage(
      "not-utf8",
      what: "The file is not UTF-8.",
      why: "Its text would be read as other text than was written; UTF-16 and Latin-1 are not guessed.",
      remedy: "Convert it: `iconv -f LATIN1 -t UTF-8 old.yaml > new.yaml`.",
      steps: #"""
        === run printf 'name: caf\351\n' > config.yaml && cfgmigrate validate config.yaml
        """#),
    CodePage(
      "too-deep",
      what: "Lists or mappings are nested more than 512 deep.",
      why:
        "No configuration is; what is, is an attack on whoever reads it, since parsers take time with the square of the depth.",
      remedy: "Look who wrote the file.",
      steps: """
        === run printf '[%.0s' $(seq 600) > config.yaml && cfgmigrate validate config.yaml
        """),
    CodePage(
      "too-large",
      what: "The file is larger than 4 GiB.",
      why: "Places in a file are kept in 32 bits.",
      remedy: "Split it.",
      message: "error[too-large]: the file is larger than 4 GiB"),
    CodePage(
      "alias-expansion",
      what: "An alias contains itself, or aliases multiply the text beyond a million values.",
      why: "A few lines of nested aliases can stand for more data than any machine holds.",
      remedy: "Write the value out, or remove the alias.",
      steps: """
        === file config.yaml
        all: &all [1, *all]
        === file schema.yaml
        type: object
        === run cfgmigrate validate config.yaml --schema schema.yaml
        """),
    CodePage(
      "edit-refused",
      what: "An edit cannot be made without changing something that it does not mean to change.",
      why: "Nothing ever falls back to writing the file anew, which would lose comments and layout.",
      remedy: "Make this change by hand, or in another way; the message says what is in the way.",
      message: "error[edit-refused]: the mapping has the key `port` already"),
    CodePage(
      "internal-mismatch",
      what: "What was written does not read back as what was meant.",
      why:
        "Every result is parsed again and compared before anyone sees it. A difference is a fault of cfgmigrate; nothing has been written.",
      remedy: "Please report it, with the file.",
      message: "error[internal-mismatch]: the rendering of config.yaml does not read back as what was meant"),
    CodePage(
      "streams-differ",
      what: "Two files that are to be reconciled hold another number of documents.",
      why: "Documents are paired by their number, and one would have no partner.",
      remedy: "Add or remove the `---` that makes the difference.",
      steps: """
        === file config.yaml
        a: 1
        ---
        b: 2
        === file new.yaml
        a: 1
        === run cfgmigrate reconcile config.yaml new.yaml
        """),
  ]
}
