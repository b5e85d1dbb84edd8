import ConfigDocument

extension WrapOperation {
  package func inverse(of operation: Operation) -> Inverse {
    .step("unwrap", [("path", operation.text(path)), ("as", operation.field("as"))], for: operation)
  }
}

extension UnwrapOperation {
  package func inverse(of operation: Operation) -> Inverse {
    .step("wrap", [("path", operation.text(path)), ("as", operation.field("as"))], for: operation)
  }
}

extension SplitOperation {
  package func inverse(of operation: Operation) -> Inverse {
    guard let separator = operation.field("separator") else {
      return .gap("what stood between the parts", of: operation, isWhole: true)
    }
    let inverse = Inverse.step(
      "join", [("path", operation.text(path)), ("separator", separator), ("from", operation.field("into"))],
      for: operation)
    return operation.field("trim")?.bool == true
      ? inverse.addingGap("blanks around the parts", of: operation) : inverse
  }
}

extension JoinOperation {
  package func inverse(of operation: Operation) -> Inverse {
    .step(
      "split",
      [("path", operation.text(path)), ("separator", operation.field("separator")), ("into", operation.field("from"))],
      for: operation
    ).addingGap("whether a part was a number or a text", of: operation)
  }
}

extension PivotOperation {
  package func inverse(of operation: Operation) -> Inverse {
    .step("unpivot", [("path", operation.text(path)), ("key", .string(key))], for: operation)
  }
}

extension UnpivotOperation {
  package func inverse(of operation: Operation) -> Inverse {
    .step("pivot", [("path", operation.text(path)), ("key", .string(key))], for: operation)
  }
}

extension InsertOperation {
  package func inverse(of operation: Operation) -> Inverse {
    Inverse.step("discard", [("from", operation.text(into)), ("values", .array(values))], for: operation)
      .emptying(above: into.appending("-"))
  }
}

extension DiscardOperation {
  package func inverse(of operation: Operation) -> Inverse { .gap("the items that it removed", of: operation) }
}

extension ArrangeOperation {
  package func inverse(of operation: Operation) -> Inverse {
    .gap(dedupe ? "the order, and the items that were there twice" : "the order of before", of: operation)
  }
}
