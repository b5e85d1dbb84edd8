package import ConfigDocument
package import ConfigStore
internal import DataMigration

/// Checks the migrations that a user names: files, and directories of them.
package struct MigrationFiles {
  private let library: FieldLibrary?
  private let reader: DjangoReader

  package init(library: FieldLibrary?, programs: any CommandRunner) {
    self.library = library
    reader = DjangoReader(programs: programs)
  }

  /// Checks `.sql` files as PostgreSQL scripts and `.py` files as Django migrations.
  ///
  /// Scripts of one directory are checked together, in the order in which they run.
  /// - Throws: `scripts-missing` where nothing is there to be checked, so that a wrong path is no clean result;
  ///   `script-name`, `script-header`, `io-error`, `command-missing`.
  package func check(_ paths: [String]) throws(Diagnostic) -> [CheckedMigration] {
    var checked: [CheckedMigration] = []
    for path in paths {
      let found =
        StandaloneFile(path).isDirectory ? try files(in: path) : [(path, try StandaloneFile(path).read())]
      let (sql, django) = (found.filter { $0.path.hasSuffix(".sql") }, found.filter { $0.path.hasSuffix(".py") })
      guard !sql.isEmpty || !django.isEmpty else {
        throw Diagnostic(
          .scriptsMissing, "there is no migration in \(path)",
          hint: "Name .sql scripts, Django's .py files, or their directory")
      }
      checked += try scripts(sql)
      for file in django {
        checked.append(try DjangoCheck(library: library, reader: reader).check(file.source, named: file.path))
      }
    }
    return checked
  }

  private func scripts(_ files: [(path: String, source: [UInt8])]) throws(Diagnostic) -> [CheckedMigration] {
    var scripts: [MigrationScript] = []
    for file in files {
      let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
      scripts.append(try MigrationScript(file.source, file: name, path: file.path))
    }
    var check = SQLCheck(library: library)
    let folder = try ScriptFolder(path: "", scripts: scripts)
    return check.check(folder.versioned) + check.check(folder.repeatable) + check.check(folder.undo)
  }

  private func files(in path: String) throws(Diagnostic) -> [(path: String, source: [UInt8])] {
    let directory = try OpenDirectory(path)
    var files: [(path: String, source: [UInt8])] = []
    for name in try directory.entries() {
      let file = name.description
      let isMigration = file.hasSuffix(".sql") || file.hasSuffix(".py") && file != "__init__.py"
      guard isMigration, !file.hasPrefix("."), let contents = try directory.readIfPresent(name) else { continue }
      files.append((directory.path(of: name), contents.bytes))
    }
    return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }
}
