import ConfigDocument

/// A first draft of a transformer, for a person to correct: what differs between two schemas, or between a set before and
/// after, as operations.
///
/// A draft is a proposal. Where two places look alike it says `move`; what it is not sure of stands in a comment.
public struct TransformerDraft: Sendable {
  /// One operation as a line of a transformer file, with what to think about above it.
  struct Line: Hashable, Sendable {
    var operation: String
    var remark: String?
  }

  var lines: [Line] = []
  /// Whether tags stand for secrets in it.
  var hidesSecrets = false

  /// Whether nothing was found that would need an operation.
  public var isEmpty: Bool { lines.isEmpty }

  /// The transformer file, which reads without an error once every `TODO` is answered.
  public func text(product: String, from: VersionRange, to: Version) -> String {
    var out = """
      transformer: 1
      product: \(product)
      from: "\(from.label)"
      to: \(Self.scalar(to.label))
      \(from.isExact ? "" : "down_to: \(Self.scalar(from.oldest.label))\n")summary: TODO in one line

      """
    if hidesSecrets {
      out += "# TODO: tags such as <secret 3f9a1c> stand for secrets, which belong into no transformer.\n"
    }
    out += lines.isEmpty ? "operations: []\n" : "operations:\n"
    for line in lines {
      if let remark = line.remark { out += "  # \(remark)\n" }
      out += "  - \(line.operation)\n"
    }
    return out
  }

  // MARK: Writing operations

  mutating func add(_ name: String, _ fields: KeyValuePairs<String, String>, remark: String? = nil) {
    let texts = fields.map { "\($0.key): \($0.value)" }
    lines.append(Line(operation: "\(name): {\(texts.joined(separator: ", "))}", remark: remark))
  }

  /// An address as a YAML scalar within a flow mapping.
  static func address(_ path: [DraftToken]) -> String {
    let text = path.map { $0.text }.joined()
    return text.utf8.contains { "*{}#,[]: ".utf8.contains($0) } || text.isEmpty ? "\"\(text)\"" : text
  }

  static func value(_ value: Value) -> String { value.description }

  /// A text as a YAML scalar, quoted where it could be read as something else.
  static func scalar(_ text: String) -> String {
    let isPlain =
      text.utf8.first.map { ($0 | 32) >= 97 && ($0 | 32) <= 122 } == true
      && text.utf8.allSatisfy {
        $0 == 95 || $0 == 45 || (($0 | 32) >= 97 && ($0 | 32) <= 122) || ($0 >= 48 && $0 <= 57)
      }
    let words: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
    let isVersion = text.split(separator: ".").count == 3 && text.utf8.allSatisfy { $0 == 46 || ($0 >= 48 && $0 <= 57) }
    return (isPlain && !words.contains(text.lowercased())) || isVersion ? text : Value.string(text).description
  }
}

/// One step of a path in a draft.
enum DraftToken: Hashable, Sendable {
  case key(String)
  /// Any key or item; a number, where the other path of an operation has the same one.
  case any

  var text: String {
    switch self {
    case .key(let key): "/" + AddressPattern.escaped(key)
    case .any: "/*"
    }
  }
}

/// Which of the places that are gone are which of those that are new.
struct DraftPairing {
  struct Pair {
    var gone: Int
    var new: Int
    var score: Int
  }

  /// Below this, two places are not taken for one.
  static let threshold = 5

  /// The best pairs, each place in at most one.
  static func pairs(gone: Int, new: Int, score: (Int, Int) -> Int) -> [Pair] {
    var all: [Pair] = []
    for old in 0..<gone {
      for candidate in 0..<new {
        let score = score(old, candidate)
        if score >= threshold { all.append(Pair(gone: old, new: candidate, score: score)) }
      }
    }
    var taken: [Pair] = []
    for pair in all.sorted(by: { ($1.score, $0.gone, $0.new) < ($0.score, $1.gone, $1.new) }) {
      if taken.contains(where: { $0.gone == pair.gone || $0.new == pair.new }) { continue }
      taken.append(pair)
    }
    return taken.sorted { $0.gone < $1.gone }
  }

  /// How much two keys and their surroundings speak for one place.
  static func likeness(_ old: [DraftToken], _ new: [DraftToken]) -> Int {
    guard case .key(let a)? = old.last, case .key(let b)? = new.last else { return 0 }
    var score = old.dropLast().elementsEqual(new.dropLast()) ? 2 : 0
    if a == b {
      score += 3
    } else if a.firstRange(of: b) != nil || b.firstRange(of: a) != nil
      || SpellingSuggestion.closest(to: a, among: [b]) != nil
    {
      score += 2
    }
    return score
  }
}

extension TransformerDraft {
  /// `rename` under one parent, else `move`.
  mutating func addMove(_ old: [DraftToken], _ new: [DraftToken]) {
    if old.dropLast().elementsEqual(new.dropLast()), case .key(let key)? = new.last {
      add("rename", ["path": Self.address(old), "to": Self.scalar(key)])
      return
    }
    // A wildcard of the source is a capture, so that the target can say the same.
    var names = 0
    var source: [String] = []
    var target = new.map(\.text)
    for (index, token) in old.enumerated() {
      guard token == .any else {
        source.append(token.text)
        continue
      }
      names += 1
      let capture = "/{item\(names == 1 ? "" : String(names))}"
      source.append(capture)
      if index < new.count, new[index] == .any { target[index] = capture }
    }
    let quoted = names > 0 ? { "\"\($0)\"" } : { (text: String) in text }
    add("move", ["from": quoted(source.joined()), "to": quoted(target.joined())])
  }
}
