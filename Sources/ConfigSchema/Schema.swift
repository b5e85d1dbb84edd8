public import ConfigDocument

/// A JSON Schema, compiled: drafts 4, 6, 7, 2019-09 and 2020-12.
///
/// A schema is immutable and can check many documents at once.
///
/// ```swift
/// let schema = try Schema.compile(["type": "object", "required": ["version"]])
/// let violations = schema.validate(ValueTree(["name": "x"]))
/// ```
public struct Schema: Sendable {
  public struct Options: Hashable, Sendable {
    /// The edition of a schema that has no `$schema`.
    public var draft: SchemaDraft = .draft2020
    /// Whether `format` is checked. Otherwise only a schema whose vocabulary demands it has it checked.
    public var assertsFormats = true
    /// Whether `contentEncoding` and `contentMediaType` are checked where the edition leaves that open: in draft 7.
    public var assertsContents = false
    /// The schema's own URI, which relative references start from when it has no `$id`.
    public var uri = ""
    /// The URIs of vocabularies that a meta-schema may demand though nothing here checks their keywords, which are annotations then.
    public var vocabularies: Set<String> = []
    /// Whether each `$ref` stays a step of its own, so that ``Schema/output(of:hiding:)`` names it in its locations. It costs
    /// the other checks a little of their speed.
    public var keepsReferences = false
    public init() {}
  }

  let program: Program

  /// Compiles a schema.
  /// - Parameters:
  ///   - schema: the schema as data, whatever format it was written in.
  ///   - retrieve: the schema of a URI (without fragment) that this one refers to; nil where there is none. Nothing is
  ///     ever fetched otherwise; the standard meta-schemas are built in.
  ///   - place: where a node of `schema` stands in its file, for the diagnostics.
  /// - Throws: `schema-malformed`, `schema-ref-unresolved`, `schema-ref-cycle` or `schema-dialect`. Only what can be
  ///   reached from the root is compiled and judged.
  /// - Complexity: linear in what can be reached.
  public static func compile(
    _ schema: ValueTree, options: Options = Options(),
    retrieve: @escaping (String) -> Value? = { _ in nil },
    place: @escaping (ValueTree.Origin, _ key: Bool) -> SourcePlace? = { _, _ in nil }
  ) throws(Diagnostic) -> Schema {
    var resources = SchemaResources(retrieve: retrieve, vocabularies: options.vocabularies)
    do {
      let root = try resources.add(schema, uri: options.uri, fallback: Dialect(draft: options.draft))
      let location = resources.resources[root].location
      var compiler = SchemaCompiler(resources: consume resources, options: options)
      return Schema(program: try compiler.compile(location))
    } catch {
      throw error.diagnostic(schema: schema, place: place)
    }
  }

  public static func compile(
    _ schema: Value, options: Options = Options(), retrieve: @escaping (String) -> Value? = { _ in nil }
  ) throws(Diagnostic) -> Schema {
    try compile(ValueTree(schema), options: options, retrieve: retrieve)
  }

  /// Whether the document is valid. Stops at the first fault and says nothing about it.
  /// - Throws: `schema-limit` where a pattern took too long, so that there is no verdict.
  public func isValid(_ tree: ValueTree) throws(Diagnostic) -> Bool {
    var validity = Validity(program, tree)
    let verdict = withExtendedLifetime(tree) { validity.accepts(Int32(program.root), 0) }
    if let fault = validity.fault { throw Diagnostic(.schemaLimit, Wording.message(fault, program)) }
    return verdict
  }

  /// All that is wrong with the document, in the order of the document; empty where it is valid. What is found is put into words
  /// only as it is read.
  ///
  /// Where the check had to be given up, one of the violations is a `schema-limit`.
  /// - Parameter hides: which values may be secrets, so that no message shows them. Those that the schema calls
  ///   `writeOnly` never are shown.
  public func explain(_ tree: ValueTree, hiding hides: ((Pointer) -> Bool)? = nil) -> Violations {
    var validity = Validity(program, tree)
    let verdict = withExtendedLifetime(tree) { validity.accepts(Int32(program.root), 0) }
    if verdict, validity.fault == nil {
      return Violations(program: program, tree: tree, hides: hides, secrets: [], faults: [])
    }
    var explanation = Explanation(program, tree, hides: hides)
    let faults = explanation.faults()
    return Violations(program: program, tree: tree, hides: hides, secrets: explanation.secrets, faults: faults)
  }

  /// As ``explain(_:hiding:)``, with everything in words.
  public func validate(_ tree: ValueTree, hiding hides: ((Pointer) -> Bool)? = nil) -> [Violation] {
    let violations = explain(tree, hiding: hides)
    return violations.isEmpty ? [] : violations.told(violations.faults)
  }
}

extension SchemaFault {
  /// - Parameter schema: the document that was given, which alone has places.
  func diagnostic(
    schema: ValueTree, place: (ValueTree.Origin, _ key: Bool) -> SourcePlace?
  ) -> Diagnostic {
    guard let location, location.document == 0 else { return Diagnostic(code, message, hint: hint) }
    let pointer = schema.pointer(to: Int(location.node))
    let found = place(schema.origins[Int(location.node)], false)
    let whereabouts = pointer.isRoot ? "its root" : "#\(pointer)"
    return Diagnostic(code, "\(message) (in the schema, at \(whereabouts))", at: found, hint: hint)
  }
}

extension ValueTree {
  /// The pointer to the node. Complexity: O(depth × siblings).
  package func pointer(to target: Int) -> Pointer {
    var tokens: [String] = []
    var node = 0
    nodes.withUnsafeBufferPointer { nodes in
      while node != target {
        var child = node + 1
        var ordinal = 0
        while Int(nodes[child].end) <= target {
          child = Int(nodes[child].end)
          ordinal += 1
        }
        tokens.append(nodes[node].kind == .object ? string(nodes[child].key) : String(ordinal))
        node = child
      }
    }
    return Pointer(tokens)
  }
}
