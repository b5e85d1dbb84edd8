internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore
internal import UpgradePipeline

/// One request by curl, which every platform has; what is secret goes by its standard input and never by its arguments,
/// which everyone on the machine can read.
struct CurlRequest: Sendable {
  var url: String
  var headers: [String: String] = [:]
  var secretHeaders: [String: SecretSource] = [:]
  /// A body to post; nil for a plain request.
  var body: [UInt8]?
  var timeLimit: Int

  struct Answer {
    var status: Int
    var milliseconds: Int
    var headers: [String: String]
    var body: String
  }

  private static let mark = "\n--cfgmigrate--"

  /// - Throws: `http-unreachable` where no answer came; `command-missing` where there is no curl; what stopped the step.
  func send(_ context: StepContext) throws(Diagnostic) -> Answer {
    var lines = ["url = \(Self.quoted(url))"]
    for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
      lines.append("header = \(Self.quoted("\(name): \(value)"))")
    }
    for (name, source) in secretHeaders.sorted(by: { $0.key < $1.key }) {
      let value = try context.secrets.read(source, in: context.directory)
      lines.append("header = \(Self.quoted("\(name): \(value)"))")
    }
    if let body { lines.append("data-binary = \(Self.quoted(String(decoding: body, as: UTF8.self)))") }
    let seconds = "\(timeLimit / 1_000).\(Int64(timeLimit % 1_000).padded(to: 3))"
    var command = Command(
      [
        "curl", "--silent", "--show-error", "--include", "--max-time", seconds, "--max-filesize", "1000000", "--config",
        "-",
        "--write-out", "\(Self.mark)%{http_code} %{time_total}",
      ], timeLimit: timeLimit + 2_000, grace: 500)
    command.input = Array((lines.joined(separator: "\n") + "\n").utf8)
    let stop = context.stop
    let result = try context.programs.run(command) { stop.isRaised }
    if result.ending == .stopped { try stop.check() }
    let shown = context.secrets.hiding(url)
    guard result.succeeded, let answer = Self.parse(result.output) else {
      throw Diagnostic(
        .httpUnreachable, "\(shown) did not answer: \(context.secrets.hiding(result.lastWords(lines: 1)))",
        hint: "Look whether the server runs and can be reached from here")
    }
    return answer
  }

  /// A value of curl's configuration file.
  static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  private static func parse(_ output: [UInt8]) -> Answer? {
    let text = String(decoding: output, as: UTF8.self)
    guard let end = text.ranges(of: mark).last else { return nil }
    let numbers = text[end.upperBound...].split(separator: " ")
    guard numbers.count == 2, let status = Int(numbers[0]), let seconds = Double(numbers[1]), status > 0 else {
      return nil
    }
    let whole = String(text[..<end.lowerBound])
    // Behind a redirect or `100 Continue` the last head counts.
    var rest = Substring(whole)
    var head: Substring = ""
    while rest.hasPrefix("HTTP/"), let gap = rest.firstRange(of: "\r\n\r\n") ?? rest.firstRange(of: "\n\n") {
      head = rest[..<gap.lowerBound]
      rest = rest[gap.upperBound...]
    }
    var headers: [String: String] = [:]
    for line in head.split(whereSeparator: \.isNewline).dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
    }
    return Answer(status: status, milliseconds: Int(seconds * 1_000), headers: headers, body: String(rest))
  }
}

extension Diagnostic.Code {
  /// A web server did not answer.
  static let httpUnreachable: Self = "http-unreachable"
}
