/// A unified diff for the screen.
enum DiffText {
  /// The diff with its lines coloured; the bytes as they are where there are no colours, so that `git apply` reads them.
  static func bytes(of diff: [UInt8], palette: Palette) -> [UInt8] {
    guard palette.isOn else { return diff }
    var out: [UInt8] = []
    out.reserveCapacity(diff.count * 2)
    var inHunk = false
    for line in diff.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast(diff.last == 0x0A ? 1 : 0) {
      let text = String(decoding: line, as: UTF8.self)
      if text.hasPrefix("diff ") { inHunk = false }
      if text.hasPrefix("@@") { inHunk = true }
      let role: Role? =
        switch line.first {
        case UInt8(ascii: "@"): .hunk
        case UInt8(ascii: "+") where inHunk: .added
        case UInt8(ascii: "-") where inHunk: .removed
        case UInt8(ascii: " ") where inHunk, UInt8(ascii: "\\") where inHunk: nil
        default: inHunk ? nil : .heading
        }
      out += Array((role.map { palette.paint(SafeText.of(text), $0) } ?? SafeText.of(text)).utf8)
      out.append(0x0A)
    }
    return out
  }
}
