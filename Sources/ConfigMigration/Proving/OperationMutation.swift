package import ConfigDocument

/// A transformer with one small fault in it: an operation left out, or one of its values another.
package struct OperationMutation: Sendable {
  /// What the fault is, for people.
  package var summary: String
  /// The operation that it was made in.
  package var operation: Operation
  /// All operations of the transformer, with the fault.
  package var operations: [Value]
}

extension OperationMutation {
  /// Every mutation of the operations: each one dropped, and each of its values perturbed.
  package static func all(of operations: [Operation]) -> [OperationMutation] {
    let sources = operations.map(\.source)
    return operations.indices.flatMap { index in
      mutations(of: operations[index], source: sources[index]).map { mutation in
        var changed = sources
        changed.replaceSubrange(index...index, with: mutation.replacement.map { [$0] } ?? [])
        return OperationMutation(summary: mutation.summary, operation: mutation.operation, operations: changed)
      }
    }
  }

  private typealias Mutation = (summary: String, operation: Operation, replacement: Value?)

  private static func mutations(of operation: Operation, source: Value) -> [Mutation] {
    // What a requirement forbids no pair can show: it has no result.
    if operation.name == "require" { return [] }
    var found: [Mutation] = [("left out", operation, nil)]
    guard let fields = operation.fields.object else { return found }
    for key in perturbed {
      guard let value = fields[key], let (other, words) = perturbation(of: value) else { continue }
      found.append(("with `\(key)`\(words)", operation, operation.source(with: key, as: other)))
    }
    for key in ["operations", "do"] where fields[key] != nil && !operation.inner.isEmpty {
      let inner = operation.inner.map(\.source)
      for index in operation.inner.indices {
        for mutation in mutations(of: operation.inner[index], source: inner[index]) {
          var changed = inner
          changed.replaceSubrange(index...index, with: mutation.replacement.map { [$0] } ?? [])
          found.append((mutation.summary, mutation.operation, operation.source(with: key, as: .array(changed))))
        }
      }
    }
    return found
  }

  /// The fields whose values say what is written. Addresses are not among them: another one is another operation.
  private static let perturbed = ["value", "to", "values", "with", "key", "unit", "comment", "message"]

  private static func perturbation(of value: Value) -> (Value, String)? {
    switch value {
    case .bool(let flag): return (.bool(!flag), " \(!flag)")
    case .number(let number):
      guard let int = number.int else { return nil }
      return (.number(Number(int + 1)), " \(int + 1)")
    case .string(let text):
      // Another unit, shape or type would be refused, which proves nothing.
      if text.utf8.first == UInt8(ascii: "/") { return (.string(text + "_"), " \(text)_") }
      return (.string(text + "x"), " \(text)x")
    case .object(let object):
      for (key, inner) in object.members {
        guard let (other, words) = perturbation(of: inner) else { continue }
        var changed = object
        changed[key] = other
        return (.object(changed), ".\(key)\(words)")
      }
      return nil
    case .array(let items):
      // Pairs of a table: the new value.
      guard let last = items.last else { return nil }
      guard let (other, words) = perturbation(of: last) else { return nil }
      return (.array(items.dropLast() + [other]), " …\(words)")
    case .null: return nil
    }
  }
}

extension Operation {
  /// The operation as a transformer file says it.
  package var source: Value { name == "group" ? fields : .object(Object([(name, fields)])) }

  fileprivate func source(with key: String, as value: Value) -> Value {
    var fields = fields.object ?? Object()
    fields[key] = value
    return name == "group" ? .object(fields) : .object(Object([(name, .object(fields))]))
  }
}
