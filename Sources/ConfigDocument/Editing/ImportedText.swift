/// Text that came from another document and stands behind the source in ``Document/bytes``, as a document of its own between
/// two markers, so that whoever looks for the end of a line or of a file finds it.
struct ImportedText: Sendable {
  /// Where it stands, the marker behind it included.
  var range: Range<Int>
  /// Where its entry stood in the document that it came from.
  var place: SourcePlace
}

extension Document {
  /// The imported text that holds `offset`; nil where the source does. Complexity: O(log n).
  func importedText(at offset: Int) -> ImportedText? {
    guard offset > source.count else { return nil }
    var (low, high) = (0, edits.imports.count)
    while low < high {
      let middle = (low + high) / 2
      if edits.imports[middle].range.upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low < edits.imports.count ? edits.imports[low] : nil
  }
}
