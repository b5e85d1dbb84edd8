import Foundation

/// A mail server that writes what it hears into the file `mail`.
final class MailServer {
  let port: Int
  private let process = Process()

  static let program = """
    import socket, sys
    server = socket.create_server(("127.0.0.1", 0))
    print(server.getsockname()[1], flush=True)
    while True:
        client, _ = server.accept()
        lines = client.makefile("rwb")
        def say(text): lines.write(text.encode() + b"\\r\\n"); lines.flush()
        say("220 ready")
        heard, in_data = [], False
        for line in lines:
            text = line.decode().rstrip("\\r\\n")
            heard.append(text)
            if in_data:
                if text == ".": in_data = False; open("mail", "w").write("\\n".join(heard)); say("250 taken")
            elif text.startswith("DATA"): in_data = True; say("354 go on")
            elif text.startswith("QUIT"): say("221 bye"); break
            else: say("250 ok")
        client.close()
    """

  init(_ directory: String) throws {
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["server.py"]
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
  }

  func stop() { process.terminate() }
}
