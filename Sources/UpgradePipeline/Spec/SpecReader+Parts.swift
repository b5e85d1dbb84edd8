internal import ConfigDocument
internal import ConfigMigration

extension SpecReader {
  func gate(_ node: NodeID, moment: DeclaredGate.Moment) throws(Diagnostic) -> DeclaredGate {
    var fields = try FieldReader(node, of: document, subject: "the gate")
    let id = try fields.text("id")
    let count = try fields.optionalInteger("count", in: 1...100_000) ?? 1
    let (kind, gate) = try made(catalog.gates, &fields, id: id, what: "gate")
    let declared = DeclaredGate(
      id: id, kind: kind, gate: gate, moment: try fields.word("when", DeclaredGate.Moment.self) ?? moment,
      interval: try fields.optionalDuration("interval") ?? 10_000, count: count,
      failureLimit: try fields.optionalInteger("failure-limit", in: 0...100_000) ?? 0,
      errorLimit: try fields.optionalInteger("error-limit", in: 0...100_000) ?? 4,
      minSamples: try fields.optionalInteger("min-samples", in: 1...100_000) ?? count,
      timeLimit: try fields.optionalDuration("timeout") ?? 600_000,
      inconclusive: try fields.word("inconclusive", DeclaredGate.Policy.self) ?? .pause,
      observes: try fields.flag("observe"), place: document.place(of: node))
    try fields.finish()
    if let first = gate.validate().first(where: { $0.severity == .error }) { throw first }
    guard declared.minSamples <= declared.count else {
      throw Diagnostic(
        .badValue, "the gate `\(id)` wants \(declared.minSamples) samples and asks \(declared.count) times",
        at: declared.place, hint: "Raise `count`, or lower `min-samples`")
    }
    return declared
  }

  mutating func readChecks(_ fields: inout FieldReader, _ components: [Component]) throws(Diagnostic) -> [DeclaredCheck]
  {
    var checks: [DeclaredCheck] = []
    for node in try fields.optionalList("preflight") ?? [] {
      var fields = try FieldReader(node, of: document, subject: "the check")
      let id = try fields.text("id")
      let component = try fields.optionalText("component")
      if let component, !components.contains(where: { $0.id == component }) {
        throw unknown("component", component, among: components.map(\.id), at: fields.place)
      }
      let isAdvice = try fields.flag("advice")
      let (kind, check) = try made(catalog.checks, &fields, id: id, what: "check")
      try fields.finish()
      if let first = check.validate().first(where: { $0.severity == .error }) { throw first }
      let place = document.place(of: node)
      if let first = checks.first(where: { $0.id == id }) { throw duplicate("check", id, place, first.place) }
      checks.append(
        DeclaredCheck(id: id, kind: kind, check: check, component: component, isAdvice: isAdvice, place: place))
    }
    // What a component needs is looked at in the order in which components are upgraded.
    let order = components.map(\.id)
    let rank = { (check: DeclaredCheck) in check.component.flatMap { order.firstIndex(of: $0) } ?? -1 }
    return checks.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
  }

  mutating func readChannels(_ fields: inout FieldReader) throws(Diagnostic) -> [DeclaredChannel] {
    var channels: [DeclaredChannel] = []
    for (index, node) in (try fields.optionalList("notify") ?? []).enumerated() {
      var fields = try FieldReader(node, of: document, subject: "the notification")
      let id = try fields.optionalText("id") ?? "notify-\(index + 1)"
      var events: Set<Notice.Event> = []
      for node in try fields.optionalList("on") ?? [] {
        events.insert(try document.requireWord(node, field: "on", Notice.Event.self))
      }
      if events.isEmpty { events = [.completed, .failed, .rolledBack, .needsHelp] }
      let (kind, channel) = try made(catalog.channels, &fields, id: id, what: "notification")
      try fields.finish()
      if let first = channel.validate().first(where: { $0.severity == .error }) { throw first }
      channels.append(
        DeclaredChannel(id: id, kind: kind, channel: channel, events: events, place: document.place(of: node)))
    }
    return channels
  }

  mutating func readEmergencies(_ fields: inout FieldReader) throws(Diagnostic) -> [EmergencyProcedure] {
    guard let node = fields.optional("emergencies") else { return [] }
    var procedures: [EmergencyProcedure] = []
    for (key, value) in document.entries(of: document.resolved(node)) {
      let id = document.text(of: key) ?? ""
      var fields = try FieldReader(value, of: document, subject: "the emergency procedure `\(id)`")
      let title = try fields.optionalText("title") ?? id
      let goesOn = try fields.flag("go-on", default: true)
      let steps = try readSteps(try fields.list("steps"), [])
      try fields.finish()
      procedures.append(
        EmergencyProcedure(id: id, title: title, steps: steps, goesOn: goesOn, place: document.place(of: key)))
    }
    return procedures
  }
}
