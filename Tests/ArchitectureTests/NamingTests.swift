import Foundation
import TestSupport
import Testing

@Suite struct NamingTests {
  static let longestFile = 600
  /// Names that say nothing about what is inside.
  static let emptyWords = ["Util", "Utils", "Utilities", "Helper", "Helpers", "Common", "Manager", "Misc", "Models"]

  @Test func `no file is longer than 600 lines`() {
    for file in SourceFile.all where file.lines.count > Self.longestFile {
      Issue.record("\(file.path) has \(file.lines.count) lines")
    }
  }

  @Test func `folders and files are named for the domain`() {
    for file in SourceFile.all {
      for part in file.path.dropLast(".swift".count).split(separator: "/") {
        let words = Self.words(part)
        for word in words where Self.emptyWords.contains(word) {
          Issue.record("\(file.path): '\(word)' says nothing about what is inside")
        }
      }
    }
  }

  @Test func `nothing left over from the skeleton`() {
    for file in SourceFile.all where file.path.hasSuffix("/Placeholder.swift") {
      let siblings = SourceFile.all.filter { $0.module == file.module }
      if siblings.count > 1 { Issue.record("\(file.path) is no longer needed") }
    }
  }

  /// `ValueTree+Building` is `Value`, `Tree`, `Building`.
  static func words(_ name: Substring) -> [String] {
    var words: [String] = []
    var previousIsLower = false
    for character in name {
      guard character.isLetter || character.isNumber else {
        previousIsLower = false
        words.append("")
        continue
      }
      if words.isEmpty || (character.isUppercase && previousIsLower) { words.append("") }
      words[words.count - 1].append(character)
      previousIsLower = character.isLowercase
    }
    return words.filter { !$0.isEmpty }
  }
}
