public import ConfigDocument

/// What undoes an operation, said in the language itself: it can be printed, checked and run like any other.
package struct Inverse: Sendable {
  /// One operation of the way back.
  package struct Step: Sendable {
    package var name: String
    package var fields: Object
    /// The operation that it undoes.
    package var origin: Operation
    /// What an `each` or a group holds.
    package var inner: [Step] = []
    /// What it does, where the fields alone do not tell: code has no text.
    package var body: (any OperationBody)?
  }

  /// In the order in which they run.
  package var steps: [Step] = []
  /// Containers that the operation may have made only to hold something, innermost first.
  package var containers: [AddressPattern] = []
  /// What is not known on the way back, unless it was recorded.
  package var gaps: [Gap] = []

  /// Nothing has to be undone.
  package static let nothing = Inverse()
}

/// Something that an operation does not tell the way back.
public struct Gap: Hashable, Sendable {
  /// The name of the operation: `set`, `remove`, `swift`.
  public var operation: String
  /// What the operation is about; see ``Operation/subject``.
  public var subject: String
  /// Where the operation is written; nil for a Swift transformer.
  public var place: SourcePlace?
  /// What is lost without a record: `what stood there before`.
  public var reason: String
  /// Why the author of the transformer accepts it, where that is said.
  public var accepted: String?
  /// Whether the way back of the operation is not known at all; else only a part of what it did.
  public var isWhole: Bool
}

extension Inverse {
  /// One operation.
  package static func step(
    _ name: String, _ fields: [(key: String, value: Value?)], for origin: Operation
  ) -> Inverse {
    let known = fields.compactMap { key, value in value.map { (key: key, value: $0) } }
    return Inverse(steps: [Step(name: name, fields: Object(known), origin: origin)])
  }

  /// Nothing that the language could say; `reason` is what is not known.
  package static func gap(_ reason: String, of origin: Operation, isWhole: Bool = false) -> Inverse {
    Inverse(gaps: [Gap(origin, reason, isWhole: isWhole)])
  }

  package func addingGap(_ reason: String, of origin: Operation) -> Inverse {
    var copy = self
    copy.gaps.append(Gap(origin, reason))
    return copy
  }

  /// The parents of what was put at `address` go when the way back empties them.
  package func emptying(above address: AddressPattern) -> Inverse {
    var copy = self
    var parent = address.parent
    while let address = parent, !address.tokens.isEmpty, address.tokens.last != .end {
      copy.containers.append(address)
      parent = address.parent
    }
    return copy
  }
}

extension Gap {
  package init(_ origin: Operation, _ reason: String, isWhole: Bool = false) {
    self.init(
      operation: origin.name, subject: origin.subject, place: origin.place, reason: reason,
      accepted: origin.modifiers.lossy, isWhole: isWhole)
  }
}

extension [Operation] {
  /// The inverse of the operations, last one first.
  package var inverse: Inverse {
    var whole = Inverse()
    for operation in reversed() {
      let one = operation.inverse
      whole.steps += one.steps
      whole.gaps += one.gaps
      for container in one.containers where !whole.containers.contains(container) {
        whole.containers.append(container)
      }
    }
    return whole
  }
}
