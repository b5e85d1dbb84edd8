import ConfigDocument
import Testing
package import UpgradePipeline

/// The promises of ``NotificationChannel``.
package struct NotificationContract {
  package var context: StepContext
  /// A secret that the channels use, and nothing may show.
  package var secret: String?

  package init(context: StepContext, secret: String? = nil) {
    self.context = context
    self.secret = secret
  }

  /// - Parameters:
  ///   - working: a channel that delivers; `delivered` returns what came in at the other end.
  ///   - broken: one whose other end refuses or is not there.
  package func check(
    working: any NotificationChannel, delivered: () throws -> String, broken: any NotificationChannel
  ) throws {
    let notice = Notice(
      .completed, subject: "job-platform 2.2 is in place", body: "2 steps.\nNothing is left to do.",
      details: ["upgrade": "job-platform"])
    #expect(working.validate().filter { $0.severity == .error } == [])
    try working.deliver(notice, context)
    let text = try delivered()
    #expect(text.contains("job-platform 2.2 is in place"), "the subject arrives")
    #expect(text.contains("completed"), "the event arrives")
    do throws(Diagnostic) {
      try broken.deliver(notice, context)
      Issue.record("a channel that cannot deliver throws")
    } catch {
      let shown = "\(context.secrets.hiding(error)) \(error.hint ?? "")"
      if let secret { #expect(!shown.contains(secret), "no secret is shown") }
    }
  }
}
