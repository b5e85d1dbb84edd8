package import ConfigDocument
package import ConfigStore

/// One line of the journal of a run. docs/upgrade.md lists the kinds and their members.
package struct JournalRecord: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    /// The run begins, or goes on in another process.
    case began, resumed
    /// The results of the preflight checks, and what was accepted of them.
    case preflight
    /// A step is about to be applied, with what was captured before.
    case intent
    /// A step is done and verified.
    case done
    /// An attempt of a step failed.
    case failed
    /// What a look at a step that was cut off found, or what the operator said of it.
    case probed
    /// A gate was begun, answered, or has its verdict.
    case gateBegan = "gate-began"
    case gateSample = "gate-sample"
    case gateVerdict = "gate-verdict"
    /// The run waits for an approval; someone approved.
    case awaiting, approved
    /// Everything that was done is to be taken back, and why.
    case rollingBack = "rolling-back"
    case undoIntent = "undo-intent"
    case undone
    /// The step stays as it is: it harms nobody.
    case kept
    case undoFailed = "undo-failed"
    /// A notice was delivered, or could not be.
    case notified
    /// The run stopped, and can be resumed.
    case paused
    /// The run is over.
    case ended
  }

  package var kind: Kind
  package var time: Timestamp
  /// The step or gate it speaks of.
  package var subject: String?
  package var details: Object

  package init(_ kind: Kind, at time: Timestamp, _ subject: String? = nil, _ details: Object = Object()) {
    self.kind = kind
    self.time = time
    self.subject = subject
    self.details = details
  }
}

extension JournalRecord {
  /// The record as it stands in the journal.
  var object: Object {
    var out = Object()
    out["record"] = .string(kind.rawValue)
    out["time"] = .string("\(time)")
    if let subject { out["subject"] = .string(subject) }
    for (key, value) in details.members { out[key] = value }
    return out
  }

  /// - Returns: nil where the object is no record of this version.
  init?(_ object: Object) {
    guard let kind = object["record"]?.string.flatMap(Kind.init(rawValue:)),
      let time = object["time"]?.string.flatMap({ Timestamp($0) })
    else { return nil }
    var details = object
    for key in ["record", "time", "subject"] { details[key] = nil }
    self.init(kind, at: time, object["subject"]?.string, details)
  }

  package var json: Value { .object(object) }
}
