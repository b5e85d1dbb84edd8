internal import CfgmigrateCommands
internal import ConfigDocument
internal import ConfigStore
internal import UpgradePipeline

/// A plan as people read it.
struct UpgradePlanText {
  let plan: UpgradePlan
  let showsCommunication: Bool

  func show(_ terminal: inout Terminal) {
    terminal.print(terminal.outPalette.paint("\(plan.title)", .heading))
    terminal.print("plan \(plan.digest)")
    heading("Steps", &terminal)
    var columns = Columns()
    for (number, item) in plan.items.enumerated() {
      columns.add(
        "\(number + 1)", item.begin == 0 ? "begin" : "+\(DurationText.of(item.begin))", item.id,
        item.component ?? "", item.kind, Self.word(item.reversibility), Self.range(item.time),
        item.needsApproval ? "needs approval" : "")
    }
    for (line, item) in zip(columns.lines(), plan.items) {
      terminal.print(line)
      for change in item.changes { terminal.print("       \(SafeText.of(change))") }
    }
    heading("Time", &terminal)
    let preparation = plan.preparation.maximum > 0 ? "preparation \(Self.range(plan.preparation)), " : ""
    let validation = plan.validation.maximum > 0 ? ", validation \(Self.range(plan.validation))" : ""
    terminal.print("  \(preparation)steps \(Self.range(plan.steps))\(validation), and \(UpgradePlan.buffer)% more")
    let total = plan.total
    terminal.print(
      "  in all: \(DurationText.of(total.minimum)) at least, \(DurationText.of(total.likely)) likely, \(DurationText.of(total.maximum)) at most"
    )
    terminal.print("  way back: \(Self.range(plan.timeToRollback))")
    if let objection = plan.objection {
      terminal.print("  window: \(objection)")
      if let next = plan.nextOpening { terminal.print("  it may begin at \(next)") }
    }
    if !plan.risks.isEmpty {
      heading("Risks", &terminal)
      for risk in plan.risks {
        terminal.print("  \(risk.level.rawValue): \(SafeText.of(risk.explanation)) [\(risk.reason)]")
        if let mitigation = risk.mitigation { terminal.print("    \(SafeText.of(mitigation))") }
      }
    }
    heading("Way back", &terminal)
    terminal.print(plan.wayBack.isEmpty ? "  none is needed" : "  \(plan.wayBack.joined(separator: " → "))")
    if let pivot = plan.items.first(where: { $0.reversibility == .pivot }) {
      terminal.print("  from `\(pivot.id)` on there is none: only forward")
    }
    list("Resources", plan.resources, &terminal)
    list("To look at afterwards", plan.validations, &terminal)
    if showsCommunication, !plan.announcements.isEmpty {
      heading("Communication", &terminal)
      for announcement in plan.announcements {
        terminal.print("  \(announcement.audience), by \(announcement.sendBy): \(SafeText.of(announcement.text))")
      }
    }
  }

  private func heading(_ text: String, _ terminal: inout Terminal) {
    terminal.print()
    terminal.print(terminal.outPalette.paint(text, .heading))
  }

  private func list(_ title: String, _ lines: [String], _ terminal: inout Terminal) {
    guard !lines.isEmpty else { return }
    heading(title, &terminal)
    for line in lines { terminal.print("  \(SafeText.of(line))") }
  }

  static func range(_ time: TimeEstimate) -> String {
    time.minimum == time.maximum
      ? DurationText.of(time.likely) : "\(DurationText.of(time.minimum)) – \(DurationText.of(time.maximum))"
  }

  private static func word(_ reversibility: Reversibility) -> String {
    switch reversibility {
    case .reversible: "undone exactly"
    case .compensable: "made up for"
    case .additive: "stays"
    case .pivot: "NO WAY BACK"
    }
  }
}

extension UpgradePlan {
  func json(files: [String]) -> Value {
    func time(_ time: TimeEstimate) -> Value {
      [
        "min": .number(Number(time.minimum)), "likely": .number(Number(time.likely)),
        "max": .number(Number(time.maximum)),
      ]
    }
    var object = Object()
    object["title"] = .string(title)
    object["upgrade"] = .string(identity.name)
    object["from"] = .string(identity.from)
    object["to"] = .string(identity.to)
    object["digest"] = .string("\(digest)")
    object["steps"] = .array(
      items.map { item in
        var step = Object()
        step["id"] = .string(item.id)
        step["title"] = .string(item.title)
        step["component"] = item.component.map { .string($0) }
        step["kind"] = .string(item.kind)
        step["reversibility"] = .string(item.reversibility.rawValue)
        step["changes"] = .array(item.changes.map { .string($0) })
        step["begin"] = .number(Number(item.begin))
        step["milliseconds"] = time(item.time)
        step["way-back-milliseconds"] = time(item.undoTime)
        step["times-from"] = .string(item.source.rawValue)
        step["needs-approval"] = .bool(item.needsApproval)
        if item.details != .null { step["details"] = item.details }
        return .object(step)
      })
    object["preparation"] = time(preparation)
    object["validation"] = time(validation)
    object["total"] = time(total)
    object["way-back-time"] = time(timeToRollback)
    object["way-back"] = .array(wayBack.map { .string($0) })
    object["risks"] = .array(
      risks.map { risk in
        var entry = Object()
        entry["level"] = .string(risk.level.rawValue)
        entry["reason"] = .string(risk.reason)
        entry["explanation"] = .string(risk.explanation)
        entry["mitigation"] = risk.mitigation.map { .string($0) }
        return .object(entry)
      })
    object["window-objection"] = objection.map { .string($0) }
    object["next-opening"] = nextOpening.map { .string("\($0)") }
    object["resources"] = .array(resources.map { .string($0) })
    object["validations"] = .array(validations.map { .string($0) })
    object["communication"] = .array(
      announcements.map {
        [
          "audience": .string($0.audience), "send-by": .string("\($0.sendBy)"), "begin": .string("\($0.begin)"),
          "end": .string("\($0.end)"), "text": .string($0.text),
        ]
      })
    if !files.isEmpty { object["files"] = .array(files.map { .string($0) }) }
    return .object(object)
  }
}
