internal import ArgumentParser
internal import ConfigDocument
internal import ConfigSchema

struct SchemaGenerateCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Draw documents that follow a schema.",
    discussion: """
      Each is one line of JSON, and is checked before it is printed. The same schema and seed give the same documents. \
      How many of the schema's branches were drawn from is said on standard error.
      """)
  static let path = "schema generate"

  @Argument(help: "The schema: a file, or the URI of one in --schema-dir.") var schema: String
  @Option(help: "How many documents.") var count = 10
  @Option(help: "Which documents: any number.") var seed: UInt64 = 1
  @OptionGroup var reading: SchemaReadingOptions
  @OptionGroup var form: OutputOptions

  func validate() throws {
    if count < 1 || count > 1_000_000 { throw ValidationError("'--count' is from 1 to 1000000.") }
  }

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    var generator = InstanceGenerator(try reading.schemas(schema)[0], seed: seed)
    var documents: [Value] = []
    while documents.count < count, let value = generator.next() { documents.append(value) }
    let (drawn, all) = generator.coverage
    guard documents.count == count else {
      throw Diagnostic(
        .schemaNoInstance,
        "no document was found that follows \(schema), after \(Counted.of(documents.count, "document"))",
        hint: "Nothing may follow it, or it asks for what is not known how to draw, such as a pattern with look-ahead")
    }
    return Outcome(
      result: {
        [
          "documents": .array(documents),
          "coverage": ["drawn": .number(Number(drawn)), "of": .number(Number(all))],
        ]
      },
      show: { terminal in
        for value in documents { terminal.print(String(decoding: value.jsonLine ?? [], as: UTF8.self)) }
        terminal.say("drawn from \(drawn) of \(Counted.of(all, "subschema"))")
      })
  }
}

extension Diagnostic.Code {
  /// No document was found that follows a schema.
  static let schemaNoInstance: Self = "schema-no-instance"
}
