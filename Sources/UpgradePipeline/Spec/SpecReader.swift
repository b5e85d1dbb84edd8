internal import ConfigDocument
internal import ConfigMigration
internal import ConfigStore

/// Makes an ``UpgradeSpec`` of a document that fits the schema.
struct SpecReader {
  let document: Document
  let path: String
  let catalog: UpgradeCatalog
  var identity = UpgradeIdentity(name: "", product: nil, from: "", to: "")

  mutating func read() throws(Diagnostic) -> UpgradeSpec {
    guard let root = document.roots.first else {
      throw Diagnostic(.badValue, "\(path) is empty", hint: "docs/upgrade.md shows an upgrade to begin with")
    }
    var fields = try FieldReader(root, of: document, subject: "the upgrade")
    // It is for editors.
    _ = try fields.optionalText("$schema")
    identity.name = try fields.text("upgrade")
    identity.product = try fields.optionalText("product")
    identity.from = try fields.text("from")
    identity.to = try fields.text("to")
    let title =
      try fields.optionalText("title") ?? "\(identity.product ?? identity.name) \(identity.from) → \(identity.to)"
    let components = try readComponents(&fields)
    let checks = try readChecks(&fields, components)
    let stepNodes = try fields.list("steps")
    let steps = try order(try readSteps(stepNodes, components), after: components)
    var watches: [DeclaredGate] = []
    for node in try fields.optionalList("watch") ?? [] { watches.append(try gate(node, moment: .during)) }
    let channels = try readChannels(&fields)
    let emergencies = try readEmergencies(&fields)
    let failure = try fields.word("on-failure", FailurePolicy.self) ?? .rollback
    let spec = UpgradeSpec(
      source: document.source, file: path, directory: Self.directory(of: path), identity: identity, title: title,
      components: components,
      checks: checks, steps: steps, watches: watches, channels: channels, emergencies: emergencies,
      window: try PlanFieldReader.window(&fields), communication: try PlanFieldReader.communication(&fields),
      resources: try fields.texts("resources"), validations: try fields.texts("validation"),
      preparation: try fields.estimate("preparation-time"), validation: try fields.estimate("validation-time"),
      rollsBack: failure == .rollback, parallelism: try fields.optionalInteger("side-by-side", in: 1...16) ?? 4,
      digest: digest(of: root))
    try fields.finish()
    try UpgradePlanRules.check(spec)
    return spec
  }

  private enum FailurePolicy: String, CaseIterable { case rollback, stop }

  private static func directory(of path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return "." }
    let directory = parts.dropLast().joined(separator: "/")
    return directory.isEmpty ? "/" : directory
  }

  /// A run is bound to what it does, and not to whom it tells.
  private func digest(of root: NodeID) -> Digest {
    let bound: Set = ["upgrade", "product", "from", "to", "components", "steps", "watch", "on-failure"]
    let members = (document.value(of: root).object?.members ?? []).filter { bound.contains($0.key) }
      .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    return Digest(of: Array("\(Value.object(Object(members)))".utf8))
  }

  // MARK: Components

  private func readComponents(_ fields: inout FieldReader) throws(Diagnostic) -> [Component] {
    guard let node = fields.optional("components") else { return [] }
    var components: [Component] = []
    for (key, value) in document.entries(of: document.resolved(node)) {
      let id = document.text(of: key) ?? ""
      var after: [String] = []
      if document.kind(of: document.resolved(value)) == .mapping {
        var fields = try FieldReader(value, of: document, subject: "the component `\(id)`")
        after = try fields.texts("after")
        try fields.finish()
      }
      components.append(Component(id: id, after: after, place: document.place(of: key)))
    }
    let known = components.map(\.id)
    for component in components {
      for name in component.after where !known.contains(name) {
        throw unknown("component", name, among: known, at: component.place)
      }
    }
    let sorted = DependencyOrder.sorted(known) { name in components.first { $0.id == name }?.after ?? [] }
    switch sorted {
    case .success(let order): return order.compactMap { name in components.first { $0.id == name } }
    case .failure(let circle):
      throw Diagnostic(
        .componentCycle, "these components wait for each other: \(circle.names.joined(separator: " → "))",
        at: components.first { $0.id == circle.names[0] }?.place, hint: "Take one of the `after` away")
    }
  }

  func unknown(_ what: String, _ name: String, among known: [String], at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .unknownReference, "there is no \(what) `\(name)`", at: place,
      hint: SpellingSuggestion.didYouMean(name, among: known)
        ?? (known.isEmpty ? "The spec has none" : "There are \(known.map { "`\($0)`" }.joined(separator: ", "))"))
  }

  // MARK: Steps

  mutating func readSteps(_ nodes: [NodeID], _ components: [Component]) throws(Diagnostic) -> [DeclaredStep] {
    var steps: [DeclaredStep] = []
    for node in nodes {
      let step = try readStep(node, components)
      if let first = steps.first(where: { $0.id == step.id }) {
        throw duplicate("step", step.id, step.place, first.place)
      }
      steps.append(step)
    }
    return steps
  }

  func duplicate(_ what: String, _ id: String, _ place: SourcePlace, _ first: SourcePlace) -> Diagnostic {
    Diagnostic(
      .duplicateID, "two \(what)s have the ID `\(id)`", at: place, hint: "The journal tells them apart by it",
      related: [.init("the first one", at: first)])
  }

  private func readStep(_ node: NodeID, _ components: [Component]) throws(Diagnostic) -> DeclaredStep {
    var fields = try FieldReader(node, of: document, subject: "the step")
    let idNode = try fields.required("id")
    let id = try document.requireText(idNode, field: "id")
    let component = try fields.optionalText("component")
    if let component, !components.contains(where: { $0.id == component }) {
      throw unknown("component", component, among: components.map(\.id), at: document.place(of: idNode))
    }
    let retry = try readRetry(&fields, attempts: 1)
    var gates: [DeclaredGate] = []
    for node in try fields.optionalList("gates") ?? [] { gates.append(try gate(node, moment: .after)) }
    let title = try fields.optionalText("title") ?? id
    let after = try fields.texts("after")
    let timeLimit = try fields.optionalDuration("timeout") ?? 3_600_000
    // Whoever has little patience with a step need not have as little with its way back.
    let undoTimeLimit = try fields.optionalDuration("undo-timeout") ?? max(timeLimit, 600_000)
    let estimate = try fields.estimate("estimate")
    let needsApproval = try fields.flag("approve")
    let (kind, step) = try made(catalog.steps, &fields, id: id, what: "step")
    try fields.finish()
    if let first = step.validate().first(where: { $0.severity == .error }) { throw first }
    return DeclaredStep(
      id: id, title: title, component: component, after: after, kind: kind, step: step, timeLimit: timeLimit,
      undoTimeLimit: undoTimeLimit, retry: retry, estimate: estimate, needsApproval: needsApproval, gates: gates,
      place: document.place(of: idNode))
  }

  /// - Parameter attempts: how often it is tried where the spec says nothing.
  func readRetry(_ fields: inout FieldReader, attempts: Int) throws(Diagnostic) -> RetryPolicy {
    var retry = RetryPolicy()
    retry.attempts = attempts
    guard let node = fields.optional("retry") else { return retry }
    var fields = try FieldReader(node, of: document, subject: "`retry`")
    retry.attempts = try fields.optionalInteger("attempts", in: 1...100) ?? 3
    retry.pause = try fields.optionalDuration("wait") ?? retry.pause
    retry.factor = try fields.optionalInteger("factor", in: 1...10).map { $0 * 100 } ?? retry.factor
    retry.longestPause = try fields.optionalDuration("longest-wait") ?? retry.longestPause
    retry.jitter = try fields.optionalPercent("jitter") ?? retry.jitter
    try fields.finish()
    return retry
  }

  /// Orders the steps, and lets each one wait for the steps of the components before its own.
  private func order(_ steps: [DeclaredStep], after components: [Component]) throws(Diagnostic) -> [DeclaredStep] {
    var steps = steps
    let known = steps.map(\.id)
    for index in steps.indices {
      for name in steps[index].after where !known.contains(name) {
        throw unknown("step", name, among: known, at: steps[index].place)
      }
      guard let own = steps[index].component else {
        // A step of no component keeps its place among the others, unless it says what it waits for.
        if steps[index].after.isEmpty, index > 0 { steps[index].after = Array(known[..<index]) }
        continue
      }
      let before = Self.predecessors(of: own, components)
      for other in steps where other.component.map({ before.contains($0) }) ?? false {
        if !steps[index].after.contains(other.id) { steps[index].after.append(other.id) }
      }
      // The steps of one component, and those of none, come in the order in which they are written.
      for other in steps[..<index] where other.component == own || other.component == nil {
        if !steps[index].after.contains(other.id) { steps[index].after.append(other.id) }
      }
    }
    let sorted = DependencyOrder.sorted(known) { name in steps.first { $0.id == name }?.after ?? [] }
    switch sorted {
    case .success(let order): return order.compactMap { name in steps.first { $0.id == name } }
    case .failure(let circle):
      throw Diagnostic(
        .componentCycle, "these steps wait for each other: \(circle.names.joined(separator: " → "))",
        at: steps.first { $0.id == circle.names[0] }?.place,
        hint:
          "The steps of a component come in the order in which they are written, and behind those of the components before it"
      )
    }
  }

  private static func predecessors(of component: String, _ components: [Component]) -> Set<String> {
    var found: Set<String> = []
    var open = [component]
    while let name = open.popLast() {
      for before in components.first(where: { $0.id == name })?.after ?? [] where found.insert(before).inserted {
        open.append(before)
      }
    }
    return found
  }

  // MARK: What drivers make

  /// Asks the driver of the one field that names a kind.
  func made<Product>(
    _ makers: [String: @Sendable (Declaration) throws(Diagnostic) -> Product], _ fields: inout FieldReader, id: String,
    what: String
  ) throws(Diagnostic) -> (kind: String, product: Product) {
    var found: [(kind: String, node: NodeID)] = []
    for kind in makers.keys.sorted() {
      if let node = fields.optional(kind) { found.append((kind, node)) }
    }
    guard let (kind, node) = found.first, found.count == 1, let make = makers[kind] else {
      let kinds = makers.keys.sorted().map { "`\($0)`" }.joined(separator: ", ")
      throw Diagnostic(
        .unknownKind,
        found.isEmpty
          ? "the \(what) `\(id)` does not say what it is"
          : "the \(what) `\(id)` says that it is \(found.map { "`\($0.kind)`" }.joined(separator: " and "))",
        at: fields.place, hint: "It has one of \(kinds)")
    }
    let declaration = Declaration(id: id, kind: kind, document: document, node: node, upgrade: identity)
    return (kind, try make(declaration))
  }
}
