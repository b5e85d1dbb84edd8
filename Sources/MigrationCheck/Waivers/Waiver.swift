internal import ConfigDocument

/// `-- @waive drop-breaks owner=anna reason=nobody reads it since 2.1`, before the statement that it speaks of.
struct Waiver {
  var code: Diagnostic.Code
  var owner: String
  var reason: String
  var place: SourcePlace

  /// Reads a line of a comment.
  /// - Returns: nil where the line is no waiver.
  /// - Throws: `waiver-incomplete`.
  init?(_ line: String, at place: SourcePlace) throws(Diagnostic) {
    guard line.hasPrefix("@waive") else { return nil }
    let rest = line.dropFirst("@waive".count).drop(while: \.isWhitespace)
    let words = rest.split(separator: " ", maxSplits: 2).map(String.init)
    let owner = words.count > 1 && words[1].hasPrefix("owner=") ? String(words[1].dropFirst(6)) : ""
    let reason = words.count > 2 && words[2].hasPrefix("reason=") ? String(words[2].dropFirst(7)) : ""
    guard let code = words.first, !owner.isEmpty, !reason.isEmpty else {
      throw Diagnostic(
        .waiverIncomplete, "a waiver names the code, an owner and a reason", at: place,
        hint: "Write `@waive CODE owner=NAME reason=WHY`")
    }
    self.code = Diagnostic.Code(rawValue: code)
    self.owner = owner
    self.reason = reason
    self.place = place
  }
}

/// The waivers of one migration, each with the lines that it holds for.
struct Waivers {
  private var waivers: [(waiver: Waiver, lines: ClosedRange<Int>)] = []
  private(set) var faults: [Diagnostic] = []

  /// Adds the waiver that a line of a comment may be.
  /// - Parameter lines: those of the statement behind the comment.
  mutating func add(_ line: String, at place: SourcePlace, for lines: ClosedRange<Int>) {
    do throws(Diagnostic) {
      if let waiver = try Waiver(line, at: place) { waivers.append((waiver, lines)) }
    } catch {
      faults.append(error)
    }
  }

  /// Takes out what is waived, and adds what is wrong with the waivers themselves.
  func applied(to findings: [Diagnostic], in path: String) -> CheckedMigration {
    var used: Set<Int> = []
    var left: [Diagnostic] = []
    var waived: [WaivedFinding] = []
    for finding in findings {
      let line = finding.place?.line ?? 0
      // What says that nothing is known of a file cannot be waived by that file.
      let index = waivers.indices.first {
        waivers[$0].waiver.code == finding.code && waivers[$0].lines.contains(line)
      }
      if let index {
        used.insert(index)
        waived.append(
          WaivedFinding(finding: finding, owner: waivers[index].waiver.owner, reason: waivers[index].waiver.reason))
      } else {
        left.append(finding)
      }
    }
    for index in waivers.indices where !used.contains(index) {
      left.append(
        Diagnostic(
          .waiverUnused, "there is nothing that `\(waivers[index].waiver.code)` waives here", severity: .warning,
          at: waivers[index].waiver.place, hint: "Take it out, or move it to the statement that it speaks of"))
    }
    let order = { (finding: Diagnostic) in (finding.place?.line ?? 0, finding.place?.column ?? 0) }
    return CheckedMigration(path: path, findings: (left + faults).sorted { order($0) < order($1) }, waived: waived)
  }
}
