package import ConfigDocument

extension WorkingSet {
  /// Runs operations one after the other.
  /// - Throws: the first error of an operation, with its place beside it; `required-address`.
  package mutating func run(_ operations: [Operation], in scope: Scope) throws(Diagnostic) {
    var scope = scope
    for operation in operations {
      let unitCount = units.count
      let author = author(of: operation)
      let outer = current
      current = CurrentOperation(name: operation.name, place: operation.place, author: author)
      do {
        tallies[author.rawValue, default: 0] += try operation.body.run(as: operation, on: &self, in: scope)
      } catch {
        throw blaming(error)
      }
      current = outer
      scope = followed(scope, from: unitCount)
    }
  }

  /// Runs the operations of a transformer on the whole set.
  package mutating func runAll(_ operations: [Operation]) throws(Diagnostic) {
    for operation in operations {
      try run([operation], in: wholeScope)
      try checkRequired(operation)
      restoreOrder()
    }
  }

  /// The scope of an operation that is in no group and no `each`.
  package var wholeScope: Scope {
    var scope = Scope(unitCount: units.count)
    // What only stands alone has no base.
    scope.createsInBase = !baseUnits.isEmpty
    return scope
  }

  private func checkRequired(_ operation: Operation) throws(Diagnostic) {
    if operation.modifiers.required, tally(of: operation) == 0 {
      let address = operation.body.sources.first.map { "`\($0)`" } ?? "its address"
      throw Diagnostic(
        .requiredAddress, "the operation `\(operation.name)` found nothing at \(address), and says that it is required",
        at: operation.place, hint: "the set may not be what its version says")
    }
    for inner in operation.inner { try checkRequired(inner) }
  }

  /// How many places the operation found.
  package func tally(of operation: Operation) -> Int {
    guard let place = operation.place, let author = authorsByPlace[place] else { return 0 }
    return tallies[author.rawValue] ?? 0
  }

  /// An operation that runs again, for the next item of an `each`, is the same author.
  private mutating func author(of operation: Operation) -> EditAuthor {
    if let place = operation.place, let known = authorsByPlace[place] { return known }
    let author = newAuthor(operation.name, at: operation.place)
    if let place = operation.place { authorsByPlace[place] = author }
    return author
  }

  package mutating func newAuthor(_ operation: String, at place: SourcePlace?) -> EditAuthor {
    let author = EditAuthor(rawValue: nextAuthor)
    nextAuthor += 1
    findingsBefore.append(findings.count)
    authors.append(
      AuthorRecord(author: author, transformer: transformer, operation: operation, place: place))
    return author
  }
}
