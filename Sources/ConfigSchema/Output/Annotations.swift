public import ConfigDocument

/// What a schema tells of a value without judging it: `title`, `default`, `deprecated`, or a keyword of a team's own.
public struct Annotation: Hashable, Sendable {
  /// The node of the tree that it is told of.
  public var node: Int
  /// The node's place in the document.
  public var instance: Pointer
  public var keyword: String
  public var value: Value
  /// The subschema that holds the keyword: the URI of its document, `#`, and a pointer from that document's root.
  public var schema: String
}

/// A member that is not there, with the value that the schema says it has then.
public struct DefaultValue: Hashable, Sendable {
  /// The node of the object that lacks the member.
  public var node: Int
  /// Where the member would stand.
  public var instance: Pointer
  public var value: Value
}

extension Schema {
  /// What the schema says of a document, keyword by keyword. Unlike ``validate(_:hiding:)`` it follows the specification to the
  /// letter, and looks for no root cause.
  ///
  /// Where the check had to be given up, the root is not valid, and its error says why.
  /// - Parameter hides: which values may be secrets, so that no error shows them.
  /// - Complexity: linear in the keywords that apply to each value; branches of `anyOf` are all looked at.
  public func output(of tree: ValueTree, hiding hides: @escaping (Pointer) -> Bool = { _ in false }) -> OutputUnit {
    var evaluation = OutputEvaluation(program, tree, hides: hides)
    return evaluation.evaluate()
  }

  /// What the schema tells of a document's values, after `anyOf`, `oneOf` and `if` have chosen; in the order of the schema's text.
  ///
  /// A wrong document has annotations too: only what stands in a branch that was not taken is left out.
  public func annotations(of tree: ValueTree) -> [Annotation] {
    statements(of: tree).compactMap { unit in
      unit.annotation.map {
        Annotation(
          node: unit.node, instance: unit.instanceLocation, keyword: unit.keyword, value: $0,
          schema: program.name(of: unit.subschema))
      }
    }
  }

  /// The members that are not there and that the schema has a default for, after `anyOf`, `oneOf` and `if` have chosen. Of two
  /// defaults for one member the first counts.
  public func defaults(for tree: ValueTree) -> [DefaultValue] {
    var told: Set<Pointer> = []
    return statements(of: tree).flatMap(\.absentDefaults).filter { told.insert($0.instance).inserted }
  }

  private func statements(of tree: ValueTree) -> [OutputUnit] {
    var evaluation = OutputEvaluation(program, tree, hides: { _ in false })
    evaluation.keepsAnnotationsOfWrongValues = true
    var out: [OutputUnit] = []
    var open = [evaluation.evaluate()]
    while let unit = open.popLast() {
      out.append(unit)
      open += unit.details.reversed()
    }
    return out
  }
}

extension Program {
  /// The URI of the subschema's document, `#`, and a pointer from that document's root.
  func name(of location: SchemaLocation) -> String {
    let document = documents[Int(location.document)]
    let root = roots.firstIndex { $0.document == location.document && $0.node == 0 }
    return "\(root.map { resources[$0] } ?? "")#\(document.pointer(to: Int(location.node)))"
  }

  /// The URI of a subschema, or of a keyword of it, by the resource that it stands in.
  func uri(of location: SchemaLocation, keyword: [String], in resource: Int32) -> String {
    let document = documents[Int(location.document)]
    let root = roots[Int(resource)]
    let whole = document.pointer(to: Int(location.node)).tokens
    let outer = root.document == location.document ? document.pointer(to: Int(root.node)).tokens : []
    let tokens = whole.starts(with: outer) ? Array(whole.dropFirst(outer.count)) : whole
    return "\(resources[Int(resource)])#\(Pointer(tokens + keyword).uriFragment)"
  }
}

extension Pointer {
  /// The pointer as a URI's fragment writes it.
  fileprivate var uriFragment: String {
    var out: [UInt8] = []
    for byte in description.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        out.append(byte)
      case _ where "-._~!$&'()*+,;=:@/?".utf8.contains(byte): out.append(byte)
      default:
        let digits = Array("0123456789ABCDEF".utf8)
        out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
