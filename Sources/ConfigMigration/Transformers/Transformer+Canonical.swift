import ConfigDocument

extension Transformer {
  /// What the transformer means, as bytes: the same for any layout, comment or order of fields, another one for any
  /// change of what it does. A checksum of it tells whether a transformer is still the one that was reviewed.
  ///
  /// A Swift transformer is stood for by its `revision`.
  public var canonicalForm: [UInt8] {
    var members: [(key: String, value: Value)] = [
      ("transformer", 1), ("product", .string(productName)), ("from", .string(from.label)),
      ("to", .string(to.label)),
    ]
    switch steps {
    case .operations(let operations):
      members.append(("operations", .array(operations.map(\.canonical))))
    case .program(let program): members.append(("revision", .string(program.revision)))
    }
    return Array(Value.object(Object(members)).description.utf8)
  }
}

extension Operation {
  /// The operation with its fields in the order of their names. What is inside of values keeps its order: new keys are
  /// written in it.
  fileprivate var canonical: Value {
    var fields: [(key: String, value: Value)] = []
    if case .object(let object) = self.fields {
      for (key, value) in object.members {
        let holdsOperations = !inner.isEmpty && (key == "operations" || key == "do")
        fields.append((key, holdsOperations ? .array(inner.map(\.canonical)) : value))
      }
    }
    // The code that it names is elsewhere.
    if !body.revisions.isEmpty { fields.append(("revisions", .array(body.revisions.map(Value.string)))) }
    fields.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    return .object(Object([(name, .object(Object(fields)))]))
  }
}
