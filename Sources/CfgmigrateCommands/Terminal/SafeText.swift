/// Text from files and the system, made fit for a terminal: what would move the cursor, change colours or turn the
/// writing direction is shown as a picture of itself.
package enum SafeText {
  /// `text` with control characters made visible; line breaks and tabs stay.
  package static func of(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0 != "\n" && $0 != "\t" && isUnsafe($0) }) else { return text }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { out.append(scalar == "\n" || scalar == "\t" ? scalar : shown(scalar)) }
    return String(out)
  }

  /// The scalar, or what is shown in its place.
  package static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard isUnsafe(scalar) else { return scalar }
    switch scalar.value {
    case 0..<0x20: return Unicode.Scalar(0x2400 + scalar.value)!
    case 0x7F: return "\u{2421}"
    default: return "\u{FFFD}"
    }
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0x2028...0x2029: true
    default: false
    }
  }
}
