internal import ConfigDocument
internal import ConfigSchema
internal import ConfigStore

/// The report for people: each finding with its line, what many files share told once, and a sum.
struct TextReport {
  let report: ValidationReport
  /// How many places of a shared finding are named.
  private static let mostPlaces = 5

  init(_ report: ValidationReport) { self.report = report }

  func print(to terminal: inout Terminal) {
    for file in report.files {
      for made in file.repair?.made ?? [] {
        terminal.print(SafeText.of("\(made.place): mended: \(made.message) [\(made.code)]"))
      }
    }
    for finding in grouped {
      terminal.print(finding)
      terminal.print()
    }
    for file in report.files {
      for value in file.defaults {
        terminal.print(SafeText.of("\(file.path): \(value.instance) is \(value.value) by default"))
      }
    }
    terminal.print(sum)
    if report.unchecked > 0, report.unchecked < report.files.count { terminal.print(uncheckedSum) }
  }

  /// What is said in the same words of several files, once, with the other places behind the first.
  private var grouped: [Diagnostic] {
    struct Words: Hashable {
      var code: Diagnostic.Code
      var message: String
      var hint: String?
    }
    var order: [Words] = []
    var groups: [Words: [Diagnostic]] = [:]
    for finding in report.findings {
      let words = Words(code: finding.code, message: finding.message, hint: finding.hint)
      if groups[words] == nil { order.append(words) }
      groups[words, default: []].append(finding)
    }
    return order.flatMap { words in
      let group = groups[words] ?? []
      guard Set(group.compactMap(\.place?.file)).count > 1 else { return group }
      var first = group[0]
      let others = group.dropFirst().compactMap(\.place)
      first.related += others.prefix(Self.mostPlaces).map { .init("also", at: $0) }
      if others.count > Self.mostPlaces {
        let more = others.count - Self.mostPlaces
        first.hint = [first.hint, "\(Counted.of(more, "other place")) not shown"].compactMap { $0 }.joined(
          separator: "\n")
      }
      return [first]
    }
  }

  private var sum: String {
    let failing = report.failing
    if report.unchecked == report.files.count { return uncheckedSum }
    if report.files.count == 1, report.files[0].obstacle != nil {
      return "\(report.files[0].path) could not be checked."
    }
    if failing.isEmpty {
      let warned = report.warnings > 0 ? ": \(Counted.of(report.warnings, "warning"))" : ""
      guard report.files.count == 1, let schema = report.files[0].schema else {
        return
          "\(Counted.of(report.files.count - report.unchecked, "file")) fit\(report.files.count - report.unchecked == 1 ? "s its schema" : " their schemas")\(warned)."
      }
      return "\(report.files[0].path) fits \(schema)\(warned)."
    }
    var counts = [Counted.of(report.errors, "error")]
    if report.warnings > 0 { counts.append(Counted.of(report.warnings, "warning")) }
    var sum = ": \(counts.joined(separator: ", "))"
    let mendable = report.files.reduce(0) { $0 + $1.mendable }
    if mendable > 0 { sum += "; --fix mends \(mendable == 1 && report.errors == 1 ? "it" : String(mendable))" }
    guard report.files.count == 1 else {
      return
        "\(failing.count) of \(report.files.count) files do\(failing.count == 1 ? "es" : "") not fit\(sum).\(obstacleSum)"
    }
    return "\(failing[0].path) does not fit\(failing[0].schema.map { " \($0)" } ?? "")\(sum)."
  }

  private var obstacleSum: String {
    let count = report.files.count { $0.obstacle != nil }
    return count == 0 ? "" : " \(count) of them could not be checked."
  }

  private var uncheckedSum: String {
    "\(Counted.of(report.unchecked, "file")) ha\(report.unchecked == 1 ? "s" : "ve") no schema: only the syntax was checked."
  }
}
