internal import ArgumentParser
package import ConfigDocument
internal import ConfigStore

/// Findings of files of any kind, in the forms that programs read: what a command shows that checks something else than
/// schemas.
package struct FindingsReport {
  private let files: [CheckedFile]

  package enum Format: String, CaseIterable, ExpressibleByArgument {
    /// For people, with the source lines.
    case text
    /// One line a finding, as compilers print them.
    case short
    case json
    /// SARIF 2.1.0, for code scanning.
    case sarif
    /// Workflow commands of GitHub Actions, which become annotations of a change.
    case github
  }

  /// - Parameter files: the paths that were checked, with what was found; those without findings are told too.
  package init(_ files: [(path: String, findings: [Diagnostic])]) {
    self.files = files.map { file in
      var checked = CheckedFile(path: file.path)
      checked.findings = file.findings
      return checked
    }
  }

  /// Prints everything but the sum, which the command words.
  package func print(as format: Format, to terminal: inout Terminal) {
    let report = ValidationReport(files: files)
    switch format {
    case .text:
      for finding in report.findings {
        terminal.print(finding)
        terminal.print()
      }
    case .short: report.print(as: .short, to: &terminal)
    case .sarif: report.print(as: .sarif, to: &terminal)
    case .github: report.print(as: .github, to: &terminal)
    // The envelope that all commands have.
    case .json: break
    }
  }
}
