internal import CfgmigrateCommands
internal import ConfigDocument
internal import UpgradePipeline

/// The results of preflight checks, as a table.
struct PreflightText {
  let report: PreflightReport

  func show(_ terminal: inout Terminal) {
    var columns = Columns()
    for entry in report.entries {
      let wanted = entry.result.wanted.isEmpty ? "" : " (wanted \(entry.result.wanted))"
      columns.add(entry.result.verdict.rawValue, entry.id, entry.result.found + wanted)
    }
    for (line, entry) in zip(columns.lines(indent: 0), report.entries) {
      terminal.print(line)
      if let hint = Diagnostic.advice(entry.result.hint), entry.result.verdict != .pass {
        terminal.print("        hint: \(SafeText.of(hint))")
      }
    }
    let counts = PreflightResult.Verdict.allCases.filter { report.count($0) > 0 }.map {
      "\(report.count($0)) \($0.rawValue)"
    }
    terminal.print(counts.joined(separator: ", "))
  }
}
