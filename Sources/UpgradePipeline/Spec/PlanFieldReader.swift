internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore

/// Reads the parts of a spec that the plan shows: the window, and who is told.
enum PlanFieldReader {
  private static let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  static func window(_ fields: inout FieldReader) throws(Diagnostic) -> MaintenanceWindow? {
    guard let node = fields.optional("window") else { return nil }
    let document = fields.document
    var fields = try FieldReader(node, of: document, subject: "`window`")
    var openings: [MaintenanceWindow.Opening] = []
    for node in try fields.optionalList("open") ?? [] {
      var fields = try FieldReader(node, of: document, subject: "`open`")
      var weekdays: Set<Int> = []
      for node in try fields.optionalList("days") ?? [] {
        let name = try document.requireText(node, field: "days")
        guard let day = days.firstIndex(of: name) else {
          throw document.wrongType(node, field: "days", wanted: "one of \(days.joined(separator: ", "))")
        }
        weekdays.insert(day)
      }
      if weekdays.isEmpty { weekdays = Set(0..<7) }
      let begin = try minutes(try fields.required("from"), "from", document)
      let end = try minutes(try fields.required("to"), "to", document)
      try fields.finish()
      openings.append(.init(weekdays: weekdays, begin: begin, end: end))
    }
    var blackouts: [MaintenanceWindow.Blackout] = []
    for node in try fields.optionalList("blackouts") ?? [] {
      var fields = try FieldReader(node, of: document, subject: "`blackouts`")
      let begin = try document.requireMoment(try fields.required("from"), field: "from")
      let end = try document.requireMoment(try fields.required("to"), field: "to")
      blackouts.append(.init(begin: begin, end: end, reason: try fields.text("reason")))
      try fields.finish()
    }
    var offset: Int64 = 0
    if let node = fields.optional("utc-offset") {
      let text = try document.requireText(node, field: "utc-offset")
      guard let moment = Timestamp(rfc3339: "2000-01-01T00:00:00\(text)") else {
        throw document.wrongType(node, field: "utc-offset", wanted: "an offset from UTC such as `+01:00`")
      }
      offset = Timestamp(rfc3339: "2000-01-01T00:00:00Z")!.seconds - moment.seconds
    }
    try fields.finish()
    return MaintenanceWindow(openings: openings, blackouts: blackouts, offset: offset)
  }

  /// `01:30`, in minutes after midnight.
  private static func minutes(_ node: NodeID, _ field: String, _ document: Document) throws(Diagnostic) -> Int {
    let text = try document.requireText(node, field: field)
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0...23).contains(hour),
      (0...59).contains(minute)
    else { throw document.wrongType(node, field: field, wanted: "a time of day", hint: "write `\"01:30\"`") }
    return hour * 60 + minute
  }

  static func communication(_ fields: inout FieldReader) throws(Diagnostic) -> CommunicationPlan? {
    guard let nodes = try fields.optionalList("communication") else { return nil }
    let document = fields.document
    var audiences: [CommunicationPlan.Audience] = []
    for node in nodes {
      var fields = try FieldReader(node, of: document, subject: "the audience")
      let name = try fields.text("audience")
      let lead = try fields.optionalDuration("lead") ?? CommunicationPlan.shortestLead
      guard lead >= CommunicationPlan.shortestLead else {
        throw Diagnostic(
          .badValue, "`\(name)` would be told less than 72 hours before", at: document.place(of: node),
          hint: "Give `lead` at least `72h`, or leave it out")
      }
      audiences.append(
        .init(
          name: name, contacts: try fields.texts("contacts"), lead: lead, message: try fields.optionalText("message")))
      try fields.finish()
    }
    return CommunicationPlan(audiences: audiences)
  }
}
