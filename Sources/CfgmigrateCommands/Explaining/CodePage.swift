internal import ConfigDocument

/// What `explain` says of one code.
struct CodePage: Sendable {
  /// How the message comes about.
  enum Example: Sendable {
    /// Files and a command that give it, as a case of the command line's tests writes them.
    case steps(String)
    /// What is read where it comes; a test cannot make it come from text alone.
    case message(String)
  }

  let code: String
  /// What it says, as a sentence.
  let what: String
  /// Why that is told.
  let why: String
  /// What to do.
  let remedy: String
  let example: Example

  init(_ code: String, what: String, why: String, remedy: String, steps: String) {
    self.init(code, what, why, remedy, .steps(steps))
  }

  init(_ code: String, what: String, why: String, remedy: String, message: String) {
    self.init(code, what, why, remedy, .message(message))
  }

  private init(_ code: String, _ what: String, _ why: String, _ remedy: String, _ example: Example) {
    self.code = code
    self.what = what
    self.why = why
    self.remedy = remedy
    self.example = example
  }
}

extension CodePage {
  /// All pages, by their codes.
  static let all: [CodePage] =
    (documents + schemas + schemaFaults + validation + transformers + linting + proving + versions + plans + sets
    + store
    + programs + otherPlaces + upgradeSpecs + upgradeRuns + databaseScripts + databases).sorted {
      $0.code.utf8.lexicographicallyPrecedes($1.code.utf8)
    }

  static func of(_ code: Diagnostic.Code) -> CodePage? { all.first { $0.code.utf8.elementsEqual(code.rawValue.utf8) } }

  /// The page as text.
  func lines(palette: Palette) -> [String] {
    var out = [
      palette.paint(code, .heading), "", what, "", why, "", palette.paint("What to do", .heading), "", "  " + remedy,
      "",
    ]
    out.append(palette.paint("Example", .heading))
    switch example {
    case .message(let text): out += [""] + text.split(separator: "\n").map { "  " + $0 }
    case .steps(let text): out += Self.shown(text)
    }
    return out
  }

  /// The steps of a case, as a reader types them.
  private static func shown(_ steps: String) -> [String] {
    steps.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [String] in
      guard line.hasPrefix("=== ") else { return line.isEmpty ? [] : ["    " + line] }
      let words = line.dropFirst(4).split(separator: " ", maxSplits: 1)
      let rest = words.count > 1 ? String(words[1]) : ""
      switch words[0] {
      case "file": return ["", "  \(rest)"]
      case "copy": return ["", "  $ cp -r \(rest)"]
      default: return ["", "  $ \(rest)"]
      }
    }
  }

  var json: Value {
    var object = Object()
    object["code"] = .string(code)
    object["what"] = .string(what)
    object["why"] = .string(why)
    object["remedy"] = .string(remedy)
    switch example {
    case .steps(let text): object["example"] = .string(text)
    case .message(let text): object["message"] = .string(text)
    }
    return .object(object)
  }
}
