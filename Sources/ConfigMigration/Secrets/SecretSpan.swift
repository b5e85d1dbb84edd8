public import ConfigDocument
public import ConfigSchema

/// A secret as it is written in a file.
package struct SecretSpan: Hashable, Sendable {
  /// The bytes that spell it.
  package var range: Range<Int>
  package var value: Value
}

extension WorkingSet {
  /// The secrets of each file, in the order of its text: what the product names, and what the schema calls one.
  ///
  /// The documents must not have been edited: spans are those of their sources.
  /// - Throws: `alias-expansion`.
  package func secrets(by schemas: [Schema]) throws(Diagnostic) -> [[SecretSpan]] {
    var spans = Array(repeating: Set<SecretSpan>(), count: files.count)
    guard !product.secrets.isEmpty || schemas.contains(where: \.knowsSecrets) else { return spans.map { _ in [] } }
    for unit in units.indices {
      let tree = try tree(of: unit)
      let document = document(of: unit)
      var tops = Set(schemas.flatMap { $0.secrets(in: tree) })
      if !product.secrets.isEmpty { tops.formUnion(namedSecrets(in: tree)) }
      for top in tops {
        for node in top..<Int(tree.nodes[top].end) {
          // What an alias stands for is written at its anchor.
          let scalar = document.resolved(tree.origins[node].node)
          let isScalar = tree.nodes[node].kind != .object && tree.nodes[node].kind != .array
          guard isScalar, tree.nodes[node].kind != .null, document.kind(of: scalar) == .scalar else { continue }
          let range = document.valueSpan(of: scalar)
          if !range.isEmpty {
            spans[units[unit].file].insert(SecretSpan(range: range, value: document.value(of: scalar)))
          }
        }
      }
    }
    return spans.map { $0.sorted { $0.range.lowerBound < $1.range.lowerBound } }
  }

  /// The nodes that the product's addresses name, without what stands inside of one.
  private func namedSecrets(in tree: ValueTree) -> [Int] {
    var found: [Int] = []
    var open: [(node: Int, pointer: Pointer)] = tree.nodes.isEmpty ? [] : [(0, Pointer())]
    while let (node, pointer) = open.popLast() {
      if product.isSecret(pointer) {
        found.append(node)
        continue
      }
      guard product.holdsSecret(pointer) else { continue }
      for (number, child) in tree.children(of: node).enumerated() {
        let isItem = tree.nodes[node].kind == .array
        open.append((child, isItem ? pointer.appending(number) : pointer.appending(tree.string(tree.nodes[child].key))))
      }
    }
    return found
  }
}

extension ConfigurationSet {
  /// The set, whose product names what the schemas call a secret in it: then no message of an operation shows one, however
  /// short it is.
  /// - Throws: `alias-expansion`.
  public func naming(secretsOf schemas: [Schema]) throws(Diagnostic) -> ConfigurationSet {
    guard schemas.contains(where: \.knowsSecrets) else { return self }
    let working = WorkingSet(self)
    var named: Set<AddressPattern> = []
    for unit in working.units.indices {
      let tree = try working.tree(of: unit)
      for schema in schemas { named.formUnion(schema.secrets(in: tree).map { AddressPattern(tree.pointer(to: $0)) }) }
    }
    var copy = self
    copy.product.secrets += named.sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
    return copy
  }
}
