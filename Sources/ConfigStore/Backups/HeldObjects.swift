/// Objects that a run was the first to back up, where they are so few that they need no pack: they are written behind the list of
/// the backup, one behind the other, and then the list of them, as in an ``ObjectPack``. So a small backup is one file and not two.
struct HeldObjects: Hashable, Sendable {
  /// Where each is in ``bytes``.
  var entries: [ObjectPack.Entry] = []
  var bytes: [UInt8] = []

  /// What is written behind a text of `length` bytes. Nothing where there are none.
  func text(behind length: Int) -> [UInt8] {
    guard !entries.isEmpty else { return [] }
    return bytes
      + PackText.text(
        of: entries.map { ObjectPack.Entry(digest: $0.digest, offset: length + $0.offset, length: $0.length) })
  }
}
