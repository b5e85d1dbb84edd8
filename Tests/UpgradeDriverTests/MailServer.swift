import Foundation

/// A mail server that writes what it hears into the file `mail`. Its port is 0 where this Python has no such server.
final class MailServer {
  let port: Int
  private let process = Process()

  /// The server of Python's own library, which is strict with its clients, and its own reader of mails.
  static let program = """
    import asyncore, email, email.policy, json, smtpd
    class Server(smtpd.SMTPServer):
        def process_message(self, peer, sender, receivers, data, **options):
            mail = email.message_from_bytes(data, policy=email.policy.default)
            defects = [repr(d) for d in mail.defects] + [repr(d) for h in mail.values() for d in h.defects]
            print("MAIL", file=(out := open("mail.new", "w")))
            for name, value in [("sender", sender), ("receivers", receivers), ("subject", str(mail["subject"])),
                                ("date", str(mail["date"].datetime)), ("event", str(mail["x-upgrade-event"])),
                                ("id", str(mail["message-id"])), ("defects", defects), ("body", mail.get_content())]:
                print(name, json.dumps(value, ensure_ascii=False), file=out)
            out.close()
            import os; os.rename("mail.new", "mail")
    server = Server(("127.0.0.1", 0), None, enable_SMTPUTF8=True)
    print(server.socket.getsockname()[1], flush=True)
    asyncore.loop()
    """

  init(_ directory: String) throws {
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["-W", "ignore", "server.py"]
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
  }

  /// At once: it may have been started by a thread that held signals back, and would hold them back itself.
  func stop() {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
