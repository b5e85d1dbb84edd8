package import ConfigDocument

/// What a command found or did: data, and how a person reads it.
package struct Outcome {
  package var status = ExitStatus.done
  /// For the JSON form; the text form shows them where `show` puts them.
  package var diagnostics: [Diagnostic] = []
  /// The member `result` of the JSON form.
  package var result: () -> Value
  /// The text form.
  package var show: (inout Terminal) -> Void

  package init(
    status: ExitStatus = .done, diagnostics: [Diagnostic] = [], result: @escaping () -> Value,
    show: @escaping (inout Terminal) -> Void
  ) {
    self.status = status
    self.diagnostics = diagnostics
    self.result = result
    self.show = show
  }
}

extension Outcome {
  /// The one JSON object that a command prints, as docs/json-output.md describes it.
  package static func envelope(
    command: String, status: ExitStatus, diagnostics: [Diagnostic], result: Value?
  ) -> Value {
    var object = Object()
    object["format"] = 1
    object["command"] = .string(command)
    object["status"] = .number(Number(Int(status.rawValue)))
    object["diagnostics"] = .array(diagnostics.map(\.json))
    if let result { object["result"] = result }
    return .object(object)
  }
}
