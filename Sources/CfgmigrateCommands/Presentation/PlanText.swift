internal import ConfigDocument
internal import ConfigMigration

/// A plan as a person reads it: what each transformer does, which files change, what to look at, and the sum of it.
struct PlanText {
  let plan: Plan
  /// Whether it is being told what was done, and nothing is to be agreed to any more.
  var isApplied = false
  /// Whether each value that does not stay is named.
  var showsValues = false

  func show(_ terminal: inout Terminal) {
    showHeading(&terminal)
    if !plan.steps.isEmpty {
      for step in plan.steps { show(step, &terminal) }
      showFiles(&terminal)
      if showsValues { LeafText(plan: plan).show(&terminal) }
    }
    showFindings(&terminal)
    showValidation(&terminal)
    terminal.print()
    terminal.print(terminal.outPalette.paint(sum, .heading))
    if !isApplied, let values = LeafText(plan: plan).sum { terminal.print(values) }
  }

  /// What is to be looked at, without what is done.
  func showFindings(_ terminal: inout Terminal) {
    showNotes(&terminal)
    showWayBack(&terminal)
    let warnings = plan.warnings + plan.validation.source
    guard !warnings.isEmpty else { return }
    terminal.heading("Findings")
    for (index, warning) in warnings.enumerated() {
      if index > 0 { terminal.print() }
      terminal.print(warning)
    }
  }

  func showHeading(_ terminal: inout Terminal) {
    let steps = Counted.of(plan.steps.count, "transformer")
    let line =
      plan.steps.isEmpty ? "\(plan.product) \(plan.from)" : "\(plan.product) \(plan.from) → \(plan.to), \(steps)"
    terminal.print(terminal.outPalette.paint(SafeText.of(line), .heading))
  }

  private func show(_ step: Plan.Step, _ terminal: inout Terminal) {
    terminal.heading("\(step.from) → \(step.to)  \(step.summary)")
    if plan.isDown {
      terminal.print("  undone")
      return
    }
    if step.file == nil {
      terminal.print("  written in Swift")
      return
    }
    var columns = Columns()
    for operation in step.operations { add(operation, indent: "", to: &columns) }
    for line in columns.lines() { terminal.print(line) }
  }

  private func add(_ operation: Plan.OperationOutcome, indent: String, to columns: inout Columns) {
    let isGroup = operation.name == "group"
    // What is not told does not concern the set.
    if operation.name == "note", operation.matches == 0 { return }
    let found =
      switch (operation.name, operation.matches) {
      case ("note", _), ("require", _): ""
      case (_, 0): "–"
      default: isGroup ? "holds" : Counted.of(operation.matches, "place")
      }
    columns.add(indent + (isGroup ? "when" : operation.name), Self.shortened(operation.subject), found)
    // Of a group whose condition holds nowhere nothing runs.
    if operation.matches == 0 { return }
    for inner in operation.inner { add(inner, indent: indent + "  ", to: &columns) }
  }

  /// A note's message stands in full below, a condition in the file.
  private static func shortened(_ subject: String) -> String {
    let longest = 100
    return subject.count <= longest ? subject : subject.prefix(longest - 1) + "…"
  }

  private func showFiles(_ terminal: inout Terminal) {
    terminal.heading("Files")
    for line in FileChanges(plan.files).lines() { terminal.print(line) }
  }

  private func showNotes(_ terminal: inout Terminal) {
    guard !plan.notes.isEmpty else { return }
    terminal.heading("Notes")
    for note in plan.notes {
      let role: Role = note.level == .info ? .note : .warning
      let label = note.level.rawValue + (note.code.map { "[\($0)]" } ?? "")
      terminal.print("  \(terminal.outPalette.paint(label, role)): \(SafeText.of(note.message))")
      if let place = note.places.first {
        let more = note.places.count > 1 ? " and \(Counted.of(note.places.count - 1, "other place"))" : ""
        terminal.print("    --> \(SafeText.of(place.description))\(more)")
      }
      if let doc = note.doc { terminal.print("    = read \(SafeText.of(doc))") }
      if !isApplied, note.level == .action, let code = note.code {
        terminal.print("    \(terminal.outPalette.paint("hint:", .hint)) When it is seen to: --acknowledge \(code)")
      }
    }
  }

  /// What cannot be taken back, and what nobody has decided yet.
  private func showWayBack(_ terminal: inout Terminal) {
    if !plan.losses.isEmpty {
      terminal.heading(plan.isDown ? "Not on record" : "No way back without the backup")
      for loss in plan.losses {
        terminal.print("  \(SafeText.of(loss.sentence(isDown: plan.isDown)))")
        if let place = loss.gap.place { terminal.print("    --> \(SafeText.of(place.description))") }
      }
      if !isApplied { terminal.print("    \(terminal.outPalette.paint("hint:", .hint)) --accept-loss agrees to it") }
    }
    if !plan.excesses.isEmpty {
      terminal.heading("Left out")
      for excess in plan.excesses { terminal.print("  \(SafeText.of(excess.sentence(to: plan.to)))") }
      if !isApplied { terminal.print("    \(terminal.outPalette.paint("hint:", .hint)) --accept-loss agrees to it") }
    }
    guard !plan.conflicts.isEmpty else { return }
    terminal.heading("Conflicts")
    for conflict in plan.conflicts {
      terminal.print("  \(SafeText.of(conflict.sentence))")
      switch plan.preference {
      case nil: break
      case .ours: terminal.print("    = the edit stays")
      case .markers where conflict.isMarked: terminal.print("    = a comment in the file says so")
      case .markers: terminal.print("    = there is no room for a comment that says so")
      case .theirs: terminal.print("    = the older form is taken")
      }
    }
    if !plan.openConflicts.isEmpty {
      let choices = "--ours takes the edits, --theirs the older form"
      let markers = plan.preference == nil ? ", --markers leaves a comment at each" : ""
      terminal.print("    \(terminal.outPalette.paint("hint:", .hint)) \(choices)\(markers)")
    }
  }

  private func showValidation(_ terminal: inout Terminal) {
    let validation = plan.validation
    guard !plan.steps.isEmpty || validation.hasSourceSchema else { return }
    terminal.heading("Validation")
    var columns = Columns()
    columns.add("before", plan.from, verdict(validation.hasSourceSchema, validation.source.count))
    if !validation.between.isEmpty {
      columns.add("between", "", Counted.of(validation.between.count, "error"))
    }
    if !plan.steps.isEmpty {
      columns.add("after", plan.to, verdict(validation.hasTargetSchema, validation.target.count))
    }
    for line in columns.lines() { terminal.print(line) }
    for finding in validation.between + validation.target {
      terminal.print()
      terminal.print(finding)
    }
  }

  private func verdict(_ hasSchema: Bool, _ count: Int) -> String {
    hasSchema ? count == 0 ? "ok" : Counted.of(count, "finding") : "no schema"
  }

  /// The sum, in one line.
  private var sum: String {
    guard !plan.steps.isEmpty else { return "Nothing to do: the set is at \(plan.from)." }
    let sum = plan.summary
    var parts = [
      "\(sum.filesChanged) of \(Counted.of(sum.files, "file")) would change (+\(sum.linesAdded) −\(sum.linesRemoved) lines)",
      Counted.of(sum.warnings, "warning"),
      Counted.of(sum.notes, "note") + (sum.actions > 0 ? " (\(Counted.of(sum.actions, "action")) to acknowledge)" : ""),
    ]
    if sum.errors > 0 { parts.append(Counted.of(sum.errors, "error")) }
    return parts.joined(separator: ", ") + "."
  }
}

/// The files of a plan, with the lines that come and go.
struct FileChanges {
  private let files: [Plan.PlannedFile]

  init(_ files: [Plan.PlannedFile]) { self.files = files }

  func lines() -> [String] {
    var columns = Columns()
    columns.rightAligned = [2, 3]
    let changed = files.filter(\.isChanged)
    for file in changed {
      columns.add(
        file.path, file.layer.name, "+\(file.linesAdded)", "−\(file.linesRemoved)", Self.word(for: file.fate))
    }
    let rest = files.count - changed.count
    guard rest > 0 else { return columns.lines() }
    let verb = rest == 1 ? "stays as it is" : "stay as they are"
    return columns.lines() + ["  \(changed.isEmpty ? Counted.of(rest, "file") : Counted.of(rest, "other")) \(verb)"]
  }
}

extension FileChanges {
  private static func word(for fate: Plan.PlannedFile.Fate) -> String {
    switch fate {
    case .kept: ""
    case .created: "created"
    case .removed: "removed"
    case .renamed(let path): "renamed from \(path)"
    }
  }
}

extension Terminal {
  /// A section's name, after a blank line.
  mutating func heading(_ text: String) {
    print()
    print(outPalette.paint(SafeText.of(text), .heading))
  }
}
