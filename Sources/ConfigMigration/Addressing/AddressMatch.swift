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
    var search = Search(tokens: pattern.tokens, root: root, mount: mount, captures: captures)
    search.descendMount(in: self)
    return search.found
  }

  /// As ``matches(of:below:mountedAt:captures:)``, but for scalars of some types, which are only counted.
  package func matches(
    of pattern: AddressPattern, below root: NodeID, mountedAt mount: Pointer, captures: Captures,
    passing types: ScalarTypes
  ) -> (matches: [AddressMatch], passed: Int) {
    var search = Search(tokens: pattern.tokens, root: root, mount: mount, captures: captures)
    // What two ways lead to would be counted twice.
    if !search.isDeep { search.passing = types }
    search.descendMount(in: self)
    return (search.found, search.passed)
  }
}

/// The document is handed on from call to call: to keep it, or to let a closure hold it, would be to copy it, which costs more
/// than a short search.
///
/// What the way so far went through is kept here while it is followed; only a match gets a copy of it.
private struct Search {
  /// Where a way has come to.
  struct Way {
    var node: NodeID
    /// How many keys and indices lead there: so much of the path is its own.
    var depth: Int
    var isMerged = false
    var isInList = false
  }

  let tokens: [AddressPattern.Token]
  let root: NodeID
  let mount: Pointer
  let isDeep: Bool
  /// The keys and indices of the way that was followed last. What is behind those of the way at hand is left over.
  var path: [String] = []
  var captures: Captures
  var aliases: [NodeID] = []
  var found: [AddressMatch] = []
  var seen: Set<Pointer> = []
  var passing: ScalarTypes = []
  var passed = 0

  init(tokens: [AddressPattern.Token], root: NodeID, mount: Pointer, captures: Captures) {
    self.tokens = tokens
    self.root = root
    self.mount = mount
    self.captures = captures
    isDeep = tokens.contains(.deep)
    path.reserveCapacity(mount.tokens.count + tokens.count)
    path.append(contentsOf: mount.tokens)
  }

  /// The keys of the mount are matched as if they stood in the document.
  mutating func descendMount(at index: Int = 0, depth: Int = 0, in document: Document) {
    guard depth < mount.tokens.count else {
      return descend(at: index, from: Way(node: root, depth: depth), in: document)
    }
    guard index < tokens.count else { return }
    let key = mount.tokens[depth]
    switch tokens[index] {
    case .key(let literal):
      guard literal.hasSameBytes(as: key) else { return }
      descendMount(at: index + 1, depth: depth + 1, in: document)
    case .any: descendMount(at: index + 1, depth: depth + 1, in: document)
    case .capture(let name):
      let outer = captures
      guard bind(name, to: key) else { return }
      descendMount(at: index + 1, depth: depth + 1, in: document)
      captures = outer
    case .deep:
      descendMount(at: index + 1, depth: depth, in: document)
      descendMount(at: index, depth: depth + 1, in: document)
    case .end: return
    }
  }

  private mutating func descend(at index: Int, from way: Way, in document: Document) {
    guard index < tokens.count else { return finish(way, in: document) }
    switch tokens[index] {
    case .deep:
      descend(at: index + 1, from: way, in: document)
      followChildren(of: way, to: index, in: document)
    case .key(let key): follow(key, to: index + 1, from: way, in: document)
    case .any: followChildren(of: way, to: index + 1, in: document)
    case .capture(let name):
      if let bound = captures[name] { return follow(bound, to: index + 1, from: way, in: document) }
      followChildren(of: way, to: index + 1, binding: name, in: document)
    case .end: return
    }
  }

  private mutating func finish(_ way: Way, in document: Document) {
    if !passing.isEmpty, let kind = document.scalarKind(of: way.node), passing.contains(ScalarTypes(of: kind)) {
      passed += 1
      return
    }
    path.removeLast(path.count - way.depth)
    var match = AddressMatch(
      pointer: Pointer(path), node: way.node, captures: captures, aliases: aliases, isMerged: way.isMerged,
      isInList: way.isInList)
    if document.kind(of: way.node) == .alias { match.aliases.append(way.node) }
    // Two ways of a `**` may lead to one place.
    if !isDeep || seen.insert(match.pointer).inserted { found.append(match) }
  }

  /// - Returns: false where the name stands for something else already.
  private mutating func bind(_ name: String, to key: String) -> Bool {
    guard let bound = captures.binding(name, to: key) else { return false }
    captures = bound
    return true
  }

  /// The mapping or sequence that a way has come to, through an alias where one stands.
  private mutating func enter(_ way: Way, in document: Document) -> Way {
    guard document.kind(of: way.node) == .alias else { return way }
    var target = way
    target.node = document.resolved(way.node)
    if target.node != way.node { aliases.append(way.node) }
    return target
  }

  private mutating func leave(_ way: Way, enteredAs target: Way) {
    if target.node != way.node { aliases.removeLast() }
  }

  /// Goes one step on, by a key or an index.
  private mutating func step(_ token: String, to next: Int, at child: Way, in document: Document) {
    path.removeLast(path.count - child.depth + 1)
    path.append(token)
    descend(at: next, from: child, in: document)
  }

  private mutating func follow(_ key: String, to next: Int, from way: Way, in document: Document) {
    let container = enter(way, in: document)
    if let child = child(key, of: container, in: document) { step(key, to: next, at: child, in: document) }
    leave(way, enteredAs: container)
  }

  private func child(_ key: String, of container: Way, in document: Document) -> Way? {
    var child = container
    child.depth += 1
    switch document.kind(of: container.node) {
    case .mapping:
      if let node = document.child(key, of: container.node) {
        child.node = node
        return child
      }
      guard document.hasAnchors, let node = document.effectiveChild(key, of: container.node) else { return nil }
      child.node = node
      child.isMerged = true
    case .sequence:
      guard let index = Pointer.index(key) else { return nil }
      let items = document.items(of: container.node)
      guard index < items.count else { return nil }
      child.node = items[index]
      child.isInList = true
    case .scalar, .alias: return nil
    }
    return child
  }

  private mutating func followChildren(of way: Way, to next: Int, binding name: String? = nil, in document: Document) {
    let container = enter(way, in: document)
    var child = container
    child.depth += 1
    var cursor = document.cursor(in: container.node)
    switch document.kind(of: container.node) {
    case .mapping:
      while let (key, value) = document.nextEntry(&cursor) {
        guard let text = document.text(of: key), !document.isMergeKey(spelled: text) else { continue }
        child.node = value
        step(text, to: next, at: child, binding: name, in: document)
      }
    case .sequence:
      child.isInList = true
      var index = 0
      while let item = document.nextItem(&cursor) {
        child.node = item
        step(String(index), to: next, at: child, binding: name, in: document)
        index += 1
      }
    case .scalar, .alias: break
    }
    leave(way, enteredAs: container)
  }

  private mutating func step(
    _ token: String, to next: Int, at child: Way, binding name: String?, in document: Document
  ) {
    guard let name else { return step(token, to: next, at: child, in: document) }
    let outer = captures
    guard bind(name, to: token) else { return }
    step(token, to: next, at: child, in: document)
    captures = outer
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
