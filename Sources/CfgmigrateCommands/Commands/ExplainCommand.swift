internal import ArgumentParser
internal import ConfigDocument

struct ExplainCommand: CfgmigrateSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say what a message's code means, why it is told, and what to do.",
    discussion: "Without a code, all codes are listed.")

  @Argument(help: "The word in brackets of a message, such as schema-enum.") var code: String?
  @OptionGroup var form: OutputOptions

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    guard let code else {
      return Outcome(
        result: { ["codes": .array(CodePage.all.map(\.json))] },
        show: { terminal in
          var columns = Columns()
          for page in CodePage.all { columns.add(page.code, page.what) }
          for line in columns.lines(indent: 0) { terminal.print(line) }
        })
    }
    guard let page = CodePage.of(Diagnostic.Code(rawValue: code)) else {
      throw Diagnostic(
        .unknownCode, "no message has the code `\(code)`",
        hint: SpellingSuggestion.didYouMean(code, among: CodePage.all.map(\.code))
          ?? "`cfgmigrate explain` lists all of them")
    }
    return Outcome(
      result: { page.json },
      show: { terminal in for line in page.lines(palette: terminal.outPalette) { terminal.print(line) } })
  }
}

extension Diagnostic.Code {
  /// A code that no message has.
  static let unknownCode: Self = "unknown-code"
}
