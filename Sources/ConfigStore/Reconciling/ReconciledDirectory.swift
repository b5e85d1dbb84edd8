public import ConfigDocument

/// The YAML and JSON files of a directory, each with the changes alone that another program's version of it means.
public struct ReconciledDirectory: Sendable {
  /// In the order of their paths.
  public let files: [ReconciledFile]
  /// Files that only one of the two directories has: they are left alone.
  public let findings: [Diagnostic]

  /// - Parameters:
  ///   - original: the directory that people wrote.
  ///   - new: what another program made of it. A file has its path in `original`, or that path with the ending of another
  ///     format: `web/app.json` for `web/app.yaml`.
  /// - Throws: what keeps one file from being reconciled; see ``ReconciledFile``.
  public init(_ original: String, with new: String, yaml: Document.YAMLVersion) throws(Diagnostic) {
    let (old, others) = (try Self.paths(in: original), try Self.paths(in: new))
    var partners = Set(others)
    var files: [ReconciledFile] = []
    var findings: [Diagnostic] = []
    for path in old {
      guard let partner = Self.names(for: path).first(where: partners.contains) else {
        findings.append(
          Diagnostic(
            .onlyInOriginal, "\(new) has no version of \(path), which stays as it is", severity: .warning,
            hint: "Remove the file by hand where it is meant to go"))
        continue
      }
      partners.remove(partner)
      files.append(try ReconciledFile("\(original)/\(path)", with: "\(new)/\(partner)", yaml: yaml))
    }
    for path in others where partners.contains(path) {
      findings.append(
        Diagnostic(
          .onlyInNew, "\(original) has no \(path), and it is not taken over", severity: .warning,
          hint: "Copy the file by hand where it is meant to come"))
    }
    self.files = files
    self.findings = findings
  }

  /// Whether a path names a directory.
  public static func isDirectory(_ path: String) -> Bool { (try? OpenDirectory(path)) != nil }

  private static func paths(in directory: String) throws(Diagnostic) -> [String] {
    let listing = try OpenDirectory(directory).listing(whereLinkMatters: { _ in false })
    return listing.files.map { "\($0)" }.filter { endings.contains(ending(of: $0)) && $0 != SetSettings.fileName }
  }

  /// The path, and then those that it would have in other formats.
  private static func names(for path: String) -> [String] {
    let stem = path.dropLast(ending(of: path).count)
    return [path] + endings.filter { $0 != ending(of: path) }.map { stem + $0 }
  }

  private static func ending(of path: String) -> String {
    path.split(separator: "/").last?.split(separator: ".").last.map { String($0) } ?? ""
  }

  private static let endings = ["yaml", "yml", "json", "jsonc"]
}

extension Diagnostic.Code {
  /// A file that the other program's directory does not have.
  public static let onlyInOriginal: Self = "only-in-original"
  /// A file that only the other program's directory has.
  public static let onlyInNew: Self = "only-in-new"
}
