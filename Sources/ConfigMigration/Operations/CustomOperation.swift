package import ConfigDocument

/// `custom`: makes another value of a value by code that the language does not have: a Swift closure, or a program.
package struct CustomOperation: OperationBody {
  package enum Code: Sendable {
    case swift(CustomChange)
    case program(CustomProgram)
  }

  /// The value; where it is left out, the whole of each document.
  package var path: AddressPattern
  package var code: Code
  /// The code of the way back.
  package var down: Code?

  package var sources: [AddressPattern] { [path] }

  package var programs: [CustomProgram] {
    [code, down].compactMap { if case .program(let program) = $0 { program } else { nil } }
  }

  package var revisions: [String] {
    [code, down].compactMap { if case .swift(let change) = $0 { change.revision } else { nil } }
  }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    path = try fields.optionalAddress("path") ?? AddressPattern(Pointer())
    let swift = fields.optional("swift")
    let run = fields.optional("run")
    let seconds = try Self.seconds(&fields)
    switch (swift, run) {
    case (let node?, nil): code = .swift(try fields.change(node, field: "swift"))
    case (nil, let node?):
      code = .program(try CustomProgram(node, of: fields.document, field: "run", seconds: seconds ?? 60))
    case (.some, let node?):
      throw Diagnostic(
        .badValue, "`custom` has both `swift` and `run`", at: fields.document.place(of: node), hint: "keep one of them")
    case (nil, nil):
      throw Diagnostic(
        .missingField, "`custom` has neither `swift` nor `run`", at: fields.place,
        hint: "name a Swift change, or a program as `run: [program, …]`")
    }
    if let seconds, swift != nil, let node = fields.optional("timeout") {
      throw Diagnostic(
        .badValue, "only a program has a `timeout`, and \(seconds) s of a Swift change cannot be kept",
        at: fields.document.place(of: node))
    }
    if let node = fields.optional("down") {
      down =
        swift != nil
        ? .swift(try fields.change(node, field: "down"))
        : .program(try CustomProgram(node, of: fields.document, field: "down", seconds: seconds ?? 60))
    }
  }

  private static func seconds(_ fields: inout FieldReader) throws(Diagnostic) -> Int? {
    guard let node = fields.optional("timeout") else { return nil }
    guard let seconds = fields.document.value(of: node).int, (1...3_600).contains(seconds) else {
      throw fields.document.wrongType(node, field: "timeout", wanted: "a whole number of seconds, from 1 to 3600")
    }
    return seconds
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    try set.reconcileValues(at: path, as: Work(operation, in: scope)) { set, unit, match throws(Diagnostic) in
      switch code {
      case .swift(let change):
        var value = set.document(of: unit).value(of: match.node)
        try change.body(&value, match.captures)
        return value
      case .program(let program): return try set.result(of: program, at: match, in: unit)
      }
    }
  }
}

extension FieldReader {
  /// The Swift change that a field names.
  fileprivate func change(_ node: NodeID, field: String) throws(Diagnostic) -> CustomChange {
    let name = try document.requireText(node, field: field)
    let known = surroundings.changes
    if let change = known.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) { return change }
    throw Diagnostic(
      .badValue, "this program has no Swift change `\(name)`", at: document.place(of: node),
      hint: SpellingSuggestion.didYouMean(name, among: known.map(\.name))
        ?? "use the binary that was built with it; its `CustomChange`s are given to `CfgmigrateCommand.start`")
  }
}
