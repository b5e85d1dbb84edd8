/// What two sides made of one document, put together: their texts where those fit, and their values in any case.
///
/// Lines are merged first (as `diff3` does), so that comments, layout and spelling of both sides stay. The result is used
/// only where it reads as the merge of the values, key by key; else the values decide, and are written into it with the
/// fewest edits.
public struct ThreeWayMerge: Sendable {
  public var bytes: [UInt8]
  /// Places that both sides changed in different ways. The bytes have the preferred side's.
  public var conflicts: [MergeConflict]
  /// Comment lines that only we wrote, and that found no place in the result; without line breaks.
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
    let lines = SequenceMerge(base: base.source.lines, ours: ours.source.lines, theirs: theirs.source.lines)
    for preferred in side == .ours ? [MergeSide.ours, .theirs] : [.theirs, .ours] {
      let text = lines.elements { _, ours, theirs in Array(preferred == .ours ? ours : theirs) }.flatMap(\.self)
      guard let document = try? Document(text, as: theirs.format, named: theirs.name, yaml: theirs.yamlVersion),
        let written = try? Self.writing(values, into: document)
      else { continue }
      bytes = written
      droppedComments = Self.comments(ours, notIn: base, notIn: bytes)
      return
    }
    bytes = try Self.writing(values, into: theirs)
    droppedComments = Self.comments(ours, notIn: base, notIn: bytes)
  }

  private static func writing(_ values: [Value], into document: Document) throws(Diagnostic) -> [UInt8] {
    guard document.roots.count == values.count else {
      throw Diagnostic(.editRefused, "the merged text of `\(document.name)` has another number of documents")
    }
    var document = document
    for (root, value) in zip(document.roots, values) where document.value(of: root) != value {
      _ = try document.reconcile(root, with: value)
    }
    return try document.render().bytes
  }

  /// The comment lines of ours that are new to it, and that the result does not have.
  private static func comments(_ ours: Document, notIn base: Document, notIn result: [UInt8]) -> [String] {
    var known: [ArraySlice<UInt8>: Int] = [:]
    for comment in base.source.commentTexts { known[comment, default: 0] += 1 }
    var kept: [ArraySlice<UInt8>: Int] = [:]
    for comment in result.commentTexts { kept[comment, default: 0] += 1 }
    var dropped: [String] = []
    for comment in ours.source.commentTexts {
      if let count = known[comment], count > 0 {
        known[comment] = count - 1
      } else if let count = kept[comment], count > 0 {
        kept[comment] = count - 1
      } else {
        dropped.append(String(decoding: comment, as: UTF8.self))
      }
    }
    return dropped
  }
}

extension [UInt8] {
  /// What looks like a comment of YAML or JSONC, from its sign to the line's end. A text may hold one too: this is for
  /// counting what a merge lost, where one too many does no harm.
  fileprivate var commentTexts: [ArraySlice<UInt8>] {
    lines.compactMap { line in
      let text = line.prefix { $0 != 0x0A && $0 != 0x0D }
      for index in text.indices {
        let isFirst = index == text.startIndex || text[index - 1] == 0x20 || text[index - 1] == 0x09
        let isSlash = text[index] == 0x2F && index + 1 < text.endIndex && [0x2F, 0x2A].contains(text[index + 1])
        if isFirst, text[index] == 0x23 || isSlash { return text[index...] }
      }
      return nil
    }
  }
}
