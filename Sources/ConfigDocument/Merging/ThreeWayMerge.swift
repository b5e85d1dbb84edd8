/// What two sides made of one document, put together: their texts where those fit, and their values in any case.
///
/// Lines are merged first (as `diff3` does), so that comments, layout and spelling of both sides stay. The result is used
/// only where it reads as the merge of the values, key by key; else the values decide, and are written into it with the
/// fewest edits.
public struct ThreeWayMerge: Sendable {
  public var bytes: [UInt8]
  /// Places that both sides changed in different ways. The bytes have the preferred side's.
  public var conflicts: [MergeConflict]
  /// Comments that only we wrote, and that found no place in the result; without their sign.
  public var droppedComments: [String]

  /// - Parameters:
  ///   - base: what both sides started from.
  ///   - ours: the form whose changes are carried over.
  ///   - theirs: the form that they are carried to; in doubt, its layout is kept.
  /// - Throws: `edit-refused`, where the merged values cannot be written.
  /// - Complexity: O(n · d), for d lines that differ.
  public init(
    base: Document, ours: Document, theirs: Document, preferring side: MergeSide = .theirs
  ) throws(Diagnostic) {
    bytes = theirs.source
    conflicts = []
    droppedComments = []
    if ours.source == base.source { return }
    if theirs.source == base.source {
      bytes = ours.source
      return
    }
    var values: [Value] = []
    let counts = [base.roots.count, ours.roots.count, theirs.roots.count]
    guard counts.allSatisfy({ $0 == counts[0] }) else {
      // Documents of a stream have no names by which they could be told apart.
      conflicts = [MergeConflict(pointer: Pointer(), base: nil, ours: nil, theirs: nil)]
      if side == .ours { bytes = ours.source }
      return
    }
    for index in theirs.roots.indices {
      var merging = ValueMerging(side: side, document: index + 1)
      let merged = merging.merged(
        base: base.value(of: base.roots[index]), ours: ours.value(of: ours.roots[index]),
        theirs: theirs.value(of: theirs.roots[index]), at: Pointer())
      values.append(merged ?? .null)
      conflicts += merging.conflicts
    }
    let known = CommentCounts(ours).merged(with: CommentCounts(theirs))
    let news = CommentCounts(ours).minus(CommentCounts(base))
    var best: (document: Document, dropped: [String])?
    for text in Self.texts(base: base.source, ours: ours.source, theirs: theirs.source, preferring: side) {
      guard let document = try? Document(text, as: theirs.format, named: theirs.name, yaml: theirs.yamlVersion),
        // Where lines moved, both sides may bring a comment along.
        CommentCounts(document).isWithin(known), let written = try? Self.writing(values, into: document)
      else { continue }
      let dropped = news.minus(CommentCounts(written)).texts
      if dropped.count < best?.dropped.count ?? .max { best = (written, dropped) }
    }
    if best == nil {
      let written = try Self.writing(values, into: theirs)
      best = (written, news.minus(CommentCounts(written)).texts)
    }
    guard var (document, dropped) = best else { return }
    if !dropped.isEmpty {
      var carried = document
      CommentCarrying(base: base, ours: ours).carry(dropped, into: &carried)
      if carried.hasEdits, let read = try? Self.reread(carried) {
        document = read
        dropped = news.minus(CommentCounts(read)).texts
      }
    }
    (bytes, droppedComments) = (document.source, dropped)
  }

  /// The texts that can be meant, the likeliest first. Where both sides put something in one place, both may be kept.
  private static func texts(
    base: [UInt8], ours: [UInt8], theirs: [UInt8], preferring side: MergeSide
  ) -> [[UInt8]] {
    let lines = SequenceMerge(base: base.lines, ours: ours.lines, theirs: theirs.lines)
    typealias Lines = ArraySlice<ArraySlice<UInt8>>
    func preferred(_ ours: Lines, _ theirs: Lines) -> [ArraySlice<UInt8>] { Array(side == .ours ? ours : theirs) }
    func text(_ resolve: (Lines, _ ours: Lines, _ theirs: Lines) -> [ArraySlice<UInt8>]) -> [UInt8] {
      lines.elements(resolve).flatMap(\.self)
    }
    guard lines.hasConflicts else { return [text { _, _, theirs in Array(theirs) }] }
    return [
      text { base, ours, theirs in base.isEmpty ? Array(ours + theirs) : preferred(ours, theirs) },
      text { base, ours, theirs in base.isEmpty ? Array(theirs + ours) : preferred(ours, theirs) },
      text { _, ours, theirs in preferred(ours, theirs) },
      text { _, ours, theirs in Array(side == .ours ? theirs : ours) },
    ]
  }

  /// The comments that a text has and an earlier form of it had not, and that a third does not have; without their sign.
  package static func comments(
    writtenIn edited: Document, since earlier: Document, absentFrom result: Document
  ) -> [String] {
    CommentCounts(edited).minus(CommentCounts(earlier)).minus(CommentCounts(result)).texts
  }

  private static func writing(_ values: [Value], into document: Document) throws(Diagnostic) -> Document {
    guard document.roots.count == values.count else {
      throw Diagnostic(.editRefused, "the merged text of `\(document.name)` has another number of documents")
    }
    var edited = document
    for (root, value) in zip(document.roots, values) where document.value(of: root) != value {
      _ = try edited.reconcile(root, with: value)
    }
    return try reread(edited)
  }

  private static func reread(_ document: Document) throws(Diagnostic) -> Document {
    try Document(document.render().bytes, as: document.format, named: document.name, yaml: document.yamlVersion)
  }
}

/// How often each comment stands in a text.
private struct CommentCounts {
  private var counts: [String: Int] = [:]

  init(_ document: Document) {
    for comment in document.comments { counts[comment.text, default: 0] += 1 }
  }

  /// The higher count of each.
  func merged(with other: Self) -> Self {
    var copy = self
    copy.counts.merge(other.counts) { max($0, $1) }
    return copy
  }

  func minus(_ other: Self) -> Self {
    var copy = self
    for (text, count) in other.counts { copy.counts[text] = max(0, (counts[text] ?? 0) - count) }
    return copy
  }

  func isWithin(_ other: Self) -> Bool { counts.allSatisfy { $0.value <= other.counts[$0.key] ?? 0 } }

  /// In the order of their bytes, for messages that are always the same.
  var texts: [String] {
    counts.flatMap { Array(repeating: $0.key, count: $0.value) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
