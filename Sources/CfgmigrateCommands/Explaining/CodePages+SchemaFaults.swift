extension CodePage {
  /// What is wrong with a schema itself.
  static let schemaFaults: [CodePage] = [
    CodePage(
      "schema-malformed",
      what: "A keyword of the schema has a value that it cannot have.",
      why: "The schema would check something else than its author meant, or nothing.",
      remedy: "Correct the keyword at the marked place of the schema.",
      steps: checked("port: 1", by: "properties:\n  port: {type: int}")),
    CodePage(
      "schema-ref-unresolved",
      what: "A reference of the schema leads nowhere.",
      why:
        "The definition was renamed or moved, or the other schema is not at hand: nothing is ever fetched from the network.",
      remedy:
        "Correct the reference; or put a copy of the other schema into a directory, and name that with `--schema-dir`.",
      steps: checked("port: 1", by: "properties:\n  port: {$ref: '#/$defs/prot'}\n$defs:\n  port: {type: integer}")),
    CodePage(
      "schema-ref-cycle",
      what: "References of the schema lead back to where they began, without going deeper into the data.",
      why: "Checking would never end.",
      remedy: "Remove the reference that closes the circle; under `properties` or `items` one may lead back.",
      steps: checked("port: 1", by: "$ref: '#/$defs/a'\n$defs:\n  a: {$ref: '#/$defs/b'}\n  b: {$ref: '#/$defs/a'}")),
    CodePage(
      "schema-dialect",
      what: "The schema demands a vocabulary that is not known here.",
      why: "Its keywords could not be checked, and the verdict would mean nothing.",
      remedy:
        "Name one of the standard meta-schemas in `$schema`, or say with `--vocabulary` that its keywords only tell something.",
      steps: """
        === file meta.yaml
        $id: https://example.com/meta
        $vocabulary: {"https://example.com/vocab/units": true}
        === file schema.yaml
        $schema: https://example.com/meta
        === file config.yaml
        port: 1
        === run mkdir schemas && mv meta.yaml schemas && cfgmigrate validate config.yaml --schema schema.yaml --schema-dir schemas
        """),
  ]

  /// What is wrong with how `validate` and `explain` are called.
  static let validation: [CodePage] = [
    CodePage(
      "schema-no-instance",
      what: "No document was found that follows a schema.",
      why: "Nothing may follow it at all; or it asks for what is not known how to draw, such as a pattern with look-ahead.",
      remedy: "Look for demands that exclude each other; examples and defaults in the schema are drawn, too.",
      steps: """
        === file schema.json
        {"type": "integer", "minimum": 2, "maximum": 1}
        === run cfgmigrate schema generate schema.json
        """),
    CodePage(
      "schema-not-found",
      what: "A schema that is named is not there.",
      why: "It was looked for at its path, or in the directories with copies of remote schemas. Nothing is fetched.",
      remedy: "Correct its name; or put a copy into a directory, and name that with `--schema-dir`.",
      steps: """
        === file config.yaml
        # yaml-language-server: $schema=https://example.com/service.json
        port: 1
        === run cfgmigrate validate config.yaml
        """),
    CodePage(
      "bad-schema-map",
      what: "A mapping file or a catalogue does not say which files have which schema.",
      why: "A mapping file holds `schema: pattern`, or a list of patterns; a catalogue has the form of SchemaStore's.",
      remedy: "Correct it at the marked place.",
      steps: """
        === file config.yaml
        port: 1
        === file map.yaml
        service.schema.json: {files: config.yaml}
        === run cfgmigrate validate config.yaml --schema-map map.yaml
        """),
    CodePage(
      "no-such-file",
      what: "No file fits a pattern.",
      why: "Checking nothing would look like success.",
      remedy: "Correct the pattern, and quote it, so that the shell leaves it as it is.",
      steps: """
        === file services/mail.yml
        port: 25
        === run cfgmigrate validate 'services/*.yaml'
        """),
    CodePage(
      "unknown-code",
      what: "No message has this code.",
      why: "Codes are stable: they are added, and never renamed.",
      remedy: "`cfgmigrate explain` lists all of them.",
      steps: """
        === run cfgmigrate explain schema-enums
        """),
    CodePage(
      "no-such-line",
      what: "The file does not have this line.",
      why: "Lines are counted from 1, in the file as it is now.",
      remedy: "Leave the line out to see all of them.",
      steps: """
        === copy samples/job-platform/2.1 config
        === run cfgmigrate apply config --to 2.2 > log; cfgmigrate blame config/platform.yaml:9999
        """),
    CodePage(
      "output-lost",
      what: "What was printed could not be written.",
      why: "The disk is full, or the file cannot be written to. A command finishes its work all the same.",
      remedy: "Send the output elsewhere, and run the command again.",
      steps: """
        === copy samples/job-platform/2.1 config
        === run cfgmigrate status config > /dev/full
        """),
  ]
}
