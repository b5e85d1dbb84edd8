import ConfigDocument

/// The operations of a transformer in the order in which they run, each with its addresses made absolute.
package struct OperationFlow: Sendable {
  package struct Step: Sendable {
    package var operation: Operation
    package var footprint: Footprint
    /// Whether it may be left out: by its own condition or layers, or by those of what holds it.
    package var isConditional: Bool
    /// Its conditions and those of what holds it, as addresses.
    package var asked: [AddressPattern]
  }

  package private(set) var steps: [Step] = []

  package init(_ operations: [Operation]) { append(operations, within: nil, isConditional: false) }

  private mutating func append(_ operations: [Operation], within outer: AddressPattern?, isConditional: Bool) {
    for operation in operations {
      var footprint = operation.body.footprint
      footprint.reads = footprint.reads.map { $0.within(outer) }
      footprint.takes = footprint.takes.map { $0.within(outer) }
      footprint.makes = footprint.makes.map { $0.within(outer) }
      let isConditional = isConditional || operation.modifiers.when != nil || operation.modifiers.layers != nil
      let asked = (operation.modifiers.when?.addresses ?? []).map { $0.within(outer) }
      steps.append(
        Step(operation: operation, footprint: footprint, isConditional: isConditional, asked: asked))
      let isRelative = operation.body is EachOperation
      append(
        operation.inner, within: isRelative ? operation.body.sources.first?.within(outer) : outer,
        isConditional: isConditional)
    }
  }
}

extension OperationFlow.Step {
  /// All addresses that it names as its own: not those of its conditions.
  package var addresses: [AddressPattern] {
    footprint.reads + footprint.takes + footprint.makes.filter { $0.tokens.last != .deep }
  }
}
