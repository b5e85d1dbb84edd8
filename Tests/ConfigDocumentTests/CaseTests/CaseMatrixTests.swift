import ConfigDocument
import Foundation
import TestSupport
import Testing

/// The cases that break editors, each with every edit: `CaseMatrix.txt` has what comes of each, as a diff or as the reason of a
/// refusal.
///
/// `CFGMIGRATE_RECORD=1` writes the file again, and fails.
@Suite struct CaseMatrixTests {
  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("CaseMatrix.txt")

  /// What the file says, by its headings.
  private static let recorded: [String: String] = {
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    let sections = text.components(separatedBy: "\n=== ").dropFirst()
    return Dictionary(
      sections.map { section in
        let heading = section.prefix { $0 != "\n" }
        return (String(heading), String(section.dropFirst(heading.count + 1)).trimmingCharacters(in: .newlines))
      }, uniquingKeysWith: { first, _ in first })
  }()

  @Test(arguments: Scene.all.indices) func `a case with every edit`(_ index: Int) throws {
    let scene = Scene.all[index]
    for edit in SceneEdit.allCases {
      let heading = Self.heading(scene, edit)
      let expected = try #require(Self.recorded[heading], "\(heading) is not recorded")
      #expect(try Self.outcome(of: edit, on: scene) == expected, "\(heading)")
    }
  }

  @Test func `every case meets every edit that can meet it`() throws {
    #expect(Set(Scene.all.map(\.number)) == Set(1...18))
    for number in 1...18 {
      for edit in SceneEdit.allCases {
        let scenes = Scene.all.filter { $0.number == number }
        let isMet = scenes.contains {
          $0.unmet[edit] == nil && ($0.item != nil || !edit.isOfItems || edit == .insertItem && $0.list != nil)
        }
        let reason = scenes.compactMap { $0.unmet[edit] }.first
        #expect(isMet || reason != nil, "case \(number), \(edit.rawValue): neither shown nor said why not")
      }
    }
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["CFGMIGRATE_RECORD"] != nil))
  func `the matrix is recorded, and read before it is believed`() throws {
    var text =
      "The cases that break editors, with every edit: diffs without their headers, and the reasons of refusals.\n"
    for scene in Scene.all {
      for edit in SceneEdit.allCases {
        text += "\n=== \(Self.heading(scene, edit))\n\(try Self.outcome(of: edit, on: scene))\n"
      }
    }
    try text.write(to: Self.file, atomically: true, encoding: .utf8)
    Issue.record("recorded \(Self.file.lastPathComponent)")
  }

  private static func heading(_ scene: Scene, _ edit: SceneEdit) -> String {
    "case \(scene.number), \(scene.title): \(edit.rawValue)"
  }

  private static func outcome(of edit: SceneEdit, on scene: Scene) throws -> String {
    if let reason = scene.unmet[edit] { return "cannot meet it: \(reason)" }
    do {
      let (before, rendering) = try edit.made(on: scene)
      let diff = UnifiedDiff.text(of: rendering, from: before, path: "file")
      let lines = String(decoding: diff, as: UTF8.self).components(separatedBy: "\n").dropFirst(2)
      return lines.joined(separator: "\n").replacingOccurrences(of: "\r", with: "⟦cr⟧")
        .replacingOccurrences(of: "\t", with: "⟦tab⟧").trimmingCharacters(in: .newlines)
    } catch let error as Diagnostic {
      return "refused: \(error)" + (error.hint.map { "\nhint: \($0)" } ?? "")
    }
  }
}

extension SceneEdit {
  var isOfItems: Bool { [.insertItem, .removeItem, .reorder].contains(self) }
}
