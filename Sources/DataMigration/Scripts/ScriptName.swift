package import ConfigDocument

/// What the name of a script says: `V2.1.0__Add_new_user_fields.sql`, `R__Views.sql`, `U2.1.0__Add_new_user_fields.sql`.
package struct ScriptName: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Runs once, in the order of versions.
    case versioned(ScriptVersion)
    /// Runs after the versioned ones whenever its text has changed.
    case repeatable
    /// Takes back the versioned script of the same version.
    case undo(ScriptVersion)
  }

  package var kind: Kind
  package var description: String
  /// The file's name.
  package var file: String

  package var version: ScriptVersion? {
    switch kind {
    case .versioned(let version), .undo(let version): version
    case .repeatable: nil
    }
  }

  /// - Throws: `script-name` where a file that ends in `.sql` is named otherwise: a script that is passed over in silence
  ///   would be missed too late.
  package init(_ file: String) throws(Diagnostic) {
    let stem = file.hasSuffix(".sql") ? file.dropLast(4) : Substring(file)
    guard let separator = Self.separator(in: stem), let letter = stem.first else { throw Self.refused(file) }
    let version = stem[stem.index(after: stem.startIndex)..<separator]
    description = stem[separator...].dropFirst(2).map { $0 == "_" ? " " : String($0) }.joined()
    guard !description.isEmpty else { throw Self.refused(file) }
    switch (letter, ScriptVersion(version)) {
    case ("V", let version?): kind = .versioned(version)
    case ("U", let version?): kind = .undo(version)
    case ("R", nil) where version.isEmpty: kind = .repeatable
    default: throw Self.refused(file)
    }
    self.file = file
  }

  private static func separator(in stem: Substring) -> Substring.Index? {
    stem.indices.dropFirst().first { stem[$0...].hasPrefix("__") }
  }

  private static func refused(_ file: String) -> Diagnostic {
    Diagnostic(
      .scriptName, "`\(file)` is not named as a script",
      hint: "Name it V<version>__<what it does>.sql, R__<what it makes>.sql or U<version>__<what it takes back>.sql")
  }
}

extension Diagnostic.Code {
  package static let scriptName: Self = "script-name"
}
