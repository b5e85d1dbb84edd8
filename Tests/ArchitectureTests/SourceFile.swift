import Foundation
import TestSupport

/// A Swift file of a shipping target, as the architecture tests see it.
struct SourceFile: Sendable {
  struct Import: Sendable {
    /// The first part of what is imported: `SystemPackage` of `import struct SystemPackage.FilePath`.
    var module: String
    /// Whether it is a `private import`.
    var isPrivate: Bool
    var line: Int
  }

  /// The path from the package's directory: `Sources/ConfigStore/Backup.swift`.
  var path: String
  var lines: [String]

  /// The target: the folder below `Sources`.
  var module: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

  var imports: [Import] {
    // A program of another language may stand in a text of several lines.
    var isText = false
    return lines.enumerated().compactMap { index, line in
      let pieces = line.split(separator: "\"\"\"", omittingEmptySubsequences: false)
      if pieces.count.isMultiple(of: 2) { isText.toggle() }
      if isText { return nil }
      var words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })[...]
      while let word = words.first, word.hasPrefix("@") { words.removeFirst() }
      var isPrivate = false
      if let word = words.first, ["public", "package", "internal", "fileprivate", "private"].contains(word) {
        isPrivate = word == "private"
        words.removeFirst()
      }
      guard words.popFirst() == "import" else { return nil }
      if let word = words.first,
        ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"].contains(word)
      {
        words.removeFirst()
      }
      guard let name = words.first?.split(separator: ".").first else { return nil }
      return Import(module: String(name), isPrivate: isPrivate, line: index + 1)
    }
  }

  /// Every Swift file under `Sources`, in the order of paths.
  static let all: [SourceFile] = {
    let root = Repository.root + "/Sources"
    let paths = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
      let text = (try? String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)) ?? ""
      return SourceFile(
        path: "Sources/\(path)", lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }
  }()
}
