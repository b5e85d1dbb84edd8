internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore
internal import UpgradePipeline

/// A request to a web server, made by curl: what it answered, and how fast.
struct HTTPProbe: Sendable {
  var url: String
  var status = 200
  var contains: String?
  var headers: [String: String] = [:]
  var secretHeaders: [String: SecretSource] = [:]
  /// A slower answer is a bad one; in milliseconds.
  var slowest: Int?
  var timeLimit = 10_000

  init(url: String) { self.url = url }

  init(_ declaration: Declaration) throws(Diagnostic) {
    var fields = try declaration.fields()
    url = try fields.text("url")
    status = try fields.optionalInteger("status", in: 100...599) ?? 200
    contains = try fields.optionalText("contains")
    headers = try fields.textsByName("headers")
    secretHeaders = try fields.secretsByName("secret-headers")
    slowest = try fields.optionalDuration("slower-than")
    timeLimit = try fields.optionalDuration("timeout") ?? 10_000
    try fields.finish()
  }

  struct Answer {
    var status: Int
    var milliseconds: Int
    var body: String
    var headers: [String: String]
  }

  /// - Throws: `http-unreachable` where no answer came.
  func ask(_ context: StepContext) throws(Diagnostic) -> Answer {
    let result = try CurlRequest(url: url, headers: headers, secretHeaders: secretHeaders, timeLimit: timeLimit)
      .send(context)
    return Answer(
      status: result.status, milliseconds: result.milliseconds, body: result.body, headers: result.headers)
  }

  /// Whether the answer is a good one, and what was seen.
  func judge(_ answer: Answer) -> (isGood: Bool, seen: String) {
    var seen = "\(answer.status) in \(answer.milliseconds) ms"
    guard answer.status == status else { return (false, seen + ", wanted \(status)") }
    if let contains, !answer.body.contains(contains) {
      return (false, seen + ", without `\(contains)` in the answer")
    }
    if let slowest, answer.milliseconds > slowest { return (false, seen + ", wanted at most \(slowest) ms") }
    if let contains { seen += ", with `\(contains)`" }
    return (true, seen)
  }
}

struct HTTPGate: Gate {
  let probe: HTTPProbe
  init(_ declaration: Declaration) throws(Diagnostic) { probe = try HTTPProbe(declaration) }

  func sample(_ context: StepContext) -> GateSample {
    do throws(Diagnostic) {
      let answer = try probe.ask(context)
      let (isGood, seen) = probe.judge(answer)
      return GateSample(isGood ? .pass : .fail, seen, value: Double(answer.milliseconds))
    } catch {
      return GateSample(.inconclusive, error.message)
    }
  }
}

struct HTTPCheck: PreflightCheck {
  let probe: HTTPProbe
  init(_ declaration: Declaration) throws(Diagnostic) { probe = try HTTPProbe(declaration) }

  func run(_ context: StepContext) -> PreflightResult {
    do throws(Diagnostic) {
      let (isGood, seen) = probe.judge(try probe.ask(context))
      return PreflightResult(
        isGood ? .pass : .fail, found: "\(probe.url): \(seen)", wanted: "\(probe.status)",
        hint: isGood ? nil : "Look at the server's own log")
    } catch {
      return .error(error)
    }
  }
}
