package import ConfigDocument

/// `split`: makes a list, or a mapping of named parts, of a text.
package struct SplitOperation: OperationBody {
  private enum Cut: Sendable {
    case separator(String)
    case pattern(TextPattern)
  }

  package var path: AddressPattern
  private var cut: Cut
  private var trims: Bool
  /// The keys of the parts; nil for a list.
  package var keys: [String]?

  package var sources: [AddressPattern] { [path] }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    path = try fields.address("path")
    let separator = try fields.optionalText("separator")
    let patternNode = fields.optional("pattern")
    trims = try fields.flag("trim")
    keys = try PartKeys.read("into", &fields)
    switch (separator, patternNode) {
    case (let separator?, nil):
      guard !separator.isEmpty else {
        throw Diagnostic(.badValue, "an empty `separator` separates nothing", at: fields.place)
      }
      cut = .separator(separator)
    case (nil, let node?):
      let pattern = try TextPattern(
        try fields.document.requireText(node, field: "pattern"), at: fields.document.place(of: node))
      if let keys, keys.count != pattern.groupCount {
        throw Diagnostic(
          .badValue, "the pattern has \(pattern.groupCount) groups for \(keys.count) keys",
          at: fields.document.place(of: node), hint: "put each part in parentheses, one for each key of `into`")
      }
      cut = .pattern(pattern)
    case (.some, .some):
      throw Diagnostic(.badValue, "`split` has both `separator` and `pattern`", at: fields.place, hint: "keep one")
    case (nil, nil):
      throw Diagnostic(.missingField, "`split` has neither `separator` nor `pattern`", at: fields.place)
    }
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    try set.changeValues(at: path, as: Work(operation, in: scope)) { value throws(Diagnostic) in
      switch value {
      case .array, .object, .null: return .keep
      case .bool: return .refuse("it is no text", hint: nil)
      case .string(let text): return try split(text)
      case .number(let number): return try split(number.spelling)
      }
    }
  }

  private func split(_ text: String) throws(Diagnostic) -> ValueChange {
    var parts: [String]
    switch cut {
    case .separator(let separator):
      parts = text.isEmpty && keys == nil ? [] : text.parts(separatedBy: separator)
      if let keys, parts.count > keys.count {
        // The last separators count: an address may hold the separator itself.
        let surplus = parts.count - keys.count
        parts = [parts[...surplus].joined(separator: separator)] + parts[(surplus + 1)...]
      }
    case .pattern(let pattern):
      guard let groups = try pattern.groups(matchingAll: text) else {
        return .refuse("the pattern does not match all of it", hint: nil)
      }
      parts = groups
    }
    if trims { parts = parts.map { $0.withoutOuterBlanks } }
    guard let keys else { return .replace(.array(parts.map(Value.string))) }
    guard parts.count == keys.count else {
      return .refuse("it has \(parts.count) parts for \(keys.count) keys", hint: nil)
    }
    return .replace(.object(Object(zip(keys, parts).map { ($0, .string($1)) })))
  }
}

/// `join`: makes one text of a list, or of the named parts of a mapping.
package struct JoinOperation: OperationBody {
  package var path: AddressPattern
  package var separator: String
  /// The keys of the parts, in order; nil for a list.
  package var keys: [String]?

  package var sources: [AddressPattern] { [path] }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    path = try fields.address("path")
    separator = try fields.text("separator")
    keys = try PartKeys.read("from", &fields)
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    try set.changeValues(at: path, as: Work(operation, in: scope)) { value in
      switch (value, keys) {
      case (.array(let items), nil): return join(items)
      case (.object(let object), let keys?):
        var items: [Value] = []
        for key in keys {
          guard let item = object[key] else { return .refuse("it has no `\(key)`", hint: nil) }
          items.append(item)
        }
        guard object.count == keys.count else {
          return .refuse("it has more keys than \(keys.map { "`\($0)`" }.joined(separator: ", "))", hint: nil)
        }
        return join(items)
      case (.array, _), (.object, _): return .refuse("it is not of the shape that `from` says", hint: nil)
      default: return .keep
      }
    }
  }

  private func join(_ items: [Value]) -> ValueChange {
    var parts: [String] = []
    for item in items {
      switch item {
      case .string(let text): parts.append(text)
      case .number(let number): parts.append(number.spelling)
      case .bool(let flag): parts.append(flag ? "true" : "false")
      case .null, .array, .object: return .refuse("only scalars can be joined", hint: nil)
      }
    }
    // A named part may hold the separator where the last ones count; only the first part then.
    let checked = keys == nil ? parts[...] : parts.dropFirst()
    if let part = checked.first(where: { $0.parts(separatedBy: separator).count > 1 }) {
      return .refuse("`\(part)` holds the separator `\(separator)`", hint: nil)
    }
    return .replace(.string(parts.joined(separator: separator)))
  }
}

private enum PartKeys {
  /// Reads `list`, or the keys of a mapping.
  static func read(_ field: String, _ fields: inout FieldReader) throws(Diagnostic) -> [String]? {
    guard let node = fields.optional(field) else { return nil }
    switch fields.document.value(of: node) {
    case .string("list"): return nil
    case .array: return try fields.document.requireTexts(node, field: field)
    default: throw fields.document.wrongType(node, field: field, wanted: "`list` or a list of keys")
    }
  }
}

extension String {
  fileprivate func parts(separatedBy separator: String) -> [String] {
    let bytes = Array(utf8)
    let mark = Array(separator.utf8)
    guard !mark.isEmpty else { return [self] }
    var parts: [String] = []
    var start = 0
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: mark) {
        parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
        index += mark.count
        start = index
      } else {
        index += 1
      }
    }
    return parts + [String(decoding: bytes[start...], as: UTF8.self)]
  }

  fileprivate var withoutOuterBlanks: String {
    let isBlank: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
    var scalars = unicodeScalars.drop(while: isBlank)
    while let last = scalars.last, isBlank(last) { scalars.removeLast() }
    return String(scalars)
  }
}
