import ConfigDocument
import PatternMatching

/// How types, values and places are called in messages.
enum Wording {
  static func type(_ name: String) -> String {
    switch name {
    case "boolean": "true or false"
    case "integer": "an integer"
    case "number": "a number"
    case "string": "a string"
    case "array": "a list"
    case "object": "a mapping"
    default: name
    }
  }

  /// Types by name, as a list of alternatives.
  static func typeList(_ names: [String]) -> String {
    names.count == 1
      ? type(names[0]) : list(names.flatMap { $0 == "boolean" ? ["true", "false"] : [type($0)] }, "or")
  }

  /// A pattern on one line.
  static func pattern(_ source: String) -> String {
    var line = ""
    for scalar in source.unicodeScalars {
      switch scalar {
      case "\n": line += "\\n"
      case "\r": line += "\\r"
      case "\t": line += "\\t"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line.unicodeScalars.count > 120
      ? String(String.UnicodeScalarView(line.unicodeScalars.prefix(119))) + "…" : line
  }

  static func types(_ set: TypeSet) -> [String] {
    // An integer is a number, too.
    TypeSet.names.filter { set.contains($0.type) && !($0.type == .integer && set.contains(.number)) }.map(\.name)
  }

  static func kind(_ kind: ValueTree.Kind) -> String {
    switch kind {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "a mapping"
    }
  }

  /// The value in as few words as tell it.
  static func value(_ index: Int, in tree: ValueTree) -> String {
    let node = tree.nodes[index]
    switch node.kind {
    case .null: return "null"
    case .bool: return node.isTrue ? "`true`" : "`false`"
    case .number: return "`\(tree.string(node.text))`"
    case .string: return quoted(tree.string(node.text))
    case .array: return node.count == 0 ? "an empty list" : "a list of \(count(Int(node.count), "item"))"
    case .object: return node.count == 0 ? "an empty mapping" : "a mapping of \(count(Int(node.count), "key"))"
    }
  }

  static func value(_ value: Value) -> String {
    if case .string(let text) = value { return quoted(text) }
    let text = value.description
    return "`\(text.unicodeScalars.count > 60 ? cut(text) : text)`"
  }

  /// A string in JSON's quotes, so that `"5"` is told from `5`; long ones are cut.
  static func quoted(_ text: String) -> String { "`\(JSONText.quoted(cut(text)))`" }

  private static func cut(_ text: String) -> String {
    guard text.unicodeScalars.count > 60 else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(57))) + "…"
  }

  static func count(_ number: Int, _ noun: String) -> String {
    number == 0 ? "no \(noun)s" : "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// `a`, `b` and `c`.
  static func list(_ parts: [String], _ last: String) -> String {
    guard parts.count > 1 else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " \(last) " + parts[parts.count - 1]
  }

  static func names(_ keys: [String]) -> String { list(keys.map { "`\($0)`" }, "and") }

  /// What the node is called: by its key, or by its place in its list.
  static func subject(_ pointer: Pointer, of index: Int, in tree: ValueTree) -> String {
    guard let last = pointer.tokens.last else { return "the document" }
    // Only members have keys; an empty key leaves the hash of nothing, which is not 0.
    if tree.nodes[index].keyHash != 0 { return "`\(last)`" }
    let number = (Int(last) ?? 0) + 1
    guard let list = pointer.parent?.tokens.last else { return "item \(number)" }
    return "item \(number) of `\(list)`"
  }

  /// A keyword of a schema, by the node of its value.
  static func keyword(at index: Int, in tree: ValueTree) -> String {
    let pointer = tree.pointer(to: index)
    return pointer.isRoot ? "the schema" : subject(pointer, of: index, in: tree)
  }

  static func message(_ fault: EvaluationFault, _ program: Program) -> String {
    switch fault.reason {
    case .tooDeep: "the check was given up: the schema recurses deeper than \(Validity.maximumDepth)"
    case .tooLong: "the check was given up: the schema's forms within forms multiply too far"
    case .pattern(let number, let message):
      "the pattern `\(program.patterns[Int(number)].source)` could not be checked: \(message)"
    }
  }
}
