import ConfigDocument
import ConfigMigration
import Foundation
import TestSupport

/// A public project whose own migration is tested by pairs of files, and how such a pair is a configuration set here.
struct PublicProject: Sendable {
  /// The folder of its transformers, beside this file.
  var name: String
  /// The folder of its pairs in the suite.
  var folder: String
  /// What `before` is called in the set.
  var file: String
  /// Where a pair starts and ends, by its name; nil where the files say it, or the whole chain is meant.
  var versions: @Sendable (String) -> (from: String, to: String)?
  /// Whether their own test compares the text of files.
  var comparesText = false
  /// Lists that stand for sets, since their migration writes them sorted: the names of their keys.
  var sets: Set<String> = []

  static let all: [PublicProject] = [skaffold, kustomize, biome, deck, certManager]

  static let skaffold = PublicProject(name: "skaffold", folder: "skaffold", file: "skaffold.yaml") { _ in nil }

  static let kustomize = PublicProject(
    name: "kustomize", folder: "kustomize-edit-fix", file: "kustomization.yaml",
    versions: { $0.hasPrefix("FixVars") ? ("1", "3") : ("1", "2") }, comparesText: true)

  static let biome = PublicProject(
    name: "biome", folder: "biome-migrate", file: "biome.json",
    versions: { name in
      let rules = [
        ("includes-", 1), ("ignoreScanner-", 1), ("organizeImports-", 2), ("all-", 3), ("recommended-", 4),
        ("ruleMover-", 5), ("noRestrictedGlobals-", 6), ("useNamingConvention", 7), ("trailingComma-", 8),
      ]
      guard let rule = rules.first(where: { name.hasPrefix($0.0) })?.1 else { return ("1", "10") }
      return ("\(rule)", "\(rule + 1)")
    }, comparesText: true)

  static let deck = PublicProject(
    name: "deck", folder: "kong-deck", file: "kong.yaml",
    versions: { name in
      switch name {
      case "34-to-310": ("3.4", "3.10")
      case "310-to-314": ("3.10", "3.14")
      case _ where name.hasPrefix("distributed-"): ("distributed", "gateway")
      default: ("2.8", "3.4")
      }
    }, sets: ["plugins", "routes", "services", "consumers"])

  static let certManager = PublicProject(
    name: "cert-manager", folder: "cert-manager-cmctl", file: "resources.yaml",
    versions: { ("v1alpha2", String($0.split(separator: "_").last ?? "")) }, comparesText: true)
}

/// One pair of the suite.
struct PublicPair: Sendable {
  var project: PublicProject
  var name: String
  var before: [(path: String, bytes: [UInt8])]
  var after: [(path: String, bytes: [UInt8])]

  /// The pairs of a project; none where the suite is absent.
  static func all(of project: PublicProject) throws -> [PublicPair] {
    let root = "\(Suites.path)/migrations/\(project.folder)"
    guard FileManager.default.fileExists(atPath: root) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: root).sorted().map { name in
      let folder = "\(root)/\(name)"
      var pair = PublicPair(project: project, name: name, before: [], after: [])
      for path in try Files.paths(below: folder) {
        let bytes = try Files.bytes("\(folder)/\(path)")
        let parts = path.split(separator: "/").map(String.init)
        switch (parts.first, parts.count > 1 ? parts[1] : nil) {
        case ("extra", "before"): pair.before.append((parts.dropFirst(2).joined(separator: "/"), bytes))
        case ("extra", "after"): pair.after.append((parts.dropFirst(2).joined(separator: "/"), bytes))
        case ("extra", let input?): pair.before.append((input, bytes))
        case (let file?, nil) where file.hasPrefix("before."): pair.before.append((project.file, bytes))
        case (let file?, nil) where file.hasPrefix("after."): pair.after.append((project.file, bytes))
        default: break
        }
      }
      return pair
    }
  }
}
