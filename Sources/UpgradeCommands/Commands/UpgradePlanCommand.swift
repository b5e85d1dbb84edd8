internal import ArgumentParser
internal import CfgmigrateCommands
internal import ConfigDocument
internal import ConfigStore
internal import UpgradePipeline

struct UpgradePlanCommand: UpgradeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what the upgrade does, how long it takes, what may go wrong, and the way back.",
    discussion: "It reads files of this machine and asks no server; 'check' asks them.")

  @OptionGroup var options: SpecOptions
  @Option(
    help: ArgumentHelp(
      "Plan for this begin, such as 2026-12-05T01:00:00Z; now, where none is given.", valueName: "time"))
  var at: String?
  @Option(
    help: ArgumentHelp(
      "Write an appointment (.ics) and a text for each audience into this directory.", valueName: "dir"))
  var announce: String?
  @OptionGroup var form: OutputOptions

  func validate() throws {
    if let at, Timestamp(rfc3339: at) == nil {
      throw ValidationError("'--at' takes a moment such as 2026-12-05T01:00:00Z, not '\(at)'.")
    }
    if announce != nil, at == nil {
      throw ValidationError("'--announce' needs '--at': people are told when the upgrade is.")
    }
  }

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome {
    let spec = try options.read()
    let surroundings = options.surroundings(for: Self.path)
    let now = surroundings.environment.now()
    let begin = at.flatMap { Timestamp(rfc3339: $0) } ?? now
    let plan = try UpgradePlan(spec, surroundings, at: begin, earlier: try options.earlierRuns(of: spec))
    var written: [String] = []
    if let announce { written = try write(plan, into: announce, at: now) }
    let files = written
    let late = at == nil ? [] : plan.announcements.filter { $0.sendBy < now }
    return Outcome(
      status: .done, diagnostics: late.map(Self.late), result: { plan.json(files: files) },
      show: { terminal in
        UpgradePlanText(plan: plan, showsCommunication: at != nil).show(&terminal)
        for file in files { terminal.print("wrote \(file)") }
        for announcement in late { terminal.say(Self.late(announcement)) }
      })
  }

  private static func late(_ announcement: Announcement) -> Diagnostic {
    Diagnostic(
      .announcementLate, "\(announcement.audience) should have been told by \(announcement.sendBy)", severity: .warning,
      hint: "Tell them now, or plan a later begin")
  }

  private func write(_ plan: UpgradePlan, into directory: String, at now: Timestamp) throws(Diagnostic) -> [String] {
    var files: [String] = []
    for announcement in plan.announcements {
      let stem = "\(directory)/\(Announcement.token(announcement.audience))"
      let text =
        "To: \(announcement.contacts.joined(separator: ", "))\nSubject: \(announcement.title)\nSend by: \(announcement.sendBy)\n\n\(announcement.text)\n"
      for (file, contents) in [
        (stem + ".ics", announcement.calendar(stamp: now, upgrade: plan.identity.name)), (stem + ".txt", text),
      ] {
        try StandaloneFile(file).write(Array(contents.utf8))
        files.append(file)
      }
    }
    return files
  }
}

extension Diagnostic.Code {
  /// An audience that can no longer be told in time.
  static let announcementLate: Self = "announcement-late"
}
