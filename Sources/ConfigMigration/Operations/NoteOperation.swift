package import ConfigDocument

/// `note`: tells the operator something.
package struct NoteOperation: OperationBody {
  package var level: MigrationNote.Level
  package var message: String
  package var path: AddressPattern?
  package var code: String?
  package var doc: String?

  package var sources: [AddressPattern] { path.map { [$0] } ?? [] }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    level = try fields.document.requireWord(
      try fields.required("level"), field: "level", MigrationNote.Level.self)
    message = try fields.text("message")
    path = try fields.optionalAddress("path")
    code = try fields.optionalText("code")
    doc = try fields.optionalText("doc")
    if let code, let node = fields.optional("code"), !code.isKebabCase {
      throw Diagnostic(
        .badValue, "`\(code)` is no code", at: fields.document.place(of: node),
        hint: "write small letters, digits and hyphens, like `reissue-tokens`")
    }
    if level == .action, code == nil {
      throw Diagnostic(
        .missingField, "a note of level `action` needs a `code`, by which it is acknowledged", at: fields.place,
        hint: "add `code: …`, a short name in kebab case")
    }
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    let work = Work(operation, in: scope)
    var places: [SourcePlace] = []
    var count = 0
    var captures = scope.captures
    if let path {
      for unit in set.selectedUnits(work, for: path) {
        let bound = set.fileCaptures(path, unit: unit, scope.captures)
        for match in set.found(path.within(scope.prefix), in: unit, bound) {
          if let when = work.when {
            guard try set.holds(when, for: set.subject(work, unit: unit, captures: match.captures)) else { continue }
          }
          if count == 0 { captures = match.captures }
          count += 1
          // What this migration made stands nowhere yet.
          if set.document(of: unit).isInSource(match.node) { places.append(set.place(of: match.node, in: unit)) }
        }
      }
      guard count > 0 else { return 0 }
    } else if let when = work.when {
      var holds = false
      for units in set.configurations(in: scope) {
        let subject = ConditionSubject(
          units: units, effectiveUnits: units, prefix: scope.prefix, captures: scope.captures)
        holds = try set.holds(when, for: subject)
        if holds { break }
      }
      guard holds else { return 0 }
    } else {
      guard scope.createsInBase || !scope.units.isEmpty else { return 0 }
    }
    set.tell(
      MigrationNote(
        level: level, code: code, message: captures.fill(message), doc: doc, places: places,
        transformer: set.transformer))
    return max(1, count)
  }
}

extension WorkingSet {
  /// Adds a note. What an `each` tells of each of its items is told once, with all the places.
  fileprivate mutating func tell(_ note: MigrationNote) {
    var other = note
    let same = notes.firstIndex {
      other.places = $0.places
      return $0 == other
    }
    if let same {
      notes[same].places += note.places
    } else {
      notes.append(note)
    }
  }
}

extension String {
  fileprivate var isKebabCase: Bool {
    !isEmpty && utf8.allSatisfy { ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == UInt8(ascii: "-") }
  }
}
