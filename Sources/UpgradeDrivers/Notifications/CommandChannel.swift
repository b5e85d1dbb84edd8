internal import ConfigDocument
internal import ConfigStore
internal import UpgradePipeline

/// `run: [program, …]`: gets the notice as one JSON object on its standard input.
struct CommandChannel: NotificationChannel {
  let command: CommandDeclaration
  init(_ declaration: Declaration) throws(Diagnostic) {
    command = try CommandDeclaration(declaration, timeLimit: 30_000)
  }

  func deliver(_ notice: Notice, _ context: StepContext) throws(Diagnostic) {
    let result = try command.run(
      in: context, input: Array("\(notice.json)\n".utf8), variables: ["CFGMIGRATE_EVENT": notice.event.rawValue])
    guard result.succeeded else { throw command.failure(result, at: nil) }
  }
}

extension Notice {
  /// What programs and webhooks get.
  var json: Value {
    var object = Object()
    object["event"] = .string(event.rawValue)
    // What chat programs show of a webhook.
    object["text"] = .string("\(subject)\n\(body)")
    object["subject"] = .string(subject)
    object["body"] = .string(body)
    object["details"] = details
    return .object(object)
  }
}
