package import ConfigDocument

/// One place of a document that an address names.
package struct AddressMatch: Sendable {
  /// The place in the effective configuration: a fragment's own address is part of it.
  package var pointer: Pointer
  package var node: NodeID
  package var captures: Captures
  /// The aliases that the way there leads through, outermost first; a last one, where the place itself is an alias.
  package var aliases: [NodeID] = []
  /// Whether a merge key brings a part of the way. Such a place is read, never written.
  package var isMerged = false
  /// Whether an item of a list is on the way. Items of two layers are never the same item.
  package var isInList = false
}

/// One document of the set as addresses see it: a fragment stands under its `at`.
package struct DocumentView: Sendable {
  package var document: Document
  package var root: NodeID
  package var mount: Pointer

  package init(_ document: Document, root: NodeID, mount: Pointer) {
    self.document = document
    self.root = root
    self.mount = mount
  }

  /// The places that `pattern` names, in document order, each once. What merge keys bring is found by literal keys
  /// alone. Complexity: O(nodes that the wildcards reach).
  package func matches(of pattern: AddressPattern, captures: Captures = Captures()) -> [AddressMatch] {
    var search = Search(view: self, tokens: pattern.tokens)
    search.descendMount(at: 0, depth: 0, captures: captures)
    return search.found
  }

  /// The part of `pointer` that lies within this document; nil where it lies outside.
  package func local(_ pointer: Pointer) -> Pointer? {
    guard pointer.isWithin(mount) else { return nil }
    return Pointer(Array(pointer.tokens.dropFirst(mount.tokens.count)))
  }
}

private struct Search {
  let view: DocumentView
  let tokens: [AddressPattern.Token]
  var found: [AddressMatch] = []
  var seen: Set<Pointer> = []

  /// The keys of the mount are matched as if they stood in the document.
  mutating func descendMount(at index: Int, depth: Int, captures: Captures) {
    guard depth < view.mount.tokens.count else {
      let match = AddressMatch(pointer: view.mount, node: view.root, captures: captures)
      descend(at: index, from: match)
      return
    }
    guard index < tokens.count else { return }
    let key = view.mount.tokens[depth]
    switch tokens[index] {
    case .key(let literal):
      guard literal.utf8.elementsEqual(key.utf8) else { return }
      descendMount(at: index + 1, depth: depth + 1, captures: captures)
    case .any: descendMount(at: index + 1, depth: depth + 1, captures: captures)
    case .capture(let name):
      guard let captures = captures.binding(name, to: key) else { return }
      descendMount(at: index + 1, depth: depth + 1, captures: captures)
    case .deep:
      descendMount(at: index + 1, depth: depth, captures: captures)
      descendMount(at: index, depth: depth + 1, captures: captures)
    case .end: return
    }
  }

  mutating func descend(at index: Int, from match: AddressMatch) {
    guard index < tokens.count else {
      var match = match
      if view.document.kind(of: match.node) == .alias { match.aliases.append(match.node) }
      // Two ways of a `**` may lead to one place.
      if !tokens.contains(.deep) || seen.insert(match.pointer).inserted { found.append(match) }
      return
    }
    switch tokens[index] {
    case .deep:
      descend(at: index + 1, from: match)
      for child in children(of: match) { descend(at: index, from: child) }
    case .key(let key):
      if let child = child(key, of: match) { descend(at: index + 1, from: child) }
    case .any:
      for child in children(of: match) { descend(at: index + 1, from: child) }
    case .capture(let name):
      if let bound = match.captures[name] {
        if let child = child(bound, of: match) { descend(at: index + 1, from: child) }
        return
      }
      for child in children(of: match) {
        guard let key = child.pointer.tokens.last, let captures = match.captures.binding(name, to: key) else {
          continue
        }
        var child = child
        child.captures = captures
        descend(at: index + 1, from: child)
      }
    case .end: return
    }
  }

  /// The mapping or sequence that a way goes on in, through an alias where one stands.
  private func container(_ match: AddressMatch) -> AddressMatch {
    guard view.document.kind(of: match.node) == .alias else { return match }
    var through = match
    through.aliases.append(match.node)
    through.node = view.document.resolved(match.node)
    return through
  }

  private func child(_ key: String, of match: AddressMatch) -> AddressMatch? {
    let parent = container(match)
    var child = parent
    child.pointer = match.pointer.appending(key)
    switch view.document.kind(of: parent.node) {
    case .mapping:
      if let node = view.document.child(key, of: parent.node) {
        child.node = node
      } else if let node = view.document.effectiveChild(key, of: parent.node) {
        child.node = node
        child.isMerged = true
      } else {
        return nil
      }
    case .sequence:
      let items = view.document.items(of: parent.node)
      guard let index = Pointer.index(key), index < items.count else { return nil }
      child.node = items[index]
      child.isInList = true
    case .scalar, .alias: return nil
    }
    return child
  }

  private func children(of match: AddressMatch) -> [AddressMatch] {
    let parent = container(match)
    var out: [AddressMatch] = []
    switch view.document.kind(of: parent.node) {
    case .mapping:
      for (key, value) in view.document.entries(of: parent.node) {
        guard let text = view.document.text(of: key), !view.document.isMergeKey(key) else { continue }
        var child = parent
        child.pointer = match.pointer.appending(text)
        child.node = value
        out.append(child)
      }
    case .sequence:
      for (index, node) in view.document.items(of: parent.node).enumerated() {
        var child = parent
        child.pointer = match.pointer.appending(index)
        child.node = node
        child.isInList = true
        out.append(child)
      }
    case .scalar, .alias: break
    }
    return out
  }
}

extension Document {
  /// Whether the key is YAML's `<<`, which brings the entries of other mappings.
  package func isMergeKey(_ key: NodeID) -> Bool {
    // A quoted "<<" is taken for one too: a wildcard that skips it loses less than one that edits a merge.
    format == .yaml && text(of: key).map { $0.utf8.elementsEqual("<<".utf8) } == true
  }
}

extension Pointer {
  /// The item's number that a token of a pointer stands for (RFC 6901, section 4: no leading zeros).
  package static func index(_ token: String) -> Int? {
    let bytes = token.utf8
    guard !bytes.isEmpty, bytes.allSatisfy({ $0 >= 48 && $0 <= 57 }), bytes.count == 1 || bytes.first != 48 else {
      return nil
    }
    return Int(token)
  }
}
