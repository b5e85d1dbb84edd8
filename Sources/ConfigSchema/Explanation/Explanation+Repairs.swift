import ConfigDocument

extension Explanation {
  /// The same text as a value of a type that is allowed, where only one reading is possible.
  func coerced(to allowed: TypeSet, _ index: Int) -> Value? {
    guard index >= 0, !isSecret(index) else { return nil }
    let node = validity.node(index)
    let scalars = allowed.subtracting([.null, .array, .object])
    // A text is no slip for a list or a mapping, where a scalar is allowed too.
    let types = scalars.isEmpty ? allowed.subtracting(.null) : scalars
    switch node.kind {
    case .string:
      let text = tree.string(node.text)
      if types == .boolean { return Self.bool(text).map(Value.bool) }
      if types.isSubset(of: [.integer, .number]), !types.isEmpty, Self.isDecimal(text), let number = Number(text) {
        return number.isInteger || types.contains(.number) ? .number(number) : nil
      }
    case .number where types == .string: return .string(tree.string(node.text))
    case .bool where types == .string: return .string(node.isTrue ? "true" : "false")
    default: break
    }
    // One value where a list of values is wanted.
    let isScalar = [.string, .number, .bool].contains(node.kind)
    return isScalar && types == .array ? .array([tree.value(at: index)]) : nil
  }

  /// What makes the value one of the right type, in words, where that is plain.
  func coercion(_ types: TypeSet, _ index: Int) -> String? {
    let node = validity.node(index)
    switch node.kind {
    case .string:
      // Most often a list or a mapping is wanted.
      if types.isDisjoint(with: [.integer, .number, .boolean, .array]) { return nil }
      let text = tree.string(node.text)
      if !types.isDisjoint(with: [.integer, .number]), let number = Number(text), text.first != ".",
        number.isInteger || types.contains(.number)
      {
        return "Write `\(text)` without quotes"
      }
      if types.contains(.boolean), let bool = Self.bool(text) { return "Write `\(bool)`, without quotes" }
      if types.contains(.array), types.isDisjoint(with: [.integer, .number, .boolean]) {
        return "Make it a list of one item: `[\(JSONText.quoted(text))]`"
      }
      return nil
    case .number, .bool:
      let text = node.kind == .number ? tree.string(node.text) : node.isTrue ? "true" : "false"
      return types.contains(.string) ? "Put quotes around it: `\"\(text)\"`" : nil
    case .null: return "An empty value is null: give it a value, or remove the key"
    case .array, .object: return nil
    }
  }

  /// Whether the text is a decimal number and nothing else: `007` may be a name, and `0x1F` is no number in JSON.
  private static func isDecimal(_ text: String) -> Bool {
    let digits = text.utf8.drop { $0 == UInt8(ascii: "-") }
    guard text.utf8.count - digits.count <= 1, let first = digits.first, (0x30...0x39).contains(first) else {
      return false
    }
    if first == UInt8(ascii: "0"), let second = digits.dropFirst().first, (0x30...0x39).contains(second) {
      return false
    }
    return text.utf8.allSatisfy { (0x30...0x39).contains($0) || "-+.eE".utf8.contains($0) }
  }

  private static func bool(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: nil
    }
  }

  /// The one allowed value that the node's is a slip for.
  func respelt(_ index: Int, _ allowed: [Value]) -> Repair? {
    guard !isSecret(index) else { return nil }
    let text = index < 0 ? tree.string(tree.nodes[~index].key) : tree.value(at: index).string
    if let text {
      if let meant = SpellingSuggestion.onlyClosest(to: text, among: allowed.compactMap(\.string)) {
        return index < 0 ? .renameKey(meant) : .replace(.string(meant))
      }
      // `"3"` for 3, where no text is allowed.
      let spelt = allowed.filter { index >= 0 && $0.string == nil && $0.description.utf8.elementsEqual(text.utf8) }
      return spelt.count == 1 ? .replace(spelt[0]) : nil
    }
    guard index >= 0, tree.nodes[index].kind == .number || tree.nodes[index].kind == .bool else { return nil }
    let spelling =
      tree.nodes[index].kind == .number
      ? tree.string(tree.nodes[index].text) : tree.nodes[index].isTrue ? "true" : "false"
    return allowed.contains(.string(spelling)) ? .replace(.string(spelling)) : nil
  }

  /// The members that are missing, where the schema knows a value of each; nil where it does not, or there are none.
  func knownMembers(_ keys: [String], _ record: Subschema) -> [KnownMember]? {
    var members: [KnownMember] = []
    for key in keys {
      guard let known = knownMember(key, record) else { return nil }
      members.append(known)
    }
    return members.isEmpty ? nil : members
  }

  /// A member by the subschema's own properties: with its constant, its only choice, or its default.
  private func knownMember(_ key: String, _ record: Subschema) -> KnownMember? {
    let schema = program.documents[Int(record.location.document)]
    guard let properties = schema.member("properties", of: Int(record.location.node)),
      let property = schema.member(key, of: properties)
    else { return nil }
    func member(_ node: Int, isDefault: Bool = false) -> KnownMember {
      KnownMember(member: Repair.Member(key: key, value: schema.value(at: node)), isDefault: isDefault)
    }
    if let node = schema.member("const", of: property) { return member(node) }
    if let node = schema.member("enum", of: property), schema.nodes[node].count == 1 {
      return member(schema.children(of: node)[0])
    }
    return schema.member("default", of: property).map { member($0, isDefault: true) }
  }
}

/// A missing member and what the schema says that it could be.
struct KnownMember {
  var member: Repair.Member
  /// A default is what holds where nothing is said: a schema that demands the key all the same asks for a decision, so it
  /// is told and not made.
  var isDefault: Bool
}
