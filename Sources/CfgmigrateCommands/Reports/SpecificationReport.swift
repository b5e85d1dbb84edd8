internal import ConfigDocument
internal import ConfigSchema
internal import ConfigStore

/// The output that the JSON Schema specification describes: one JSON object for each document, a line each, with its file and its
/// number in the file.
struct SpecificationReport {
  let report: ValidationReport

  init(_ report: ValidationReport) { self.report = report }

  func print(as format: ReportFormat, to terminal: inout Terminal) {
    guard let form = OutputForm(rawValue: format.rawValue) else { return }
    for file in report.files {
      for (number, unit) in file.outputs.enumerated() {
        var object = Object()
        object["file"] = .string(file.path)
        object["document"] = .number(Number(number + 1))
        for member in unit.value(as: form).object?.members ?? [] { object[member.key] = member.value }
        terminal.print(JSONOutput.line(of: .object(object)))
      }
    }
    // What has no output, such as a file with a syntax error, is talk.
    for file in report.files where file.outputs.isEmpty {
      for diagnostic in file.diagnostics { terminal.say(diagnostic) }
    }
  }
}
