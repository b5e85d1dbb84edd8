import ConfigDocument

extension MoveOperation {
  package func inverse(of operation: Operation) -> Inverse {
    guard to.tokens.last != .end else {
      return .gap("which items of the list came from where", of: operation, isWhole: true)
    }
    guard !from.hasWildcard, from.captureNames.allSatisfy(to.captureNames.contains) else {
      return .gap("where each of them was", of: operation, isWhole: true)
    }
    return Inverse.step(
      "move", [("from", operation.text(to.inFile(of: from))), ("to", operation.text(from))], for: operation
    ).emptying(above: to)
  }
}

extension RenameOperation {
  package func inverse(of operation: Operation) -> Inverse {
    guard case .key(let key)? = path.tokens.last else {
      return .gap("the keys of before", of: operation, isWhole: true)
    }
    var renamed = path
    renamed.tokens[renamed.tokens.count - 1] = .key(to)
    renamed.text = (path.parent?.text ?? "") + "/" + AddressPattern.escaped(to)
    return .step("rename", [("path", operation.text(renamed)), ("to", .string(key))], for: operation)
  }
}

extension CopyOperation {
  package func inverse(of operation: Operation) -> Inverse {
    guard to.tokens.last != .end, !from.hasWildcard else {
      return .gap("which of the items are copies", of: operation)
    }
    let isEqual: Value = .object(
      Object([(to.text, .object(Object([("equals", .object(Object([("path", .string(from.text))])))])))]))
    return Inverse.step("remove", [("path", operation.text(to)), ("when", isEqual)], for: operation).emptying(above: to)
  }
}

extension RemoveOperation {
  package func inverse(of operation: Operation) -> Inverse {
    guard let restore, !path.hasWildcard, case .key? = path.tokens.last else {
      return .gap("what was removed", of: operation)
    }
    return Inverse.step("default", [("path", operation.text(path)), ("value", restore)], for: operation)
      .addingGap("what was removed, where it was not the value to restore", of: operation)
  }
}

extension SetOperation {
  package func inverse(of operation: Operation) -> Inverse { .gap("what stood there before", of: operation) }
}

extension DefaultOperation {
  package func inverse(of operation: Operation) -> Inverse {
    switch source {
    case .value(let value):
      return Inverse.step("drop_default", [("path", operation.text(path)), ("value", value)], for: operation)
        .emptying(above: path)
    case .address(let from):
      let isEqual: Value = .object(
        Object([(path.text, .object(Object([("equals", .object(Object([("path", .string(from.text))])))])))]))
      return Inverse.step("remove", [("path", operation.text(path)), ("when", isEqual)], for: operation)
        .emptying(above: path)
    }
  }
}

extension PinDefaultOperation {
  package func inverse(of operation: Operation) -> Inverse { creation.inverse(of: operation) }
}

extension DropDefaultOperation {
  package func inverse(of operation: Operation) -> Inverse {
    guard !path.hasWildcard, case .key? = path.tokens.last else {
      return .gap("where the default was written out", of: operation)
    }
    return .step("default", [("path", operation.text(path)), ("value", value)], for: operation)
  }
}

extension MergeOperation {
  package func inverse(of operation: Operation) -> Inverse {
    guard case .value(let value) = source, !into.hasWildcard else {
      return .gap("what stood where before", of: operation, isWhole: true)
    }
    var inverse = Inverse()
    undo(value, at: into, operation, &inverse)
    if onConflict == .replace { inverse = inverse.addingGap("values that it replaced", of: operation) }
    return inverse
  }

  /// Everything that is still as it was put there goes, innermost first.
  private func undo(_ value: Value, at address: AddressPattern, _ operation: Operation, _ inverse: inout Inverse) {
    switch value {
    case .object(let object) where !object.isEmpty:
      for (key, value) in object.members.reversed() {
        undo(value, at: address.appending(key), operation, &inverse)
      }
      inverse.containers.append(address)
    case .array(let items) where appendsLists:
      inverse.steps +=
        Inverse.step("discard", [("from", operation.text(address)), ("values", .array(items))], for: operation)
        .steps
    default:
      inverse.steps +=
        Inverse.step("drop_default", [("path", operation.text(address)), ("value", value)], for: operation).steps
    }
  }
}

extension AddressPattern {
  /// The address in the file that `other` names, where it names none itself.
  package func inFile(of other: AddressPattern) -> AddressPattern {
    guard file == nil, other.file != nil else { return self }
    let prefix = other.text.utf8.prefix { $0 != UInt8(ascii: "#") }
    var copy = self
    (copy.file, copy.document) = (other.file, other.document)
    copy.text = String(decoding: prefix, as: UTF8.self) + "#" + text
    return copy
  }
}
