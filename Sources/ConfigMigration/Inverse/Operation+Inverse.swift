package import ConfigDocument

extension Operation {
  /// What undoes the operation: what its `reverse` says, else what is derived.
  package var inverse: Inverse {
    var inverse =
      if let reverse = modifiers.reverse { body.inverse(of: self, reverse: reverse) } else { body.inverse(of: self) }
    for index in inverse.steps.indices {
      if let layers = modifiers.layers, inverse.steps[index].fields["layers"] == nil {
        inverse.steps[index].fields["layers"] = .string(layers.rawValue)
      }
    }
    return inverse
  }
}

extension OperationBody {
  /// `reverse` holds an operation, or a list of them.
  package func inverse(of operation: Operation, reverse: Value) -> Inverse {
    var inverse = Inverse()
    for item in reverse.array ?? [reverse] {
      guard let (name, fields) = item.object?.members.first, let fields = fields.object else { continue }
      inverse.steps.append(Inverse.Step(name: name, fields: fields, origin: operation))
    }
    return inverse
  }

  package func inverse(of operation: Operation) -> Inverse {
    .gap("how it is undone", of: operation, isWhole: true)
  }
}

extension Operation {
  /// A field as it is written.
  package func field(_ name: String) -> Value? { fields.object?[name] }

  /// The address as it is written, for use in another operation.
  package func text(_ address: AddressPattern) -> Value { .string(address.text) }
}
