import ConfigDocument

extension ProgramBuilder {
  /// Lets whoever names a subschema that is only a reference name what it refers to.
  ///
  /// Not for programs with dynamic references: there, the resources on the way count. References must hold no cycle.
  /// - Returns: where `root` went.
  mutating func collapseReferences(root: Int, in documents: [ValueTree]) -> Int {
    if isDynamic { return root }
    let targets = subschemas.indices.map { target(of: Int32($0), in: documents) }
    func collapsed(_ index: Int32) -> Int32 { index < 0 ? index : targets[Int(index)] }
    for index in lists.indices { lists[index] = collapsed(lists[index]) }
    for index in slots.indices { slots[index].subschema = collapsed(slots[index].subschema) }
    for index in patternProperties.indices {
      patternProperties[index].subschema = collapsed(patternProperties[index].subschema)
    }
    for index in dependents.indices { dependents[index].subschema = collapsed(dependents[index].subschema) }
    for index in arrays.indices {
      arrays[index].rest = collapsed(arrays[index].rest)
      arrays[index].contains = collapsed(arrays[index].contains)
      arrays[index].unevaluated = collapsed(arrays[index].unevaluated)
    }
    for index in objects.indices {
      objects[index].additional = collapsed(objects[index].additional)
      objects[index].names = collapsed(objects[index].names)
      objects[index].unevaluated = collapsed(objects[index].unevaluated)
    }
    for index in inPlace.indices {
      inPlace[index].reference = collapsed(inPlace[index].reference)
      inPlace[index].dynamicFallback = collapsed(inPlace[index].dynamicFallback)
      inPlace[index].not = collapsed(inPlace[index].not)
      inPlace[index].condition = collapsed(inPlace[index].condition)
      inPlace[index].consequence = collapsed(inPlace[index].consequence)
      inPlace[index].alternative = collapsed(inPlace[index].alternative)
    }
    return Int(targets[root])
  }

  private func target(of index: Int32, in documents: [ValueTree]) -> Int32 {
    var index = index
    while true {
      let record = subschemas[Int(index)]
      guard record.types == .all, !record.isNever, record.inPlace >= 0,
        max(record.number, record.string, record.array, record.object) < 0
      else { return index }
      // What is said beside a reference, such as that the value is a secret, would be lost.
      let document = documents[Int(record.location.document)]
      guard document.nodes[Int(record.location.node)].count == 1 else { return index }
      let checks = inPlace[Int(record.inPlace)]
      guard checks.reference >= 0, !checks.hasEnumeration,
        max(checks.constant, checks.dynamicFallback, checks.not, checks.condition) < 0,
        checks.allOf.count + checks.anyOf.count + checks.oneOf.count == 0
      else { return index }
      index = checks.reference
    }
  }
}
