package import ConfigDocument
internal import ConfigStore

/// The scripts of one directory, in the order in which they run.
package struct ScriptFolder: Sendable {
  package var path: String
  /// By version.
  package var versioned: [MigrationScript]
  /// By name.
  package var repeatable: [MigrationScript]
  package var undo: [MigrationScript]

  package init(path: String, scripts: [MigrationScript]) throws(Diagnostic) {
    self.path = path
    versioned = []
    repeatable = []
    undo = []
    for script in scripts {
      switch script.name.kind {
      case .versioned: versioned.append(script)
      case .repeatable: repeatable.append(script)
      case .undo: undo.append(script)
      }
    }
    versioned = try Self.ordered(versioned)
    undo = try Self.ordered(undo)
    repeatable.sort { $0.name.file.utf8.lexicographicallyPrecedes($1.name.file.utf8) }
  }

  /// Reads every file that ends in `.sql`.
  /// - Throws: `script-name`, `script-header`, `script-version-twice`, `scripts-missing`, `io-error`.
  package init(_ path: String) throws(Diagnostic) {
    let directory = try OpenDirectory(path)
    var scripts: [MigrationScript] = []
    for name in try directory.entries() {
      let file = name.description
      guard file.hasSuffix(".sql"), !file.hasPrefix("."), let contents = try directory.readIfPresent(name) else {
        continue
      }
      scripts.append(try MigrationScript(contents.bytes, file: file, path: directory.path(of: name)))
    }
    guard !scripts.isEmpty else {
      throw Diagnostic(
        .scriptsMissing, "there is no script in \(path)", hint: "Name the directory that holds V<version>__<name>.sql")
    }
    try self.init(path: path, scripts: scripts)
  }

  /// The script that takes a version back.
  package func undo(of version: ScriptVersion) -> MigrationScript? { undo.first { $0.version == version } }

  private static func ordered(_ scripts: [MigrationScript]) throws(Diagnostic) -> [MigrationScript] {
    let ordered = scripts.sorted { left, right in
      guard let a = left.version, let b = right.version, a != b else { return left.name.file < right.name.file }
      return a < b
    }
    for (first, second) in zip(ordered, ordered.dropFirst()) where first.version == second.version {
      throw Diagnostic(
        .scriptVersionTwice, "\(first.name.file) and \(second.name.file) have one version", at: second.place(of: 0),
        hint: "Give one of them the next version", related: [.init("first", at: first.place(of: 0))])
    }
    return ordered
  }
}

extension Diagnostic.Code {
  package static let scriptsMissing: Self = "scripts-missing"
  package static let scriptVersionTwice: Self = "script-version-twice"
}
