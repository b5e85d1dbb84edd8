internal import ConfigDocument

/// A diagnostic as a person reads it:
///
///     error[duplicate-key]: the key `port` stands twice in one mapping
///       --> platform.yaml:12:3
///        |
///     12 |   port: 5433
///        |   ^^^^
///        = first: platform.yaml:9:3
///        hint: Remove one of the two
struct DiagnosticText {
  var palette: Palette
  /// The cells that a source line may take, its number not counted.
  var width: Int

  /// The lines, joined, without a line break at the end.
  func text(of diagnostic: Diagnostic) -> String {
    let message = SafeText.of(diagnostic.message)
    let label = "\(diagnostic.severity.rawValue)[\(diagnostic.code)]"
    var lines = [palette.paint(label, role(of: diagnostic.severity)) + palette.paint(": \(message)", .heading)]
    let number = diagnostic.place.map { String($0.line) } ?? ""
    let margin = String(repeating: " ", count: number.utf8.count)
    if let place = diagnostic.place {
      lines.append("\(margin)\(palette.paint("-->", .frame)) \(SafeText.of(place.description))")
      if !place.lineText.isEmpty {
        let frame = SourceFrame(place, width: width)
        let bar = palette.paint("|", .frame)
        lines.append("\(margin) \(bar)")
        lines.append("\(palette.paint(number, .frame)) \(bar) \(frame.line)")
        lines.append("\(margin) \(bar) \(palette.paint(frame.marks, role(of: diagnostic.severity)))")
      }
    }
    for related in diagnostic.related {
      let text = SafeText.of("\(related.message): \(related.place)")
      lines.append("\(margin) \(palette.paint("=", .frame)) \(text)")
    }
    if let hint = diagnostic.advice {
      let indented = SafeText.of(hint).split(separator: "\n", omittingEmptySubsequences: false).joined(
        separator: "\n\(margin)       ")
      lines.append("\(margin) \(palette.paint("hint:", .hint)) \(indented)")
    }
    return lines.joined(separator: "\n")
  }

  private func role(of severity: Diagnostic.Severity) -> Role {
    switch severity {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}
