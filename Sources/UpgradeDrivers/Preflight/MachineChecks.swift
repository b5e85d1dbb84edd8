internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore
internal import UpgradePipeline

/// Free space of a file system: `disk: {path: /var/lib, free: 20GiB, used-below: 80%}`.
struct DiskCheck: PreflightCheck {
  let path: String
  let free: Int?
  let usedBelow: Int

  init(_ declaration: Declaration) throws(Diagnostic) {
    var fields = try declaration.fields()
    path = try fields.text("path")
    free = try fields.optionalSize("free")
    usedBelow = try fields.optionalPercent("used-below") ?? 80
    try fields.finish()
  }

  func run(_ context: StepContext) -> PreflightResult {
    guard let space = MachineReading.space(at: context.path(path)) else {
      return PreflightResult(.error, found: "\(path) cannot be looked at", hint: "Look at the spelling of the path")
    }
    let wanted = "below \(usedBelow)%" + (free.map { ", \(ByteText.of($0)) free" } ?? "")
    let found = "\(space.usedPercent)% used, \(ByteText.of(space.free)) free"
    let isGood = space.usedPercent < usedBelow && space.free >= free ?? 0
    return PreflightResult(
      isGood ? .pass : .fail, found: found, wanted: wanted,
      hint: isGood ? nil : "Free space on the file system of \(path)")
  }
}

/// Memory that programs can get: `memory: {free: 2GiB, used-below: 80%}`.
struct MemoryCheck: PreflightCheck {
  let free: Int?
  let usedBelow: Int

  init(_ declaration: Declaration) throws(Diagnostic) {
    var fields = try declaration.fields()
    free = try fields.optionalSize("free")
    usedBelow = try fields.optionalPercent("used-below") ?? 80
    try fields.finish()
  }

  func run(_ context: StepContext) -> PreflightResult {
    guard let memory = MachineReading.memory() else {
      return PreflightResult(.error, found: "/proc/meminfo cannot be read", hint: "Look at it by hand")
    }
    let isGood = memory.usedPercent < usedBelow && memory.free >= free ?? 0
    return PreflightResult(
      isGood ? .pass : .fail, found: "\(memory.usedPercent)% used, \(ByteText.of(memory.free)) free",
      wanted: "below \(usedBelow)%" + (free.map { ", \(ByteText.of($0)) free" } ?? ""),
      hint: isGood ? nil : "End what is not needed, or give the machine more memory")
  }
}

/// How busy the processors are: `cpu: {used-below: 80%}`, by the load of the last minute.
struct ProcessorCheck: PreflightCheck {
  let usedBelow: Int

  init(_ declaration: Declaration) throws(Diagnostic) {
    var fields = try declaration.fields()
    usedBelow = try fields.optionalPercent("used-below") ?? 80
    try fields.finish()
  }

  func run(_ context: StepContext) -> PreflightResult {
    guard let load = MachineReading.load() else {
      return PreflightResult(.error, found: "/proc/loadavg cannot be read", hint: "Look at it by hand")
    }
    let percent = Int(load.lastMinute * 100) / max(1, load.processors)
    let isGood = percent < usedBelow
    return PreflightResult(
      isGood ? .pass : .fail, found: "\(percent)% of \(load.processors) processors", wanted: "below \(usedBelow)%",
      hint: isGood ? nil : "Wait for a quieter hour, or see what keeps the machine busy")
  }
}

/// Whether this machine's clock is right: the schedule, the journal and the ages of backups go by it.
struct ClockCheck: PreflightCheck {
  let url: String?
  let offBy: Int

  init(_ declaration: Declaration) throws(Diagnostic) {
    var fields = try declaration.fields()
    url = try fields.optionalText("url")
    offBy = try fields.optionalDuration("off-by") ?? 2_000
    try fields.finish()
  }

  func run(_ context: StepContext) -> PreflightResult {
    guard let url else { return serviceVerdict(context) }
    do throws(Diagnostic) {
      let answer = try CurlRequest(url: url, timeLimit: 10_000).send(context)
      guard let text = answer.headers["date"], let there = Timestamp(mailDate: text) else {
        return PreflightResult(.error, found: "\(url) says no date", hint: "Ask another server")
      }
      // The header has whole seconds, and the answer took some time.
      let here = context.environment.now()
      let off = max(0, Int(abs(here.seconds - there.seconds)) * 1_000 - 1_000 - answer.milliseconds)
      return PreflightResult(
        off <= offBy ? .pass : .fail, found: "\(off) ms off \(url)", wanted: "at most \(offBy) ms",
        hint: off <= offBy ? nil : "Set the clock, and start a time service")
    } catch {
      return .error(error)
    }
  }

  /// What the time service of the system says.
  private func serviceVerdict(_ context: StepContext) -> PreflightResult {
    let command = Command(["timedatectl", "show", "--property=NTPSynchronized", "--value"], timeLimit: 5_000)
    guard let result = try? context.programs.run(command), result.succeeded else {
      return PreflightResult(
        .skip, found: "no time service can be asked here", hint: "Give the check a `url` whose date is compared")
    }
    let isSynchronized = result.text == "yes"
    return PreflightResult(
      isSynchronized ? .pass : .warn,
      found: isSynchronized ? "the clock is synchronised" : "the clock is not synchronised",
      hint: isSynchronized ? nil : "Start chrony or another time service")
  }
}

/// Whether this user may write: `writable: [config, /var/lib/platform]`.
struct WritableCheck: PreflightCheck {
  let paths: [String]

  init(_ declaration: Declaration) throws(Diagnostic) {
    paths = try declaration.document.requireTexts(declaration.node, field: "writable")
  }

  func run(_ context: StepContext) -> PreflightResult {
    let missing = paths.filter { !MachineReading.exists(context.path($0)) }
    guard missing.isEmpty else {
      return PreflightResult(
        .fail, found: "not there: \(missing.joined(separator: ", "))", hint: "Look at the spelling of the path")
    }
    let refused = paths.filter { !MachineReading.isWritable(context.path($0)) }
    return PreflightResult(
      refused.isEmpty ? .pass : .fail,
      found: refused.isEmpty ? "\(paths.count) writable" : "not writable: \(refused.joined(separator: ", "))",
      hint: refused.isEmpty ? nil : "Run the upgrade as a user who may write there")
  }
}
