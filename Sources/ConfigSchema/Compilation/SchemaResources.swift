import ConfigDocument

/// A schema with a URI of its own: a document's root, or what `$id` sets apart within one.
struct SchemaResource {
  var uri: URIReference
  var location: SchemaLocation
  var dialect: Dialect
  var anchors: [String: SchemaLocation] = [:]
  var dynamicAnchors: [String: SchemaLocation] = [:]
}

/// The documents that a schema is made of, and what in them can be referred to.
struct SchemaResources {
  /// The anchor that stands for `$recursiveAnchor: true`; no anchor has this name.
  static let recursiveAnchor = "#"

  let retrieve: (String) -> Value?
  private(set) var documents: [ValueTree] = []
  private(set) var resources: [SchemaResource] = []
  private var resourceByURI: [String: Int] = [:]
  /// For each document and node: the resource of the subschema that stands there, or -1 where none is known.
  private var resourceOfNode: [[Int32]] = []
  /// Meta-schemas whose vocabularies are being read, so that one that names itself is read once.
  private var dialects: [String: Dialect] = [:]

  /// Vocabularies whose keywords are annotations.
  private let vocabularies: Set<String>

  init(retrieve: @escaping (String) -> Value?, vocabularies: Set<String>) {
    self.retrieve = retrieve
    self.vocabularies = vocabularies
  }

  /// Adds a document and finds its resources. `fallback` is the dialect of a document that does not say its own.
  /// - Returns: the resource of its root.
  mutating func add(_ tree: ValueTree, uri: String, fallback: Dialect) throws(SchemaFault) -> Int {
    let document = documents.count
    documents.append(tree)
    resourceOfNode.append(Array(repeating: -1, count: tree.nodes.count))
    let root = SchemaLocation(document: Int32(document), node: 0)
    let dialect = try declaredDialect(at: root) ?? fallback
    let base = URIReference(uri).withoutFragment
    resources.append(SchemaResource(uri: base, location: root, dialect: dialect))
    let resource = resources.count - 1
    register(resource, as: base)
    try index(root, in: resource, isRoot: true)
    return resource
  }

  /// The resource of a subschema.
  func resource(at location: SchemaLocation) -> Int { Int(resourceOfNode[Int(location.document)][Int(location.node)]) }

  private mutating func register(_ resource: Int, as uri: URIReference) {
    // The first of two equal URIs stays.
    let key = uri.withoutFragment.description
    if resourceByURI[key] == nil { resourceByURI[key] = resource }
  }

  private func string(_ key: String, at location: SchemaLocation) -> String? {
    let tree = documents[Int(location.document)]
    guard let member = tree.member(key, of: Int(location.node)), tree.nodes[member].kind == .string else { return nil }
    return tree.string(tree.nodes[member].text)
  }

  // MARK: Finding resources and anchors

  private mutating func index(
    _ location: SchemaLocation, in outer: Int, isRoot: Bool = false
  ) throws(SchemaFault) {
    let tree = documents[Int(location.document)]
    let node = Int(location.node)
    guard tree.nodes[node].kind == .object else {
      resourceOfNode[Int(location.document)][node] = Int32(outer)
      return
    }
    let resource = try enterResource(location, in: outer, isRoot: isRoot)
    resourceOfNode[Int(location.document)][node] = Int32(resource)
    let draft = resources[resource].dialect.draft
    for child in tree.children(of: node) {
      guard let holder = SubschemaKeyword(tree.string(tree.nodes[child].key), in: draft) else { continue }
      var found: [Int] = []
      switch (holder, tree.nodes[child].kind) {
      case (.one, .array): found = [child] + tree.children(of: child)
      case (.one, _): found = [child]
      case (.list, .array), (.map, .object): found = tree.children(of: child)
      default: break
      }
      for schema in found {
        try index(SchemaLocation(document: location.document, node: Int32(schema)), in: resource)
      }
    }
  }

  /// Reads the identifiers of the schema at `location`.
  /// - Returns: the resource that it belongs to: `outer`, or a new one.
  private mutating func enterResource(
    _ location: SchemaLocation, in outer: Int, isRoot: Bool
  ) throws(SchemaFault) -> Int {
    var resource = outer
    var dialect = resources[outer].dialect
    if !isRoot, let declared = try declaredDialect(at: location), string(declared.draft.idKeyword, at: location) != nil
    {
      dialect = declared
    }
    let draft = dialect.draft
    let isReference = string("$ref", at: location) != nil
    // Up to draft 7 what stands beside `$ref` is ignored. A root's name is kept: many published schemas rely on it.
    if let id = string(draft.idKeyword, at: location), isRoot || draft > .draft7 || !isReference {
      let reference = URIReference(id)
      if draft <= .draft7, let anchor = reference.decodedFragment, !anchor.isEmpty {
        if id.utf8.first != UInt8(ascii: "#") {
          resource = setApart(location, as: reference, in: outer, dialect: dialect, isRoot: isRoot)
        }
        resources[resource].anchors[anchor] = location
      } else if !(reference.withoutFragment.description.isEmpty) {
        resource = setApart(location, as: reference, in: outer, dialect: dialect, isRoot: isRoot)
      }
    }
    if draft >= .draft2019, let anchor = string("$anchor", at: location) {
      resources[resource].anchors[anchor] = location
    }
    if draft >= .draft2020, let anchor = string("$dynamicAnchor", at: location) {
      resources[resource].dynamicAnchors[anchor] = location
      if resources[resource].anchors[anchor] == nil { resources[resource].anchors[anchor] = location }
    }
    if draft == .draft2019, resources[resource].location == location {
      let tree = documents[Int(location.document)]
      if let member = tree.member("$recursiveAnchor", of: Int(location.node)), tree.nodes[member].isTrue {
        resources[resource].dynamicAnchors[Self.recursiveAnchor] = location
      }
    }
    return resource
  }

  private mutating func setApart(
    _ location: SchemaLocation, as reference: URIReference, in outer: Int, dialect: Dialect, isRoot: Bool
  ) -> Int {
    let uri = reference.resolved(against: resources[outer].uri).withoutFragment
    if isRoot {
      resources[outer].uri = uri
      register(outer, as: uri)
      return outer
    }
    resources.append(SchemaResource(uri: uri, location: location, dialect: dialect))
    register(resources.count - 1, as: uri)
    return resources.count - 1
  }

  // MARK: Dialects

  /// The dialect that the schema's `$schema` names; nil where it has none.
  private mutating func declaredDialect(at location: SchemaLocation) throws(SchemaFault) -> Dialect? {
    guard let uri = string("$schema", at: location) else { return nil }
    if let draft = SchemaDraft(metaSchema: uri) { return Dialect(draft: draft) }
    let key = URIReference(uri).withoutFragment.description
    if let known = dialects[key] { return known }
    dialects[key] = Dialect(draft: .draft2020)
    guard let metaSchema = resourceByURI[key] != nil ? nil : retrieve(key) else { return dialects[key] }
    let document = try add(ValueTree(metaSchema), uri: key, fallback: Dialect(draft: .draft2020))
    var dialect = resources[document].dialect
    if let vocabularies = metaSchema.object?["$vocabulary"]?.object {
      dialect.vocabularies = []
      for (uri, isRequired) in vocabularies.members {
        if let known = Dialect.Vocabularies(uri: uri) {
          dialect.vocabularies.formUnion(known)
        } else if isRequired.bool == true, !self.vocabularies.contains(uri) {
          throw SchemaFault(
            .schemaDialect, "the meta-schema \(key) demands the vocabulary \(uri), which is not known here",
            at: location, hint: "use one of the standard meta-schemas, such as \(SchemaDraft.draft2020.metaSchema)")
        }
      }
    }
    dialects[key] = dialect
    return dialect
  }

  // MARK: References

  /// Where `reference` leads from within `resource`.
  /// - Returns: the subschema, and the anchor's name where the reference names one.
  mutating func resolve(
    _ reference: String, from resource: Int, at location: SchemaLocation
  ) throws(SchemaFault) -> (location: SchemaLocation, resource: Int, anchor: String?) {
    let uri = URIReference(reference).resolved(against: resources[resource].uri)
    let target = try findResource(uri.withoutFragment.description, from: resource, reference, at: location)
    guard let fragment = uri.decodedFragment, !fragment.isEmpty else {
      return (resources[target].location, target, nil)
    }
    if fragment.utf8.first == UInt8(ascii: "/") {
      let found = try follow(fragment, in: target, reference, at: location)
      return (found, self.resource(at: found), nil)
    }
    if let found = resources[target].anchors[fragment] { return (found, target, fragment) }
    throw SchemaFault(
      .schemaRefUnresolved, "the reference \(reference) leads nowhere: there is no anchor \(fragment)", at: location,
      hint: SpellingSuggestion.closest(to: fragment, among: resources[target].anchors.keys.sorted()).map {
        "did you mean `#\($0)`?"
      })
  }

  private mutating func findResource(
    _ uri: String, from resource: Int, _ reference: String, at location: SchemaLocation
  ) throws(SchemaFault) -> Int {
    if let known = resourceByURI[uri] { return known }
    guard let value = MetaSchemas.schema(uri) ?? retrieve(uri) else {
      throw SchemaFault(
        .schemaRefUnresolved, "the reference \(reference) leads to \(uri), which is not at hand", at: location,
        hint: "references are not fetched from the network; put that schema beside this one")
    }
    return try add(ValueTree(value), uri: uri, fallback: resources[resource].dialect)
  }

  private mutating func follow(
    _ fragment: String, in target: Int, _ reference: String, at location: SchemaLocation
  ) throws(SchemaFault) -> SchemaLocation {
    guard let pointer = Pointer(parsing: fragment) else {
      throw SchemaFault(.schemaRefUnresolved, "the reference \(reference) holds no JSON Pointer", at: location)
    }
    let start = resources[target].location
    let tree = documents[Int(start.document)]
    var node = Int(start.node)
    var current = target
    for token in pointer.tokens {
      let next = tree.nodes[node].kind == .array ? Self.item(token, of: node, in: tree) : tree.member(token, of: node)
      guard let next else {
        let keys =
          tree.nodes[node].kind == .object ? tree.children(of: node).map { tree.string(tree.nodes[$0].key) } : []
        throw SchemaFault(
          .schemaRefUnresolved, "the reference \(reference) leads nowhere: there is no \(token)", at: location,
          hint: SpellingSuggestion.didYouMean(token, among: keys))
      }
      node = next
      let known = resourceOfNode[Int(start.document)][node]
      if known >= 0 { current = Int(known) }
    }
    let found = SchemaLocation(document: start.document, node: Int32(node))
    if resource(at: found) < 0 { try index(found, in: current) }
    return found
  }

  private static func item(_ token: String, of node: Int, in tree: ValueTree) -> Int? {
    guard let number = Int(token), String(number) == token, number >= 0 else { return nil }
    let items = tree.children(of: node)
    return number < items.count ? items[number] : nil
  }
}
