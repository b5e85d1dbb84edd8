package import ConfigDocument
internal import DataMigration

/// Finds in Django migrations what takes sites down. What is not written down as literals is not known, and is told.
package struct DjangoCheck {
  private let library: FieldLibrary?
  private let reader: DjangoReader

  package init(library: FieldLibrary?, reader: DjangoReader) {
    self.library = library
    self.reader = reader
  }

  /// - Throws: `command-missing` where there is no Python.
  package func check(_ source: [UInt8], named path: String) throws(Diagnostic) -> CheckedMigration {
    let text = MigrationText(path: path, source: source)
    let tree: Value
    do throws(Diagnostic) { tree = try reader.read(text) } catch {
      guard error.code == .migrationUnread else { throw error }
      return CheckedMigration(path: path, findings: [error], waived: [])
    }
    var run = DjangoFindings(text: text, library: library, isAtomic: tree["atomic"]?.bool ?? true)
    let comments = (tree["comments"]?.array ?? []).compactMap { DjangoComment($0) }
    if comments.contains(where: { $0.text == "@phase contract" }) { run.phase = .contract }
    if tree["found"]?.bool != true {
      run.unread("there is no class `Migration` in it", at: text.place(0))
    }
    for list in tree["operations"]?.array ?? [] { run.operations(list) }
    return waivers(comments, run).applied(to: run.findings, in: path)
  }

  /// A waiver holds for the operation behind it, or around it.
  private func waivers(_ comments: [DjangoComment], _ run: DjangoFindings) -> Waivers {
    var waivers = Waivers()
    for comment in comments {
      let lines =
        run.spans.last { $0.contains(comment.line) } ?? run.spans.filter { $0.lowerBound >= comment.line }.min {
          $0.lowerBound < $1.lowerBound
        } ?? comment.line...comment.line
      let place = run.text.place(line: comment.line, column: comment.column + 1, length: comment.length)
      waivers.add(comment.text, at: place, for: lines)
    }
    return waivers
  }
}

private struct DjangoComment {
  var text: String
  var line: Int
  var column: Int
  var length: Int

  init?(_ value: Value) {
    guard let text = value["text"]?.string, let line = value["line"]?.int, let column = value["column"]?.int else {
      return nil
    }
    length = text.utf8.count
    self.text = String(text.drop { $0 == "#" || $0.isWhitespace })
    self.line = line
    self.column = column
  }
}
