import ConfigDocument

extension Explanation {
  mutating func explainUnevaluated(_ record: Subschema, _ index: Int, into found: inout [Fault]) {
    let node = validity.node(index)
    let unevaluated: Int32 =
      switch node.kind {
      case .array where record.array >= 0: program.arrays[Int(record.array)].unevaluated
      case .object where record.object >= 0: program.objects[Int(record.object)].unevaluated
      default: -1
      }
    guard unevaluated >= 0 else { return }
    let frame = validity.openFrame(node)
    defer { validity.marks.removeLast(validity.marks.count - frame) }
    markKnown(record, index, node, frame)
    for (ordinal, child) in tree.children(of: index).enumerated() where !validity.isMarked(ordinal, frame) {
      if !program.subschemas[Int(unevaluated)].isNever {
        explain(unevaluated, child, into: &found)
      } else if node.kind == .object {
        let unknown = Fault.UnknownKey(keyword: .unevaluatedProperties, object: index)
        found.append(Fault(.unknownKey(unknown), at: child, by: record))
      } else {
        found.append(Fault(.unevaluatedItem(ordinal: ordinal), at: child, by: record))
      }
    }
  }

  /// Marks what the subschema speaks of, also where it refuses it: that is reported on its own, and a key with a wrong
  /// value is no unknown key.
  mutating func markKnown(_ record: Subschema, _ index: Int, _ node: ValueTree.Node, _ frame: Int) {
    let children = tree.children(of: index)
    if node.kind == .array, record.array >= 0 {
      let checks = program.arrays[Int(record.array)]
      for (ordinal, child) in children.enumerated() {
        let isNamed = ordinal < Int(checks.prefix.count) || checks.rest >= 0
        let isContained =
          checks.contains >= 0 && checks.containsEvaluates && validity.accepts(checks.contains, child)
        if isNamed || isContained { validity.mark(ordinal, frame) }
      }
    }
    if node.kind == .object, record.object >= 0 {
      let checks = program.objects[Int(record.object)]
      for (ordinal, child) in children.enumerated() where isKnown(checks, child) { validity.mark(ordinal, frame) }
      for number in checks.dependents.indices {
        let dependent = program.dependents[number]
        guard dependent.subschema >= 0, validity.member(dependent.name, of: index) != nil else { continue }
        markKnown(dependent.subschema, index, node, frame)
      }
    }
    if record.inPlace >= 0 { markKnownInPlace(program.inPlace[Int(record.inPlace)], index, node, frame) }
  }

  /// A subschema in place with another one: its own `unevaluated…` speaks of all that is left.
  private mutating func markKnown(_ subschema: Int32, _ index: Int, _ node: ValueTree.Node, _ frame: Int) {
    let record = program.subschemas[Int(subschema)]
    guard enter(record, index, subschema) else { return }
    defer { leave(record) }
    let ofItems = node.kind == .array && record.array >= 0 && program.arrays[Int(record.array)].unevaluated >= 0
    let ofKeys = node.kind == .object && record.object >= 0 && program.objects[Int(record.object)].unevaluated >= 0
    if ofItems || ofKeys {
      for ordinal in 0..<Int(node.count) { validity.mark(ordinal, frame) }
    } else {
      markKnown(record, index, node, frame)
    }
  }

  private mutating func isKnown(_ checks: ObjectChecks, _ child: Int) -> Bool {
    if checks.additional >= 0 { return true }
    if let slot = validity.slot(checks.slots, child), slot.pointee.subschema >= 0 { return true }
    for number in checks.patterns.indices
    where validity.matches(program.patternProperties[number].pattern, tree.nodes[child].key, child) {
      return true
    }
    return false
  }

  private mutating func markKnownInPlace(_ checks: InPlace, _ index: Int, _ node: ValueTree.Node, _ frame: Int) {
    if checks.reference >= 0 { markKnown(checks.reference, index, node, frame) }
    if checks.dynamicFallback >= 0 { markKnown(validity.dynamicTarget(checks), index, node, frame) }
    for branch in checks.allOf.indices { markKnown(program.lists[branch], index, node, frame) }
    for run in [checks.anyOf, checks.oneOf] {
      var held: [Int32] = []
      for branch in run.indices where validity.accepts(program.lists[branch], index) {
        held.append(program.lists[branch])
      }
      for branch in held.isEmpty ? Array(program.lists[run.indices]) : held { markKnown(branch, index, node, frame) }
    }
    guard checks.condition >= 0 else { return }
    let holds = validity.accepts(checks.condition, index)
    if holds { markKnown(checks.condition, index, node, frame) }
    let branch = holds ? checks.consequence : checks.alternative
    if branch >= 0 { markKnown(branch, index, node, frame) }
  }
}
