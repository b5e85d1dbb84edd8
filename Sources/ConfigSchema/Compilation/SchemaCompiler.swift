import ConfigDocument

/// Makes a program of a schema: each subschema that can be reached becomes one record.
///
/// Subschemas are compiled from a list of work, not by recursion, so that depth and cycles cost no stack.
struct SchemaCompiler {
  var resources: SchemaResources
  var build = ProgramBuilder()
  /// For each document and node: the index of its record.
  private var indices: [SchemaLocation: Int32] = [:]
  private var pending: [Int] = []
  private var anchors: [String] = []
  let options: Schema.Options

  init(resources: consuming SchemaResources, options: Schema.Options) {
    self.resources = resources
    self.options = options
  }

  mutating func compile(_ root: SchemaLocation) throws(SchemaFault) -> Program {
    let index = Int(subschema(at: root))
    repeat {
      while let next = pending.popLast() { try fill(next) }
      addDynamicTargets()
    } while !pending.isEmpty
    try refuseCycles()
    let start = options.keepsReferences ? index : build.collapseReferences(root: index, in: resources.documents)
    build.prepareJudging()
    return Program(build, documents: resources.documents, resources: resources.resources, root: start)
  }

  /// The record of the subschema there, to be filled later if it is new.
  mutating func subschema(at location: SchemaLocation) -> Int32 {
    if let known = indices[location] { return known }
    let index = Int32(build.subschemas.count)
    indices[location] = index
    build.subschemas.append(Subschema(resource: Int32(resources.resource(at: location)), location: location))
    pending.append(Int(index))
    return index
  }

  /// The number of a dynamic anchor's name.
  mutating func anchor(_ name: String) -> Int32 {
    if let known = anchors.firstIndex(of: name) { return Int32(known) }
    anchors.append(name)
    build.isDynamic = true
    return Int32(anchors.count - 1)
  }

  private mutating func addDynamicTargets() {
    for (number, name) in anchors.enumerated() {
      for (index, resource) in resources.resources.enumerated() {
        guard let location = resource.dynamicAnchors[name] else { continue }
        let target = DynamicTarget(resource: Int32(index), anchor: Int32(number))
        if build.dynamicTargets[target] == nil { build.dynamicTargets[target] = subschema(at: location) }
      }
    }
  }

  private mutating func fill(_ index: Int) throws(SchemaFault) {
    let location = build.subschemas[index].location
    let tree = resources.documents[Int(location.document)]
    let node = tree.nodes[Int(location.node)]
    let dialect = resources.resources[Int(build.subschemas[index].resource)].dialect
    switch node.kind {
    // Draft 4 allows them only for additional items and properties; elsewhere they can mean nothing else.
    case .bool: build.subschemas[index].isNever = !node.isTrue
    case .object:
      let reader = KeywordReader(tree: tree, location: location, dialect: dialect)
      var record = build.subschemas[index]
      try readKeywords(reader, into: &record)
      record.isSecret = reader.callsSecret
      record.isTypeOnly = max(record.number, record.string, record.array, record.object, record.inPlace) < 0
      build.subschemas[index] = record
    default:
      throw SchemaFault(
        .schemaMalformed,
        "a schema must be \(dialect.draft >= .draft6 ? "a mapping, true or false" : "a mapping"), "
          + "found \(Wording.value(Int(location.node), in: tree))",
        at: location)
    }
  }

  private mutating func readKeywords(_ reader: KeywordReader, into record: inout Subschema) throws(SchemaFault) {
    if reader.dialect.draft <= .draft7, let reference = reader.member("$ref"), reader.kind(reference) == .string {
      var inPlace = InPlace()
      inPlace.reference = try follow(reader.string(reference), from: Int(record.resource), at: reader.at(reference))
      build.inPlace.append(inPlace)
      record.inPlace = Int32(build.inPlace.count - 1)
      return
    }
    if reader.dialect.vocabularies.contains(.validation) {
      record.integersAreSpelledSo = reader.dialect.draft == .draft4
      if let types = try reader.types() { record.types = types }
      try readNumberKeywords(reader, into: &record)
    }
    try readStringKeywords(reader, into: &record)
    try readArrayKeywords(reader, into: &record)
    try readObjectKeywords(reader, into: &record)
    try readInPlaceKeywords(reader, into: &record)
  }

  /// The record of the subschema that a reference leads to.
  mutating func follow(
    _ reference: String, from resource: Int, at location: SchemaLocation
  ) throws(SchemaFault) -> Int32 {
    subschema(at: try resources.resolve(reference, from: resource, at: location).location)
  }

  // MARK: Cycles

  /// Looks for a way from a subschema back to itself that goes no deeper into the instance.
  private func refuseCycles() throws(SchemaFault) {
    enum Mark { case new, open, done }
    var marks = [Mark](repeating: .new, count: build.subschemas.count)
    for start in marks.indices where marks[start] == .new {
      var stack = [(node: start, next: inPlaceTargets(of: start)[...])]
      marks[start] = .open
      while let top = stack.last {
        guard let target = top.next.first else {
          marks[top.node] = .done
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next.removeFirst()
        switch marks[target] {
        case .done: break
        case .open:
          throw SchemaFault(
            .schemaRefCycle, "this schema refers back to itself without going deeper into the data",
            at: build.subschemas[target].location, hint: "a reference under properties or items may lead back here")
        case .new:
          marks[target] = .open
          stack.append((target, inPlaceTargets(of: target)[...]))
        }
      }
    }
  }

  private func inPlaceTargets(of index: Int) -> [Int] {
    var out: [Int32] = []
    let record = build.subschemas[index]
    if record.inPlace >= 0 {
      let inPlace = build.inPlace[Int(record.inPlace)]
      if inPlace.dynamicAnchor < 0 { out.append(inPlace.dynamicFallback) }
      out += [inPlace.reference, inPlace.not, inPlace.condition, inPlace.consequence, inPlace.alternative]
      for run in [inPlace.allOf, inPlace.anyOf, inPlace.oneOf] { out += build.lists[run.indices] }
    }
    if record.object >= 0 {
      out += build.dependents[build.objects[Int(record.object)].dependents.indices].map(\.subschema)
    }
    return out.filter { $0 >= 0 }.map(Int.init)
  }
}
