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
    document.matches(of: pattern, below: root, mountedAt: mount, captures: captures)
  }

  /// The part of `pointer` that lies within this document; nil where it lies outside.
  package func local(_ pointer: Pointer) -> Pointer? {
    guard pointer.isWithin(mount) else { return nil }
    return Pointer(Array(pointer.tokens.dropFirst(mount.tokens.count)))
  }
}

extension Document {
  /// The places that `pattern` names below `root`, which stands at `mount` of the configuration.
  package func matches(
    of pattern: AddressPattern, below root: NodeID, mountedAt mount: Pointer, captures: Captures
  ) -> [AddressMatch] {
    var search = Search(tokens: pattern.tokens, root: root, mount: mount)
    search.descendMount(at: 0, depth: 0, captures: captures, in: self)
    return search.found
  }
}

/// The document is handed on from call to call: to keep it would be to copy it, which costs more than a short search.
private struct Search {
  let tokens: [AddressPattern.Token]
  let root: NodeID
  let mount: Pointer
  var found: [AddressMatch] = []
  var seen: Set<Pointer> = []

  /// The keys of the mount are matched as if they stood in the document.
  mutating func descendMount(at index: Int, depth: Int, captures: Captures, in document: Document) {
    guard depth < mount.tokens.count else {
      let match = AddressMatch(pointer: mount, node: root, captures: captures)
      descend(at: index, from: match, in: document)
      return
    }
    guard index < tokens.count else { return }
    let key = mount.tokens[depth]
    switch tokens[index] {
    case .key(let literal):
      guard literal.utf8.elementsEqual(key.utf8) else { return }
      descendMount(at: index + 1, depth: depth + 1, captures: captures, in: document)
    case .any: descendMount(at: index + 1, depth: depth + 1, captures: captures, in: document)
    case .capture(let name):
      guard let captures = captures.binding(name, to: key) else { return }
      descendMount(at: index + 1, depth: depth + 1, captures: captures, in: document)
    case .deep:
      descendMount(at: index + 1, depth: depth, captures: captures, in: document)
      descendMount(at: index, depth: depth + 1, captures: captures, in: document)
    case .end: return
    }
  }

  mutating func descend(at index: Int, from match: AddressMatch, in document: Document) {
    guard index < tokens.count else {
      var match = match
      if document.kind(of: match.node) == .alias { match.aliases.append(match.node) }
      // Two ways of a `**` may lead to one place.
      if !tokens.contains(.deep) || seen.insert(match.pointer).inserted { found.append(match) }
      return
    }
    switch tokens[index] {
    case .deep:
      descend(at: index + 1, from: match, in: document)
      for child in children(of: match, in: document) { descend(at: index, from: child, in: document) }
    case .key(let key):
      if let child = child(key, of: match, in: document) { descend(at: index + 1, from: child, in: document) }
    case .any:
      for child in children(of: match, in: document) { descend(at: index + 1, from: child, in: document) }
    case .capture(let name):
      if let bound = match.captures[name] {
        if let child = child(bound, of: match, in: document) { descend(at: index + 1, from: child, in: document) }
        return
      }
      for child in children(of: match, in: document) {
        guard let key = child.pointer.tokens.last, let captures = match.captures.binding(name, to: key) else {
          continue
        }
        var child = child
        child.captures = captures
        descend(at: index + 1, from: child, in: document)
      }
    case .end: return
    }
  }

  /// The mapping or sequence that a way goes on in, through an alias where one stands.
  private func container(_ match: AddressMatch, in document: Document) -> AddressMatch {
    guard document.kind(of: match.node) == .alias else { return match }
    var through = match
    through.aliases.append(match.node)
    through.node = document.resolved(match.node)
    return through
  }

  private func child(_ key: String, of match: AddressMatch, in document: Document) -> AddressMatch? {
    let parent = container(match, in: document)
    var child = parent
    child.pointer = match.pointer.appending(key)
    switch document.kind(of: parent.node) {
    case .mapping:
      if let node = document.child(key, of: parent.node) {
        child.node = node
      } else if let node = document.effectiveChild(key, of: parent.node) {
        child.node = node
        child.isMerged = true
      } else {
        return nil
      }
    case .sequence:
      let items = document.items(of: parent.node)
      guard let index = Pointer.index(key), index < items.count else { return nil }
      child.node = items[index]
      child.isInList = true
    case .scalar, .alias: return nil
    }
    return child
  }

  private func children(of match: AddressMatch, in document: Document) -> [AddressMatch] {
    let parent = container(match, in: document)
    var out: [AddressMatch] = []
    switch document.kind(of: parent.node) {
    case .mapping:
      for (key, value) in document.entries(of: parent.node) {
        guard let text = document.text(of: key), !document.isMergeKey(spelled: text) else { continue }
        var child = parent
        child.pointer = match.pointer.appending(text)
        child.node = value
        out.append(child)
      }
    case .sequence:
      for (index, node) in document.items(of: parent.node).enumerated() {
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
    text(of: key).map(isMergeKey(spelled:)) == true
  }

  /// A quoted "<<" is taken for one too: a wildcard that skips it loses less than one that edits a merge.
  fileprivate func isMergeKey(spelled key: String) -> Bool {
    format == .yaml && key.utf8.count == 2 && key.utf8.elementsEqual("<<".utf8)
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
