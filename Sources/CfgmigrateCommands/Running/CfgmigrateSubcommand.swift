package import ArgumentParser
package import ConfigDocument

/// A command: its flags become settings, it calls the library once, and gives back an outcome.
package protocol CfgmigrateSubcommand: ParsableCommand {
  /// The command's words, without the program's: `backup list`.
  static var path: String { get }
  associatedtype Form: CommandForm
  var form: Form { get }

  func perform(_ terminal: inout Terminal) throws(Diagnostic) -> Outcome
}

extension CfgmigrateSubcommand {
  package func run() throws {
    var terminal = Terminal(color: form.color)
    var status = conclude(&terminal)
    terminal.flush()
    if let lost = terminal.lostOutput {
      terminal.say(lost)
      if status == .done || status == .pending { status = .failed }
    }
    HeldSignals.release()
    throw ExitCode(status.rawValue)
  }

  /// Performs, and prints what came of it in the form that was asked for.
  private func conclude(_ terminal: inout Terminal) -> ExitStatus {
    do throws(Diagnostic) {
      let outcome = try ProgressBar.beside(Self.path) { () throws(Diagnostic) in try perform(&terminal) }
      if form.isJSON {
        terminal.print(
          JSONOutput.text(
            of: Outcome.envelope(
              command: Self.path, status: outcome.status, diagnostics: outcome.diagnostics, result: outcome.result())))
      } else {
        outcome.show(&terminal)
      }
      return outcome.status
    } catch {
      let status = ExitStatus(stoppedBy: error)
      if form.isJSON {
        terminal.print(
          JSONOutput.text(
            of: Outcome.envelope(command: Self.path, status: status, diagnostics: [error], result: nil)))
      }
      terminal.say(error)
      return status
    }
  }

  package static var path: String { configuration.commandName ?? "" }
}
