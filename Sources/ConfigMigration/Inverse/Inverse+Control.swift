import ConfigDocument

extension EachOperation {
  package func inverse(of operation: Operation) -> Inverse {
    let held = operations.inverse
    guard !held.steps.isEmpty else { return Inverse(gaps: held.gaps) }
    var inverse = Inverse.step(
      "each", [("in", .array(addresses.map { operation.text($0) }))], for: operation)
    inverse.steps[0].inner = held.steps + held.prunes(for: operation)
    inverse.gaps = held.gaps
    return inverse
  }
}

extension GroupOperation {
  package func inverse(of operation: Operation) -> Inverse {
    let held = operations.inverse
    guard !held.steps.isEmpty else { return Inverse(gaps: held.gaps) }
    var inverse = Inverse.step("group", [], for: operation)
    inverse.steps[0].inner = held.steps
    inverse.gaps = held.gaps
    inverse.containers = held.containers
    return inverse
  }
}

extension FileOperation {
  package func inverse(of operation: Operation) -> Inverse {
    switch action {
    case .create(let path, _, _, _): .step("file", [("remove", .string(path.text))], for: operation)
    case .rename(let path, let target):
      .step("file", [("rename", .string(target.text)), ("to", .string(path.text))], for: operation)
    case .remove: .gap("what the file held", of: operation)
    }
  }
}

extension RequireOperation {
  package func inverse(of operation: Operation) -> Inverse { .nothing }
}

extension NoteOperation {
  package func inverse(of operation: Operation) -> Inverse { .nothing }
}

extension PruneOperation {
  /// What is moved back brings its containers along.
  package func inverse(of operation: Operation) -> Inverse { .nothing }
}

extension Inverse {
  /// The operations that remove the containers which the others have emptied.
  package func prunes(for origin: Operation) -> [Step] {
    containers.sorted { $0.tokens.count > $1.tokens.count }.map {
      Step(name: "prune", fields: Object([("path", .string($0.text))]), origin: origin)
    }
  }
}
