/// What the nodes of a document rest on; it grows when something is imported.
struct DocumentContent: Sendable {
  /// What the nodes' spans are in: the source, and behind it what was imported from other documents.
  var bytes: [UInt8]
  var decoded: [DecodedScalar]
  var decodedText: [UInt8]
  var properties: [UInt32: NodeProperties]
  var hasAliases: Bool
  /// The lines of `bytes` that are too long to be walked.
  var longLines: LongLines
  var keyFilter: KeyFilter

  init(_ tree: Tree, of source: [UInt8]) {
    bytes = source
    decoded = tree.decoded
    decodedText = tree.decodedText
    properties = tree.properties
    hasAliases = tree.properties.contains { $0.value.target != nil }
    longLines = source.withBuffer { LongLines(in: $0) }
    keyFilter = tree.keyFilter
  }
}
