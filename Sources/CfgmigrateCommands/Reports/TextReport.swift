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
    if report.unchecked > 0, report.unchecked < report.files.count(where: { $0.obstacle == nil }) {
      terminal.print(uncheckedSum)
    }
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
    var seen: Set<Diagnostic> = []
    for finding in report.findings where seen.insert(finding).inserted {
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
    let obstacles = report.files.count { $0.obstacle != nil }
    let checked = report.files.count - obstacles
    if checked == 0 {
      return report.files.count == 1
        ? "\(report.files[0].path) could not be checked." : "\(report.files.count) files could not be checked."
    }
    let unchecked = obstacles == 0 ? "" : " \(Counted.of(obstacles, "file")) could not be checked."
    if report.unchecked == checked { return uncheckedSum + unchecked }
    return judgement(of: report.files.filter { $0.obstacle == nil && !$0.isUnchecked }) + unchecked
  }

  /// How many of the files that have a schema, or a syntax error, fit.
  private func judgement(of files: [CheckedFile]) -> String {
    let failing = files.filter { report.isFailing($0) }
    let errors = files.flatMap(\.findings).count { $0.severity == .error }
    let warnings = files.flatMap(\.findings).count - errors
    let warned = warnings > 0 ? Counted.of(warnings, "warning") : ""
    if failing.isEmpty {
      let words =
        files.count == 1
        ? "\(files[0].path) fits \(files[0].schema ?? "its schema")" : "\(files.count) files fit their schemas"
      return words + (warned.isEmpty ? "." : ": \(warned).")
    }
    var sum = [Counted.of(errors, "error"), warned].filter { !$0.isEmpty }.joined(separator: ", ")
    let mendable = files.reduce(0) { $0 + $1.mendable }
    if mendable > 0 { sum += "; --fix mends \(mendable == 1 && errors == 1 ? "it" : String(mendable))" }
    guard files.count > 1 else {
      return "\(files[0].path) does not fit\(files[0].schema.map { " \($0)" } ?? ""): \(sum)."
    }
    return "\(failing.count) of \(files.count) files do\(failing.count == 1 ? "es" : "") not fit: \(sum)."
  }

  private var uncheckedSum: String {
    "\(Counted.of(report.unchecked, "file")) ha\(report.unchecked == 1 ? "s" : "ve") no schema: only the syntax was checked."
  }
}
