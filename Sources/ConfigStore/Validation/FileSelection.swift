public import ConfigDocument

/// The files that are to be checked, from what the user names: files, directories, patterns, standard input.
public struct FileSelection: Sendable {
  /// Paths as they are shown and opened, in order, each once; `-` is standard input.
  public private(set) var paths: [String] = []
  private var seen: Set<String> = []

  /// The endings of files that are taken from directories.
  static let endings = ["yaml", "yml", "json", "jsonc"]

  /// - Throws: `no-such-file` for a pattern that fits nothing; `io-error` for a directory that cannot be read.
  public init(_ arguments: [String]) throws(Diagnostic) {
    for argument in arguments {
      if StandaloneFile(argument).isDirectory {
        try addDirectory(argument)
      } else if argument != "-", !StandaloneFile(argument).isFile, FileGlob.isPattern(argument) {
        try addMatches(of: argument)
      } else {
        // What is not there is told beside what is found in the others.
        add(argument)
      }
    }
  }

  private mutating func add(_ path: String) {
    if seen.insert(path).inserted { paths.append(path) }
  }

  private mutating func addDirectory(_ directory: String) throws(Diagnostic) {
    for file in try Self.files(in: directory) where Self.endings.contains(where: { file.hasSuffix(".\($0)") }) {
      add(file)
    }
  }

  private mutating func addMatches(of pattern: String) throws(Diagnostic) {
    let names = pattern.split(separator: "/", omittingEmptySubsequences: false)
    let fixed = names.prefix { !FileGlob.isPattern(String($0)) }.joined(separator: "/")
    let start = fixed.isEmpty ? pattern.hasPrefix("/") ? "/" : "." : fixed
    let glob = FileGlob(pattern)
    let found = StandaloneFile(start).isDirectory ? try Self.files(in: start).filter { glob.matches($0) } : []
    if found.isEmpty {
      throw Diagnostic(
        .noSuchFile, "no file fits `\(pattern)`", hint: "Quote the pattern, so that the shell leaves it as it is")
    }
    for path in found { add(path) }
  }

  /// The files below a directory, links left out.
  private static func files(in directory: String) throws(Diagnostic) -> [String] {
    let listing = try OpenDirectory(directory).listing(whereLinkMatters: { _ in false })
    let prefix = directory == "." ? "" : directory.hasSuffix("/") ? directory : directory + "/"
    return listing.files.map { prefix + $0.description }
  }
}

extension Diagnostic.Code {
  /// A pattern fits no file.
  public static let noSuchFile: Self = "no-such-file"
}
