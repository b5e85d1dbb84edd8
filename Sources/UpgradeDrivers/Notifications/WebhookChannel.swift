internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore
internal import UpgradePipeline

/// Posts the notice as JSON.
///
/// ```yaml
/// - webhook: {url: {env: CHAT_WEBHOOK}}
/// ```
struct WebhookChannel: NotificationChannel {
  private enum Address {
    case plain(String)
    case secret(SecretSource)
  }
  private let address: Address
  private let headers: [String: String]
  private let secretHeaders: [String: SecretSource]
  private let timeLimit: Int

  init(_ declaration: Declaration) throws(Diagnostic) {
    var fields = try declaration.fields()
    let node = try fields.required("url")
    // The address of a chat's webhook is itself the right to write there.
    if case .string(let url) = declaration.document.value(of: node) {
      address = .plain(url)
    } else {
      address = .secret(try SecretSource(node, of: declaration.document, field: "url"))
    }
    headers = try fields.textsByName("headers")
    secretHeaders = try fields.secretsByName("secret-headers")
    timeLimit = try fields.optionalDuration("timeout") ?? 10_000
    try fields.finish()
  }

  func deliver(_ notice: Notice, _ context: StepContext) throws(Diagnostic) {
    let url: String =
      switch address {
      case .plain(let url): url
      case .secret(let source): try context.secrets.read(source, in: context.directory)
      }
    var request = CurlRequest(url: url, headers: headers, secretHeaders: secretHeaders, timeLimit: timeLimit)
    request.headers["Content-Type"] = "application/json"
    request.body = Array("\(notice.json)".utf8)
    let answer = try request.send(context)
    guard (200...299).contains(answer.status) else {
      throw Diagnostic(
        .notDelivered, "the webhook answered \(answer.status)", hint: "Look whether its address is still the right one")
    }
  }
}

extension Diagnostic.Code {
  /// Someone could not be told.
  static let notDelivered: Self = "not-delivered"
}
