import ConfigDocument
import ConfigMigration
import ConfigStore
import Foundation
import TestSupport
import Testing

/// Five public projects' own migrations, by transformers that were written for them, on their own pairs of files.
///
/// The pairs are read where they stand. What comes of each is listed in docs/public-migrations.md, which this test keeps:
/// `CFGMIGRATE_RECORD=1` writes it anew, and fails.
@Suite struct PublicMigrationTests {
  static let hasSuite = FileManager.default.fileExists(atPath: "\(Suites.path)/migrations")

  @Test(.enabled(if: hasSuite, "the pairs are not at \(Suites.path)/migrations; CFGMIGRATE_SUITES says where"))
  func `the pairs come out as the document says`() throws {
    let results = try PublicProject.all.map { project in
      (project, try PublicPair.all(of: project).map { PairResult(of: $0, by: try project.transformers()) })
    }
    for (project, pairs) in results {
      let equal = pairs.count { $0.difference == nil }
      print(
        "\(project.name): \(pairs.count) pairs, \(equal) with equal data, \(pairs.count { $0.hasEqualText }) in equal text"
      )
      for pair in pairs {
        #expect(pair.lostComments == [], "\(project.name)/\(pair.name)")
      }
    }
    let path = "\(Repository.root)/docs/public-migrations.md"
    let document = PublicMigrationDocument(results: results)
    let written = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    if ProcessInfo.processInfo.environment["CFGMIGRATE_RECORD"] != nil {
      try document.text.write(toFile: path, atomically: true, encoding: .utf8)
      Issue.record("docs/public-migrations.md was written; run again without CFGMIGRATE_RECORD")
    } else {
      #expect(document.text == written)
    }
    for pair in document.unexplained { Issue.record("\(pair) differs, and no reason is given for it") }
    for pair in document.superfluous { Issue.record("\(pair) has a reason to differ, and does not") }
  }
}

extension PublicProject {
  func transformers() throws -> ProductFolder {
    try ProductFolder(
      "\(ProductFolder.ownTests)/\(name)", swift: name == "kustomize" ? [KustomizeReplacements()] : [],
      fillsGaps: name == "skaffold")
  }
}

/// What came of one pair.
struct PairResult: Sendable {
  var name: String
  /// What differs from what the project's own migration gives, or the error; nil where nothing does.
  var difference: String?
  var hasEqualText = false
  /// Comments that are gone although their entries are not, or nothing was said about it.
  var lostComments: [String] = []

  init(of pair: PublicPair, by folder: ProductFolder) {
    name = pair.name
    do {
      let plan = try Self.plan(pair, by: folder)
      let comparison = Comparison(sets: pair.project.sets)
      hasEqualText = true
      for (path, expected) in pair.after {
        let bytes = plan.files.first { $0.path == path }?.new ?? pair.before.first { $0.path == path }?.bytes ?? []
        if bytes != expected { hasEqualText = false }
        let (old, new) = (try Comparison.values(expected, path), try Comparison.values(bytes, path))
        difference = difference ?? comparison.difference(.array(old), .array(new))
      }
      for file in plan.files {
        let isJSON = file.path.hasSuffix(".json")
        let lost = Comments.missing(
          of: Comments.texts(in: file.old, isJSON: isJSON), in: Comments.texts(in: file.new, isJSON: isJSON))
        guard !lost.isEmpty else { continue }
        // What goes with its entry is said, with the entry's place: it must be a comment of that entry.
        let told = plan.warnings.filter { $0.code == .commentRemoved }.compactMap(\.place)
        let document = try Document(file.old, as: isJSON ? .jsonc : .yaml, named: file.path)
        lostComments += Comments.missing(of: lost, in: Comments.texts(at: told, in: document))
      }
    } catch {
      difference = "\(error)"
    }
  }

  private static func plan(_ pair: PublicPair, by folder: ProductFolder) throws -> Plan {
    if let versions = pair.project.versions(pair.name) {
      return try folder.plan(pair.before, to: versions.to, from: versions.from)
    }
    // One edge: from what the file says to what the expected one says.
    let target = try pair.after.first.map { try Comparison.values($0.bytes, $0.path) }?.first?.object?["apiVersion"]
    return try folder.plan(pair.before, to: target?.string)
  }
}
