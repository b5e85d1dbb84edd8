/// Objects that a run was the first to back up, where they are so few that they need no pack: they are written behind the list of
/// the backup, one behind the other, and then the list of them, as in an ``ObjectPack``. So a small backup is one file and not two.
struct HeldObjects: Hashable, Sendable {
  /// Where each is in ``bytes``.
  var entries: [ObjectPack.Entry] = []
  var bytes: [UInt8] = []

  /// How many bytes ``append(to:)`` writes.
  var length: Int { entries.isEmpty ? 0 : bytes.count + PackText.length(of: entries.count) }

  /// Writes them behind a text. Nothing where there are none.
  func append(to text: inout [UInt8]) {
    guard !entries.isEmpty else { return }
    let start = text.count
    text += bytes
    PackText.append(
      entries.lazy.map { ObjectPack.Entry(digest: $0.digest, offset: start + $0.offset, length: $0.length) }, to: &text)
  }
}
