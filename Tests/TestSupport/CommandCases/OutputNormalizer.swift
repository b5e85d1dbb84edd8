/// Replaces what differs from run to run: paths, run identifiers, times, durations and digests.
///
/// Equal run identifiers and digests become equal names (`<run-1>`, `<digest-2>`, `<secret 1>`), so that a text still shows which are
/// the same.
struct OutputNormalizer {
  /// The texts to replace by names, such as the scratch directory by `$SCRATCH`; the first that fits wins.
  var paths: [(path: String, name: String)]
  /// The run identifiers seen so far, in their order.
  private(set) var runs: [String] = []
  private var digests: [String] = []
  private var secrets: [String] = []

  init(paths: [(path: String, name: String)]) { self.paths = paths }

  mutating func normalize(_ text: String) -> String {
    var text = text
    for (path, name) in paths {
      text = text.split(separator: path, omittingEmptySubsequences: false).joined(separator: name)
    }
    // Simple boundaries: `<run>.json` is one word to Unicode.
    text.replace(/\b[0-9]{8}T[0-9]{9}Z-[0-9a-f]{6}\b/.wordBoundaryKind(.simple)) {
      "<run-\(Self.number(of: String($0.0), in: &runs))>"
    }
    text.replace(/\b[0-9a-f]{64}\b/.wordBoundaryKind(.simple)) {
      "<digest-\(Self.number(of: String($0.0), in: &digests))>"
    }
    text.replace(/<secret [0-9a-f]{6}>/) { "<secret \(Self.number(of: String($0.0), in: &secrets))>" }
    text.replace(
      /[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?( ?(Z|UTC|[+-][0-9]{2}:?[0-9]{2}))?/
    ) { _ in "<time>" }
    text.replace(/\b(in|after|took) [0-9]+(\.[0-9]+)? (µs|ms|s)\b/) { "\($0.1) <duration>" }
    return text
  }

  private static func number(of name: String, in names: inout [String]) -> Int {
    if let index = names.firstIndex(of: name) { return index + 1 }
    names.append(name)
    return names.count
  }
}
