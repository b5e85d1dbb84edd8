import ConfigDocument
import ConfigStore
import Testing
import UpgradeContracts
import UpgradePipeline

@Suite struct NotificationTests {
  private let secret = "canary-4711"

  @Test func `a command is told`() throws {
    let scenario = DriverScenario()
    try NotificationContract(context: try scenario.context()).check(
      working: try scenario.channel("run: [sh, -c, 'cat > told']"), delivered: { scenario.scratch.read("told") ?? "" },
      broken: try scenario.channel("run: [sh, -c, 'exit 1']"))
  }

  @Test func `a webhook is told, and its secrets are shown nowhere`() throws {
    let scenario = DriverScenario()
    let server = try WebServer()
    scenario.scratch.write("hook", "\(server.url)hook")
    scenario.scratch.write("word", secret)
    try NotificationContract(context: try scenario.context(), secret: secret).check(
      working: try scenario.channel("webhook: {url: {file: hook}, secret-headers: {X-Word: {file: word}}}"),
      delivered: { server.received },
      broken: try scenario.channel("webhook: {url: \"\(server.url)gone\", secret-headers: {X-Word: {file: word}}}"))
    #expect(server.received.contains("X-Word: \(secret)"))
  }

  @Test func `a mail server is told`() throws {
    let scenario = DriverScenario()
    scenario.scratch.write("word", secret)
    scenario.scratch.write("server.py", MailServer.program)
    let server = try MailServer(scenario.scratch.path)
    defer { server.stop() }
    if server.port == 0 { try Test.cancel("/usr/bin/python3 has no smtpd") }
    try NotificationContract(context: try scenario.context(), secret: secret).check(
      working: try scenario.channel(
        "smtp: {server: \"smtp://127.0.0.1:\(server.port)\", from: up@example.com, to: [ops@example.com, dev@example.com]}"
      ),
      delivered: { scenario.scratch.read("mail") ?? "" },
      broken: try scenario.channel(
        "smtp: {server: \"smtp://127.0.0.1:1\", from: up@example.com, to: [ops@example.com], user: up, password: {file: word}, timeout: 2s}"
      ))
    let mail = try #require(scenario.scratch.read("mail"))
    #expect(mail.contains("receivers [\"ops@example.com\", \"dev@example.com\"]"))
    #expect(mail.contains("subject \"job-platform 2.2 is in place\""))
    #expect(mail.contains("defects []"))
    #expect(mail.contains("body \"2 steps.\\nNothing is left to do.\""))
  }

  @Test func `a mail with other letters, points and quotes arrives as it was meant`() throws {
    let scenario = DriverScenario()
    scenario.scratch.write("server.py", MailServer.program)
    let server = try MailServer(scenario.scratch.path)
    defer { server.stop() }
    if server.port == 0 { try Test.cancel("/usr/bin/python3 has no smtpd") }
    let channel = try scenario.channel(
      "smtp: {server: \"smtp://127.0.0.1:\(server.port)\", from: up@example.com, to: [ops@example.com]}")
    let notice = Notice(
      .failed, subject: "Störung \"平台\"\r\nBcc: all@example.com", body: "first\n.\n..two\nzuletzt ü", details: .null)
    try channel.deliver(notice, try scenario.context())
    let mail = try #require(scenario.scratch.read("mail"))
    #expect(mail.contains("subject \"Störung \\\"平台\\\" Bcc: all@example.com\""))
    #expect(mail.contains("body \"first\\n.\\n..two\\nzuletzt ü\""))
    #expect(mail.contains("event \"failed\""))
    #expect(mail.contains("defects []"))
  }
}
