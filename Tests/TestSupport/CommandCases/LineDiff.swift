/// The difference of two texts, line by line, as a person reads it.
public enum LineDiff {
  /// A unified diff without a header; empty where the texts are equal.
  /// Complexity: O(n × d) for d differing lines; meant for goldens, not for large files.
  public static func unified(from old: String, to new: String, context: Int = 3) -> String {
    let old = lines(old)
    let new = lines(new)
    let difference = new.difference(from: old)
    guard !difference.isEmpty else { return "" }
    var removed = Set<Int>()
    var inserted = Set<Int>()
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }

    var script: [(mark: Character, line: String)] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if removed.contains(i) {
        script.append(("-", old[i]))
        i += 1
      } else if inserted.contains(j) {
        script.append(("+", new[j]))
        j += 1
      } else {
        script.append((" ", old[i]))
        i += 1
        j += 1
      }
    }

    let changed = script.indices.filter { script[$0].mark != " " }
    var shown = Set<Int>()
    for index in changed { shown.formUnion(max(0, index - context)...min(script.count - 1, index + context)) }
    var out = ""
    var previous = -1
    for index in script.indices where shown.contains(index) {
      if index != previous + 1 { out += "…\n" }
      out += "\(script[index].mark)\(script[index].line)\n"
      previous = index
    }
    return out
  }

  private static func lines(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
