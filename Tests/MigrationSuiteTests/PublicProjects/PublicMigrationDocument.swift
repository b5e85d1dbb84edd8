/// docs/public-migrations.md: what the language can say of other projects' migrations, and what it cannot.
struct PublicMigrationDocument {
  var results: [(project: PublicProject, pairs: [PairResult])]

  /// Pairs whose data may differ, with the reason.
  static let reasons: [String: String] = [
    "biome/ruleMover-transformed_with_level": """
    the `after` of the pair was put together from five overlapping diffs, and is no JSON document: keys stand twice
    """,
    "cert-manager/resource2_v1": """
    their command prints the documents of a stream as one `kind: List`; here they stay the documents that they were
    """,
  ]

  var unexplained: [String] {
    results.flatMap { project, pairs in
      pairs.filter { $0.difference != nil && Self.reasons["\(project.name)/\($0.name)"] == nil }
        .map { "\(project.name)/\($0.name) (\($0.difference ?? ""))" }
    }
  }

  var superfluous: [String] {
    Self.reasons.keys.sorted().filter { name in
      !results.contains { project, pairs in
        pairs.contains { $0.difference != nil && "\(project.name)/\($0.name)" == name }
      }
    }
  }

  var text: String {
    var out = """
      # Other projects' migrations

      Five public projects test the migrations of their configuration with pairs of files: before and after. Transformers were written for
      them (`Tests/MigrationSuiteTests/Transformers`), and the pairs are run. The test writes this page and fails where it is not what came out.

      *Equal data*: the same keys, values and lists, whatever the layout. *Equal text*: also the same bytes. Their programs write the file
      anew, sorted, without comments; here nothing changes but what the migration is about, so the text differs by design where it is not in
      the form that theirs writes. No comment is lost anywhere, unless its entry is removed.

      | project | their test compares | pairs | equal data | equal text |
      |---|---|---|---|---|

      """
    for (project, pairs) in results {
      out += "| \(project.name) | \(project.comparesText ? "text" : "data") | \(pairs.count) "
      out += "| \(pairs.count { $0.difference == nil }) | \(pairs.count { $0.hasEqualText }) |\n"
    }
    out += "\n## What differs\n\n| pair | why |\n|---|---|\n"
    for (project, pairs) in results {
      for pair in pairs where pair.difference != nil {
        let name = "\(project.name)/\(pair.name)"
        out += "| \(name) | \(Self.reasons[name] ?? "?") |\n"
      }
    }
    let layout = results.filter { $0.project.comparesText }
    out += "\n## Equal data in another layout, where their test compares text\n\n"
    for (project, pairs) in layout {
      let names = pairs.filter { $0.difference == nil && !$0.hasEqualText }.map(\.name)
      out += "**\(project.name)** (\(names.count)): \(Self.layouts[project.name] ?? "")\n\n"
      out += names.map { "`\($0)`" }.joined(separator: ", ") + "\n\n"
    }
    return out
  }

  private static let layouts: [String: String] = [
    "kustomize": """
    theirs writes the fields of patches sorted, and lists always at the column of their key.
    """,
    "biome": """
    theirs writes new members on one line or without a blank, and leaves the brackets of what it emptied on two lines; here they are
    written like their neighbours. A rule that moves takes its comment along, which theirs drops.
    """,
    "cert-manager": "theirs sorts all keys, drops quotes, and writes lists at the column of their key.",
  ]
}
