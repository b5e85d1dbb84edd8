internal import ConfigDocument
internal import ConfigMigration
internal import DataMigration
internal import UpgradePipeline

/// What a database says of itself: its version, who has it open, or the answer to a query.
///
/// ```yaml
/// - {id: server, sql: {database: {postgresql: orders}, at-least: "14"}}
/// - {id: sessions, sql: {database: {postgresql: orders}, longest-transaction: 1m}}
/// - {id: queue, sql: {database: {postgresql: orders}, query: SELECT count(*) = 0 FROM jobs WHERE state = 'running'}}
/// ```
struct DatabaseCheck: PreflightCheck {
  private enum Question {
    case version(VersionWish)
    /// In milliseconds.
    case activity(longest: Int)
    case truth(query: String)
  }

  private let database: DatabaseDeclaration
  private let question: Question

  init(_ declaration: Declaration) throws(Diagnostic) {
    var fields = try declaration.fields()
    database = try DatabaseDeclaration(fields.required("database"), of: declaration.document)
    let wish = try VersionWish(&fields)
    let longest = try fields.optionalDuration("longest-transaction")
    let query = try fields.optionalText("query")
    try fields.finish()
    let hasWish = wish.atLeast != nil || wish.better != nil || wish.below != nil
    switch (hasWish, longest, query) {
    case (true, nil, nil): question = .version(wish)
    case (false, let longest?, nil): question = .activity(longest: longest)
    case (false, nil, let query?): question = .truth(query: query)
    default:
      throw Diagnostic(
        .badValue, "`sql` asks one thing: a version, for the `longest-transaction`, or a `query`",
        at: declaration.place, hint: "Write one of them; further ones are checks of their own")
    }
  }

  func run(_ context: StepContext) -> PreflightResult {
    do throws(Diagnostic) {
      let opened = try database.open(context)
      do throws(DatabaseError) { return try answer(of: opened) } catch {
        return .error(error.diagnostic("asking", on: opened.name))
      }
    } catch {
      return .error(error)
    }
  }

  private func answer(of opened: any InspectableDatabase) throws(DatabaseError) -> PreflightResult {
    switch question {
    case .version(let wish): return wish.judge(try opened.version())
    case .activity(let longest): return Self.judge(try opened.activity(olderThan: longest / 1_000), longest: longest)
    case .truth(let query):
      let answer = try opened.connect().value(of: query)
      let isTrue = ["t", "1", "true"].contains(answer ?? "")
      return PreflightResult(
        isTrue ? .pass : .fail, found: "the answer is \(answer ?? "null")", wanted: "`\(query)` to be true",
        hint: isTrue ? nil : "Look at the data before anything changes")
    }
  }

  private static func judge(_ activity: [DatabaseActivity], longest: Int) -> PreflightResult {
    let wanted = "no dump, and no transaction older than \(DurationText.of(longest))"
    guard let first = activity.first else {
      return PreflightResult(.pass, found: "nobody is in the way", wanted: wanted)
    }
    let what = first.kind == .dump ? "a dump is running" : "a transaction is open"
    let since = first.seconds.map { " for \(DurationText.of($0 * 1_000))" } ?? ""
    let others = activity.count > 1 ? ", and \(activity.count - 1) more" : ""
    return PreflightResult(
      .fail, found: "\(what)\(since): \(first.session)\(others)", wanted: wanted,
      hint: "Wait for its end, or end it: scripts would wait for it, and all others behind them")
  }
}
