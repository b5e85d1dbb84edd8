internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore

extension Plan {
  /// The plan in the shape that docs/json-output.md describes. It holds no contents of files.
  var json: Value {
    let sum = summary
    return [
      "product": .string(product), "from": .string(from), "to": .string(to),
      "changes": .bool(changesAnything), "down": .bool(isDown),
      "losses": .array(losses.map { $0.json(isDown: isDown) }), "conflicts": .array(conflicts.map(\.json)),
      "left_out": .array(excesses.map { ["path": .string($0.path), "pointer": .string("\($0.pointer)")] }),
      "steps": .array(steps.map(\.json)),
      "files": .array(files.map { $0.json(by: authors) }),
      "notes": .array(notes.map(\.json)),
      "validation": validation.json,
      "summary": [
        "transformers": .number(Number(sum.steps)), "operations": .number(Number(sum.operations)),
        "files": .number(Number(sum.files)), "files_changed": .number(Number(sum.filesChanged)),
        "lines_added": .number(Number(sum.linesAdded)), "lines_removed": .number(Number(sum.linesRemoved)),
        "warnings": .number(Number(sum.warnings)), "notes": .number(Number(sum.notes)),
        "actions": .number(Number(sum.actions)), "errors": .number(Number(sum.errors)),
      ],
      "values": ledger.counts,
    ]
  }

  /// What the plan found, errors first.
  var findings: [Diagnostic] { validation.target + validation.between + warnings + validation.source }
}

extension Plan.Loss {
  fileprivate func json(isDown: Bool) -> Value {
    var object = Object([
      ("transformer", .string(transformer)), ("operation", .string(gap.operation)),
      ("message", .string(sentence(isDown: isDown))),
    ])
    if let place = gap.place { object["place"] = place.json }
    return .object(object)
  }
}

extension Plan.Conflict {
  fileprivate var json: Value {
    [
      "path": .string(path), "document": .number(Number(conflict.document)),
      "pointer": .string("\(conflict.pointer)"), "edit": .string(shown.ours), "after": .string(shown.base),
      "before": .string(shown.theirs),
    ]
  }
}

extension Plan.Step {
  fileprivate var json: Value {
    [
      "id": .string(id), "from": .string(from), "to": .string(to), "summary": .string(summary),
      "file": file.map(Value.string) ?? .null, "operations": .array(operations.map(\.json)),
    ]
  }
}

extension Plan.OperationOutcome {
  fileprivate var json: Value {
    var object = Object([
      ("operation", .string(name)), ("subject", .string(subject)), ("matches", .number(Number(matches))),
    ])
    if let place { object["place"] = place.json }
    if !inner.isEmpty { object["operations"] = .array(inner.map(\.json)) }
    return .object(object)
  }
}

extension Plan.PlannedFile {
  fileprivate func json(by authors: [AuthorRecord]) -> Value {
    func digest(_ bytes: [UInt8], of path: String?) -> Value { path == nil ? .null : .string("\(Digest(of: bytes))") }
    var object = Object([
      ("path", .string(path)), ("layer", .string(layer.name)), ("changes", .bool(isChanged)),
      ("lines_added", .number(Number(linesAdded))), ("lines_removed", .number(Number(linesRemoved))),
      ("before", digest(old, of: oldPath)), ("after", digest(new, of: newPath)),
    ])
    if case .renamed(let from) = fate { object["renamed_from"] = .string(from) }
    if let ledger, !ledger.leaves.isEmpty { object["values"] = .array(ledger.leaves.map { $0.json(by: authors) }) }
    return .object(object)
  }
}

extension LeafLedger {
  fileprivate var counts: Value {
    var object = Object([("all", .number(Number(count))), ("kept", .number(Number(kept)))])
    for fate in Fate.allCases { object[fate.rawValue] = .number(Number(count(fate))) }
    return .object(object)
  }
}

extension LeafLedger.Leaf {
  fileprivate func json(by authors: [AuthorRecord]) -> Value {
    var object = Object([
      ("pointer", .string("\(pointer)")), ("place", place.json), ("fate", .string(fate.rawValue)),
    ])
    if let record = authors.first(where: { $0.author == author }) {
      object["transformer"] = .string(record.transformer)
      object["operation"] = .string(record.operation)
      if let place = record.place { object["by"] = place.json }
    }
    return .object(object)
  }
}

extension MigrationNote {
  fileprivate var json: Value {
    var object = Object([("level", .string(level.rawValue)), ("message", .string(message))])
    if let code { object["code"] = .string(code) }
    if let doc { object["doc"] = .string(doc) }
    object["transformer"] = .string(transformer)
    if !places.isEmpty { object["places"] = .array(places.map(\.json)) }
    return .object(object)
  }
}

extension Plan.Validation {
  fileprivate var json: Value {
    [
      "before": Self.json(hasSourceSchema, source), "after": Self.json(hasTargetSchema, target),
      "between": .array(between.map(\.json)),
    ]
  }

  private static func json(_ hasSchema: Bool, _ findings: [Diagnostic]) -> Value {
    ["schema": .bool(hasSchema), "findings": .array(findings.map(\.json))]
  }
}
