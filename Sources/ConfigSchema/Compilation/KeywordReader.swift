import ConfigDocument

/// Reads the members of one schema object, and says what is wrong with them.
struct KeywordReader {
  let tree: ValueTree
  let location: SchemaLocation
  let dialect: Dialect
  /// How long the keys are, as bits: of the many keywords that are asked for, most are not there.
  private let lengths: UInt64

  init(tree: ValueTree, location: SchemaLocation, dialect: Dialect) {
    self.tree = tree
    self.location = location
    self.dialect = dialect
    lengths = tree.keyLengths(of: Int(location.node))
  }

  var vocabularies: Dialect.Vocabularies { dialect.vocabularies }

  func member(_ key: String) -> Int? {
    lengths & ValueTree.bit(ofLength: key.utf8.count) == 0 ? nil : tree.member(key, of: Int(location.node))
  }

  /// Whether the schema calls the value a secret: `writeOnly`, or the format `password` that descriptions of interfaces
  /// use.
  var callsSecret: Bool {
    if let flag = member("writeOnly"), tree.nodes[flag].isTrue { return true }
    guard let format = member("format"), kind(format) == .string else { return false }
    return string(format) == "password"
  }

  func kind(_ node: Int) -> ValueTree.Kind { tree.nodes[node].kind }
  func string(_ node: Int) -> String { tree.string(tree.nodes[node].text) }
  func key(_ node: Int) -> String { tree.string(tree.nodes[node].key) }
  func at(_ node: Int) -> SchemaLocation { SchemaLocation(document: location.document, node: Int32(node)) }

  func malformed(_ node: Int, _ demand: String) -> SchemaFault {
    SchemaFault(
      .schemaMalformed,
      "\(Wording.keyword(at: node, in: tree)) must be \(demand), found \(Wording.value(node, in: tree))",
      at: at(node))
  }

  // MARK: Values

  func count(_ key: String) throws(SchemaFault) -> Int? {
    guard let node = member(key) else { return nil }
    guard kind(node) == .number, let number = Number(string(node)), number.isInteger, number >= Number(0) else {
      throw malformed(node, "a whole number, 0 or more")
    }
    // No document has as many entries as a number that does not fit.
    return number.int ?? .max
  }

  func number(_ key: String) throws(SchemaFault) -> Number? {
    guard let node = member(key) else { return nil }
    guard kind(node) == .number, let number = Number(string(node)) else { throw malformed(node, "a number") }
    return number
  }

  func bool(_ key: String) throws(SchemaFault) -> Bool? {
    guard let node = member(key) else { return nil }
    guard kind(node) == .bool else { throw malformed(node, "true or false") }
    return tree.nodes[node].isTrue
  }

  func text(_ key: String) throws(SchemaFault) -> (text: String, node: Int)? {
    guard let node = member(key) else { return nil }
    guard kind(node) == .string else { throw malformed(node, "a string") }
    return (string(node), node)
  }

  func items(_ key: String) throws(SchemaFault) -> [Int]? {
    guard let node = member(key) else { return nil }
    guard kind(node) == .array else { throw malformed(node, "an array") }
    return tree.children(of: node)
  }

  func members(_ key: String) throws(SchemaFault) -> [Int]? {
    guard let node = member(key) else { return nil }
    guard kind(node) == .object else { throw malformed(node, "an object") }
    return tree.children(of: node)
  }

  /// A list of names.
  func names(_ node: Int) throws(SchemaFault) -> [String] {
    guard kind(node) == .array else { throw malformed(node, "an array of strings") }
    var out: [String] = []
    for item in tree.children(of: node) {
      guard kind(item) == .string else { throw malformed(item, "a string") }
      out.append(string(item))
    }
    return out
  }

  func types() throws(SchemaFault) -> TypeSet? {
    guard let node = member("type") else { return nil }
    let names = kind(node) == .string ? [node] : try items("type") ?? []
    if names.isEmpty { throw malformed(node, "a type or an array of types") }
    var out = TypeSet()
    for name in names {
      guard kind(name) == .string else { throw malformed(name, "a type") }
      guard let type = TypeSet(name: string(name)) else {
        let known = TypeSet.names.map(\.name)
        var fault = malformed(name, "one of \(known.joined(separator: ", "))")
        fault.hint = SpellingSuggestion.didYouMean(string(name), among: known)
        throw fault
      }
      out.insert(type)
    }
    return out
  }
}

extension ValueTree {
  fileprivate static func bit(ofLength count: Int) -> UInt64 { 1 << UInt64(min(count, 63)) }

  fileprivate func keyLengths(of index: Int) -> UInt64 {
    var lengths: UInt64 = 0
    var child = index + 1
    for _ in 0..<Int(nodes[index].count) {
      lengths |= Self.bit(ofLength: Int(nodes[child].key.count))
      child = Int(nodes[child].end)
    }
    return lengths
  }
}
