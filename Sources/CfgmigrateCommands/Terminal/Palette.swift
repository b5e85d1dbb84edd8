/// What a piece of text is, as far as its colour goes. Nothing is said by colour alone.
package enum Role {
  case error, warning, note, hint
  /// The line numbers and bars beside a source line.
  case frame
  case heading, faint
  case added, removed, hunk
}

/// Colours, or none.
package struct Palette: Sendable {
  package var isOn: Bool

  package func paint(_ text: String, _ role: Role) -> String {
    guard isOn, !text.isEmpty else { return text }
    return "\u{1B}[\(Self.code(role))m\(text)\u{1B}[0m"
  }

  private static func code(_ role: Role) -> String {
    switch role {
    case .error: "1;31"
    case .warning: "1;33"
    case .note: "1;36"
    case .hint: "1;32"
    case .frame: "34"
    case .heading: "1"
    case .faint: "2"
    case .added: "32"
    case .removed: "31"
    case .hunk: "36"
    }
  }
}
