internal import ConfigDocument
internal import ConfigMigration
internal import ConfigSchema
internal import ConfigStore
internal import UpgradePipeline

/// Sends the notice as a mail, by SMTP.
///
/// ```yaml
/// - smtp: {server: smtps://mail.example.com, from: upgrades@example.com, to: [ops@example.com], user: upgrades, password: {env: MAIL_PASSWORD}}
/// ```
struct MailChannel: NotificationChannel {
  private let server: String
  private let from: String
  private let to: [String]
  private let user: String?
  private let password: SecretSource?
  private let startsTLS: Bool
  private let timeLimit: Int
  private let place: SourcePlace

  init(_ declaration: Declaration) throws(Diagnostic) {
    var fields = try declaration.fields()
    server = try fields.text("server")
    from = try fields.text("from")
    to = try fields.texts("to")
    user = try fields.optionalText("user")
    password = try fields.optional("password").map { (node) throws(Diagnostic) in
      try SecretSource(node, of: declaration.document, field: "password")
    }
    startsTLS = try fields.flag("starttls")
    timeLimit = try fields.optionalDuration("timeout") ?? 30_000
    place = declaration.place
    try fields.finish()
  }

  func validate() -> [Diagnostic] {
    guard !server.hasPrefix("smtp://"), !server.hasPrefix("smtps://") else { return [] }
    return [
      Diagnostic(
        .badValue, "`server` must begin with `smtp://` or `smtps://`", at: place,
        hint: "Write `smtps://mail.example.com`")
    ]
  }

  func deliver(_ notice: Notice, _ context: StepContext) throws(Diagnostic) {
    // The mail is data and must not end curl's configuration: it goes by a file of the step's own.
    let name = FileName(known: "\(notice.event.rawValue).eml")
    try context.store.write(
      Array(message(notice, of: context.upgrade.run, at: context.environment.now()).utf8), as: name)
    var lines = [
      "url = \(CurlRequest.quoted(server))", "mail-from = \(CurlRequest.quoted(from))",
      "upload-file = \(CurlRequest.quoted("\(try context.store.open().path)/\(name)"))",
    ]
    lines += to.map { "mail-rcpt = \(CurlRequest.quoted($0))" }
    if startsTLS { lines.append("ssl-reqd") }
    if let user {
      let word = try password.map { (source) throws(Diagnostic) in
        try context.secrets.read(source, in: context.directory)
      }
      lines.append("user = \(CurlRequest.quoted("\(user):\(word ?? "")"))")
    }
    var command = Command(
      ["curl", "--silent", "--show-error", "--max-time", "\(timeLimit / 1_000)", "--config", "-"],
      timeLimit: timeLimit + 2_000,
      grace: 500)
    command.input = Array((lines.joined(separator: "\n") + "\n").utf8)
    let result = try context.programs.run(command)
    guard result.succeeded else {
      throw Diagnostic(
        .notDelivered, "the mail server did not take the mail: \(context.secrets.hiding(result.lastWords(lines: 1)))",
        hint: "Look at `server`, `user` and `password` of the notification")
    }
  }

  /// RFC 5322. Header values hold no line breaks, whatever a spec's title says.
  private func message(_ notice: Notice, of run: String, at time: Timestamp) -> String {
    let subject = notice.subject.split(whereSeparator: \.isNewline).joined(separator: " ")
    let isPlain = subject.utf8.allSatisfy { $0 < 0x80 }
    let shown = isPlain ? subject : "=?utf-8?B?\(String(decoding: Base64.encode(Array(subject.utf8)), as: UTF8.self))?="
    let body = notice.body.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    return """
      From: \(from)\r
      To: \(to.joined(separator: ", "))\r
      Subject: \(shown)\r
      Date: \(time.mailDate)\r
      Message-ID: <\(run).\(notice.event.rawValue).\(time.seconds)@cfgmigrate>\r
      MIME-Version: 1.0\r
      Content-Type: text/plain; charset=utf-8\r
      Content-Transfer-Encoding: 8bit\r
      X-Upgrade-Event: \(notice.event.rawValue)\r
      \r
      \(body)\r

      """
  }
}

extension Timestamp {
  /// RFC 5322: `Fri, 20 Nov 2026 10:00:00 +0000`.
  var mailDate: String {
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let at = fields
    return "\(days[weekday]), \(at.day.padded(to: 2)) \(months[Int(at.month) - 1]) \(at.year) "
      + "\(at.hour.padded(to: 2)):\(at.minute.padded(to: 2)):\(at.second.padded(to: 2)) +0000"
  }
}

extension Timestamp {
  /// Reads the date of RFC 9110: `Fri, 20 Nov 2026 10:00:00 GMT`.
  init?(mailDate text: String) {
    let words = text.split(separator: " ")
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard words.count == 6, let day = Int64(words[1]), let month = months.firstIndex(of: String(words[2])) else {
      return nil
    }
    self.init("\(words[3])-\(Int64(month + 1).padded(to: 2))-\(day.padded(to: 2))T\(words[4]).000Z")
  }
}
