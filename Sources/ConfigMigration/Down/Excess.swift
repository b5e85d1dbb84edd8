public import ConfigDocument
import ConfigSchema

extension Plan {
  /// A value that the older version has no place for, on a way down for which nothing was recorded. It is not in the result.
  public struct Excess: Hashable, Sendable {
    /// The file of the result, and the place in it.
    public var path: String
    public var pointer: Pointer
    /// The value as messages show it.
    public var shown: String
  }
}

extension Plan.Excess {
  /// What is left out, in one sentence.
  public func sentence(to version: String) -> String {
    "`\(pointer)` of \(path) is \(shown), and version \(version) has no such thing"
  }
}

/// Leaves out what the schema of the older version calls unknown.
///
/// Without a record nobody can say which of these values the upgrade brought, and none of them can stay. What the newer schema
/// refuses too was wrong before, and is left to the validation.
struct ExcessRemoval {
  let product: Product
  let schema: Schema
  /// What was there before the way down, with the schema of its version.
  let newer: (set: ConfigurationSet, schema: Schema?)

  /// Removing one thing may show another.
  private static let rounds = 8

  func remove(from files: inout FileBytes) throws(Diagnostic) -> [Plan.Excess] {
    let wrong = try newer.schema.map { schema throws(Diagnostic) in
      Set(try unknown(to: schema, in: WorkingSet(newer.set)).map(\.excess.pointer))
    }
    var excesses: [Plan.Excess] = []
    for _ in 0..<Self.rounds {
      var working = WorkingSet(try ConfigurationSet(product: product, files: files.map { ($0.key, $0.value) }))
      let found = try unknown(to: schema, in: working).filter { !(wrong ?? []).contains($0.excess.pointer) }
      guard !found.isEmpty else { break }
      var changed: Set<Int> = []
      for (excess, file, node) in found {
        // Several configurations may find one thing, and two findings one within the other.
        guard !excesses.contains(where: { $0.path == excess.path && excess.pointer.isWithin($0.pointer) }) else {
          continue
        }
        excesses.append(excess)
        try working.files[file].document.remove(node)
        changed.insert(file)
      }
      for file in changed { files[working.files[file].path] = try working.files[file].document.render().bytes }
    }
    return excesses
  }

  private typealias Found = (excess: Plan.Excess, file: Int, node: NodeID)

  private func unknown(to schema: Schema, in working: WorkingSet) throws(Diagnostic) -> [Found] {
    try working.violations(of: schema, severity: .error).compactMap { finding in
      guard finding.code == .schemaAdditional, let place = finding.place,
        let file = working.files.firstIndex(where: { $0.path == place.file })
      else { return nil }
      let document = working.files[file].document
      guard let node = document.node(at: place) else { return nil }
      let pointer = document.pointer(to: node)
      return (
        Plan.Excess(path: place.file, pointer: pointer, shown: product.shown(document.value(of: node), at: pointer)),
        file, node
      )
    }
  }
}

extension Document {
  /// The value whose key, or which itself, starts at the place. Complexity: O(n).
  fileprivate func node(at place: SourcePlace) -> NodeID? {
    func starts(_ node: NodeID) -> Bool {
      let own = self.place(of: node)
      return own.line == place.line && own.column == place.column
    }
    var rest = roots
    while let node = rest.popLast() {
      for (key, value) in entries(of: node) {
        if starts(key) { return value }
        rest.append(value)
      }
      for item in items(of: node) {
        if starts(item) { return item }
        rest.append(item)
      }
    }
    return nil
  }
}
