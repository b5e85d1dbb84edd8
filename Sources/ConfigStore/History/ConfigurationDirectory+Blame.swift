public import ConfigDocument
internal import ConfigMigration

extension ConfigurationDirectory {
  /// ``DirectoryHistory/blame(_:)`` with the secrets of the file masked, as it is and as it was before each run.
  ///
  /// - Throws: what ``DirectoryHistory/blame(_:)`` throws; what keeps the file from being parsed, since then nobody knows
  ///   which of its values are secrets.
  public func blame(_ path: RelativePath) throws(Diagnostic) -> [BlamedLine] {
    let lines = try history.blame(path)
    guard !showsSecrets else { return lines }
    return try hidingSecrets { () throws(Diagnostic) in
      let (set, realPaths) = try read()
      let names = Dictionary(realPaths.map { ($0.value, $0.key) }) { first, _ in first }
      // A file that is no part of the set is not known to hold anything.
      let name = names[path] ?? "\(path)"
      var records: [RecordedRun] = []
      for record in try history.ledger().effective where record.files.contains(where: { $0.path == path }) {
        records.append(try recorded(record, names))
      }
      guard let secrets = try secrets(of: set, records: records, schemas: try product.allSchemas()) else {
        return lines
      }
      return lines.map { $0.hiding { secrets.hidden(line: $0, of: name) } }
    }
  }
}

extension BlamedLine {
  fileprivate func hiding(_ hidden: (String) -> String) -> BlamedLine {
    var line = self
    line.text = hidden(text)
    if case .migrated(var migration) = origin {
      migration.before = migration.before.map(hidden)
      line.origin = .migrated(migration)
    }
    return line
  }
}
