public import ConfigDocument
public import ConfigSchema

/// What is questionable about a transformer file that reads without an error: found from its text and the schemas of its
/// two versions, without running it.
///
/// One rule is one `Lint+….swift`; its doc comment says what it finds.
public struct TransformerLint: Sendable {
  let transformer: Transformer
  /// The file that it was read from; without it, rules about spelling are left out.
  let document: Document?
  let source: Schema?
  let target: Schema?
  let flow: OperationFlow

  /// - Parameters:
  ///   - document: the file that `transformer` was read from.
  ///   - source: the schema of the versions that it starts from, and `target` of the one that it leads to; rules that
  ///     need one that is nil are left out.
  public init(_ transformer: Transformer, document: Document? = nil, source: Schema? = nil, target: Schema? = nil) {
    self.transformer = transformer
    self.document = document
    self.source = source
    self.target = target
    flow = OperationFlow(transformer.operations ?? [])
  }

  /// All that the rules find, by line. Errors are what would surprise an operator; warnings are for the author.
  /// Complexity: O(operations² + places of the schemas × operations).
  public func findings() -> [Diagnostic] {
    // A Swift transformer says nothing that could be looked into.
    guard transformer.operations != nil else { return [] }
    let found =
      head() + deadOperations() + refusedTargets() + conflicts() + captures() + losses() + defaults() + quoting()
    return found.enumerated().sorted { left, right in
      let (a, b) = (left.element.place, right.element.place)
      let (x, y) = ((a?.line ?? 0, a?.column ?? 0), (b?.line ?? 0, b?.column ?? 0))
      return x != y ? x < y : left.offset < right.offset
    }.map(\.element)
  }
}

extension Diagnostic.Code {
  /// An operation that can never find anything.
  public static let deadOperation: Self = "dead-operation"
  /// An operation makes something that the schema of the target version cannot hold.
  public static let targetRefused: Self = "target-refused"
  /// Two operations that undo or overwrite each other.
  public static let operationConflict: Self = "operation-conflict"
  /// A capture whose name is never used.
  public static let unusedCapture: Self = "unused-capture"
  /// An operation may lose something, and does not say why that is all right.
  public static let lossUnsaid: Self = "loss-unsaid"
  /// A default differs between the two schemas, and no operation answers it.
  public static let unansweredDefault: Self = "unanswered-default"
  /// A default that the operation says is another one in the schema.
  public static let wrongDefault: Self = "wrong-default"
  /// An address that is not quoted, though it has a character that YAML or a person takes for something else.
  public static let unquotedAddress: Self = "unquoted-address"
  /// The way back does not know which version to write.
  public static let missingDownTo: Self = "missing-down-to"
  /// A transformer that no golden pair shows.
  public static let untested: Self = "untested"
}
