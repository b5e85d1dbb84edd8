package import ConfigDocument
package import ConfigSchema

extension WorkingSet {
  /// What the schema finds in every effective configuration; what several of them share is told once.
  package func violations(
    of schema: Schema, severity: Diagnostic.Severity
  ) throws(Diagnostic) -> [Diagnostic] {
    var found: [Diagnostic] = []
    // Without their hints: what to do may depend on the other layers, what is wrong is told once.
    var seen: Set<Diagnostic> = []
    for configuration in configurations {
      if try isValid(configuration, by: schema) { continue }
      let layers = try configuration.map { unit throws(Diagnostic) in try tree(of: unit) }
        // An empty file contributes nothing.
        .filter { $0.nodes.first?.kind != .null }
      let effective = layers.isEmpty ? ValueTree(.null) : ValueTree(layering: layers, lists: product.lists)
      let violations = schema.validate(effective, hiding: { [product] in product.isSecret($0) })
      let diagnostics = effective.diagnostics(
        for: violations, related: { hidden(by: $0, in: effective, violations, below: layers) },
        place: { place(of: $0, key: $1) })
      for var finding in diagnostics {
        finding.severity = severity
        var fault = finding
        fault.hint = nil
        if seen.insert(fault).inserted { found.append(finding) }
      }
    }
    return found
  }

  /// Whether the schema finds nothing: most often so, and told without knowing where each value came from.
  private func isValid(_ configuration: [Int], by schema: Schema) throws(Diagnostic) -> Bool {
    var layers: [ValueTree.Layer] = []
    for unit in configuration {
      let file = units[unit].file
      let layer = try ValueTree.Layer(
        files[file].document, root: root(of: unit), layer: unit, at: units[unit].mount)
      if !layer.isNull { layers.append(layer) }
    }
    let effective =
      layers.isEmpty ? ValueTree(.null) : ValueTree(layering: layers, lists: product.lists, tellsOrigins: false)
    // Why there is no verdict is told with the rest.
    return (try? schema.isValid(effective)) == true
  }

  /// The places of lower layers whose value a wrong one hides: whoever mends it wants to know what applied without it.
  private func hidden(
    by node: Int, in effective: ValueTree, _ violations: [Violation], below layers: [ValueTree]
  ) -> [Diagnostic.Related] {
    guard let violation = violations.first(where: { $0.node == node }), !violation.instance.isRoot else { return [] }
    let own = effective.origins[node].layer
    var found: [Diagnostic.Related] = []
    for layer in layers where layer.origins.first?.layer != own {
      var index: Int? = 0
      for token in violation.instance.tokens { index = index.flatMap { layer.member(token, of: $0) } }
      // Containers are merged, and hide nothing.
      guard let index, ![.object, .array].contains(layer.nodes[index].kind) else { continue }
      if let place = place(of: layer.origins[index], key: false) {
        found.append(.init("it stands over this", at: place))
      }
    }
    return found
  }

  /// The data of a unit, where it stands in the configuration.
  func tree(of unit: Int) throws(Diagnostic) -> ValueTree {
    try ValueTree(files[units[unit].file].document, root: root(of: unit), layer: unit, at: units[unit].mount)
  }

  /// The root of a unit; where an edit replaced that, what stands in the document now.
  private func root(of unit: Int) -> NodeID? {
    let roots = files[units[unit].file].document.roots
    return roots.contains(units[unit].root) ? units[unit].root : roots.first
  }

  /// The layer of an origin is the unit; so each finding names the file that its value came from.
  private func place(of origin: ValueTree.Origin, key: Bool) -> SourcePlace? {
    let unit = Int(origin.layer)
    guard units.indices.contains(unit) else { return nil }
    return document(of: unit).place(of: key ? origin.key ?? origin.node : origin.node)
  }
}
