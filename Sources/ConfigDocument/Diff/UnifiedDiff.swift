/// The unified diff of a file, made from what the renderer changed: no general diff algorithm runs.
public enum UnifiedDiff {
  /// A diff that `git apply` and `patch -p1` accept; empty where nothing changed.
  ///
  /// - Parameters:
  ///   - path: relative to the directory that the diff is applied in, with `/` between its parts.
  ///   - context: how many unchanged lines are shown around a change.
  /// - Complexity: O(size of both texts).
  public static func text(
    of rendering: Rendering, from source: [UInt8], path: String, context: Int = 3
  ) -> [UInt8] {
    text(
      of: rendering, from: source, path: path,
      showing: Appearance(old: source, new: rendering.bytes, context: context))
  }

  /// How the two texts of a diff appear in it.
  package struct Appearance: Sendable {
    /// What stands for the lines of the text before and after, line for line: with secrets masked, for example.
    package var old: [UInt8]
    package var new: [UInt8]
    /// How many unchanged lines are shown around a change. Of files that come or go, everything is shown.
    package var context: Int
    /// Gives the hunks a heading that `git apply` and `patch` take for none.
    package var isForReading = false

    package init(old: [UInt8], new: [UInt8], context: Int = 3) {
      self.old = old
      self.new = new
      self.context = context
    }
  }

  /// The diff of a file that stays, as it is to appear.
  package static func text(
    of rendering: Rendering, from source: [UInt8], path: String, showing appearance: Appearance
  ) -> [UInt8] {
    RenderingDifference(rendering, from: source).text(path: path, showing: appearance)
  }

  /// The diff of a file that gets another path, and maybe another content, as git writes it.
  public static func text(
    of rendering: Rendering, from source: [UInt8], renaming oldPath: String, to newPath: String
  ) -> [UInt8] {
    text(
      of: rendering, from: source, renaming: oldPath, to: newPath,
      showing: Appearance(old: source, new: rendering.bytes))
  }

  /// The diff of a file that gets another path, as it is to appear.
  package static func text(
    of rendering: Rendering, from source: [UInt8], renaming oldPath: String, to newPath: String,
    showing appearance: Appearance
  ) -> [UInt8] {
    RenderingDifference(rendering, from: source).text(renaming: oldPath, to: newPath, showing: appearance)
  }

  /// The diff of a file that comes, goes, or is wholly replaced; nil stands for no file.
  public static func text(from old: [UInt8]?, to new: [UInt8]?, path: String) -> [UInt8] {
    text(from: old, to: new, path: path, showing: Appearance(old: old ?? [], new: new ?? []))
  }

  /// The diff of a file that comes, goes, or is wholly replaced, as it is to appear.
  package static func text(
    from old: [UInt8]?, to new: [UInt8]?, path: String, showing appearance: Appearance
  ) -> [UInt8] {
    guard old != new else { return [] }
    let (before, after) = (Lines(old ?? []), Lines(new ?? []))
    var out = Array("diff --git \(quoted("a/" + path)) \(quoted("b/" + path))\n".utf8)
    if old == nil { out += Array("new file mode 100644\n".utf8) }
    if new == nil { out += Array("deleted file mode 100644\n".utf8) }
    guard before.count + after.count > 0 else { return out }
    out += Array("--- \(old == nil ? "/dev/null" : fileName("a/" + path))\n".utf8)
    out += Array("+++ \(new == nil ? "/dev/null" : fileName("b/" + path))\n".utf8)
    let hunk = Hunk(old: 0..<before.count, new: 0..<after.count, changes: [(0..<before.count, 0..<after.count)])
    return out + appearance.text(of: [hunk], old: Lines(appearance.old), new: Lines(appearance.new))
  }

  /// How many lines a rendering adds and removes, as `git diff --stat` counts.
  public static func counts(of rendering: Rendering, from source: [UInt8]) -> (added: Int, removed: Int) {
    RenderingDifference(rendering, from: source).counts
  }

  /// A file's name in the two lines above the hunks: a tab ends one with blanks.
  static func fileName(_ path: String) -> String {
    let name = quoted(path)
    return name.utf8.first != UInt8(ascii: "\"") && name.utf8.contains(UInt8(ascii: " ")) ? name + "\t" : name
  }

  /// A file's name as git and patch read it: quoted where it holds quotes, backslashes or control characters.
  static func quoted(_ path: String) -> String {
    guard path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") })
    else { return path }
    var out = "\""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += "\\" + String(UnicodeScalar(byte))
      case UInt8(ascii: "\n"): out += "\\n"
      case UInt8(ascii: "\t"): out += "\\t"
      case 0x21..<0x7F, 0x20: out += String(UnicodeScalar(byte))
      default:
        let octal = String(byte, radix: 8)
        out += "\\" + String(repeating: "0", count: 3 - octal.utf8.count) + octal
      }
    }
    return out + "\""
  }
}

extension UnifiedDiff.Appearance {
  /// The hunks, with the lines that stand for those of the two texts.
  func text(of hunks: [Hunk], old: Lines, new: Lines) -> [UInt8] {
    var out: [UInt8] = []
    for hunk in hunks { hunk.append(to: &out, old: old, new: new, marks: isForReading ? "@@@" : "@@") }
    return out
  }
}

/// Changes near each other, with the unchanged lines around them.
struct Hunk {
  var old: Range<Int>
  var new: Range<Int>
  var changes: [(old: Range<Int>, new: Range<Int>)]

  func append(to out: inout [UInt8], old oldLines: Lines, new newLines: Lines, marks: String) {
    out += Array("\(marks) -\(Self.span(old)) +\(Self.span(new)) \(marks)\n".utf8)
    var line = old.lowerBound
    for change in changes {
      while line < change.old.lowerBound {
        Self.append(" ", oldLines[line], to: &out)
        line += 1
      }
      for index in change.old { Self.append("-", oldLines[index], to: &out) }
      for index in change.new { Self.append("+", newLines[index], to: &out) }
      line = change.old.upperBound
    }
    while line < old.upperBound {
      Self.append(" ", oldLines[line], to: &out)
      line += 1
    }
  }

  private static func span(_ lines: Range<Int>) -> String {
    // An empty side names the line before it.
    let start = lines.isEmpty ? lines.lowerBound : lines.lowerBound + 1
    return lines.count == 1 ? "\(start)" : "\(start),\(lines.count)"
  }

  private static func append(_ mark: Character, _ line: ArraySlice<UInt8>, to out: inout [UInt8]) {
    out.append(mark.asciiValue!)
    out += line
    if line.last != UInt8(ascii: "\n") { out += Array("\n\\ No newline at end of file\n".utf8) }
  }
}

/// A text by lines, as diffs count them: LF alone ends a line.
struct Lines {
  private let text: [UInt8]
  /// The start of each line, and the text's end.
  private var starts: [Int] = [0]

  init(_ text: [UInt8]) {
    self.text = text
    starts.reserveCapacity(text.count / 16 + 2)
    text.withBuffer { bytes in
      var offset = 0
      while let end = SourceLines.firstFeed(from: offset, in: bytes) {
        offset = end + 1
        starts.append(offset)
      }
    }
    if starts.last != text.count { starts.append(text.count) }
  }

  var count: Int { starts.count - 1 }

  subscript(line: Int) -> ArraySlice<UInt8> { text[starts[line]..<starts[line + 1]] }

  func isLineStart(_ offset: Int) -> Bool { offset == 0 || text[offset - 1] == UInt8(ascii: "\n") }

  /// The line at `offset`, which may be the text's end. Complexity: O(log lines).
  private func index(_ offset: Int) -> Int {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }

  func start(ofLineAt offset: Int) -> Int {
    offset == text.count && !isLineStart(offset) ? starts[max(0, count - 1)] : starts[index(offset)]
  }

  func end(ofLineAt offset: Int) -> Int {
    offset >= text.count ? text.count : starts[index(offset) + 1]
  }

  /// The lines that a span of whole lines covers.
  func lines(in span: Range<Int>) -> Range<Int> {
    let first = index(span.lowerBound)
    return first..<(span.upperBound == text.count ? max(first, count) : index(span.upperBound))
  }
}
