public import ConfigDocument

extension Plan {
  /// One file of the set, with what becomes of it.
  public struct PlannedFile: Sendable {
    /// What the plan does to the file as such, whatever it does to its content.
    public enum Fate: Hashable, Sendable {
      case kept
      case created
      case removed
      /// It gets another path; its old one is here.
      case renamed(from: String)
    }

    /// The path after the plan; of a file that is removed, the one before.
    public var path: String
    public var layer: Layer
    public var fate: Fate
    /// The bytes before; none of a file that is created.
    public var old: [UInt8] {
      get { oldText.bytes }
      set { oldText = .held(newValue) }
    }
    /// The bytes after; none of a file that is removed.
    public var new: [UInt8] {
      get { newText.bytes }
      set { newText = .held(newValue) }
    }
    /// The stretches that differ, with the operations that wrote them. In order.
    public var changes: [Rendering.Change]
    public var linesAdded: Int
    public var linesRemoved: Int
    /// The unified diff, which `git apply` and `patch -p1` accept; empty where nothing changed.
    public var diff: [UInt8] {
      get { diffText.bytes }
      set { diffText = .held(newValue) }
    }

    var oldText: PlannedText
    var newText: PlannedText
    var diffText: PlannedText
    /// Whether the bytes differ, of a file whose texts are on a shelf.
    var differs = false

    /// What became of each of its scalars; nil of a file that is created.
    public var ledger: LeafLedger?

    /// What the operations wrote, renamed or moved in it; empty of a file that comes or goes, and on a way down.
    public var edits: [EditedNode] = []

    public var isChanged: Bool {
      guard fate == .kept else { return true }
      guard case .held(let old) = oldText, case .held(let new) = newText else { return differs }
      return old != new
    }

    /// Whether the file's texts are on a shelf.
    package var isShelved: Bool { if case .shelved = oldText { true } else { false } }

    /// The path before; nil of a file that is created.
    public var oldPath: String? {
      switch fate {
      case .kept, .removed: path
      case .created: nil
      case .renamed(let old): old
      }
    }

    /// The path after; nil of a file that is removed.
    public var newPath: String? { fate == .removed ? nil : path }

    /// A file that is there before and after.
    package init(path: String, layer: Layer, old: [UInt8], rendering: Rendering, fate: Fate = .kept) {
      self.path = path
      self.layer = layer
      self.fate = fate
      oldText = .held(old)
      newText = .held(rendering.bytes)
      changes = rendering.changes
      guard fate != .kept || rendering.bytes != old else {
        (linesAdded, linesRemoved) = (0, 0)
        diffText = .held([])
        return
      }
      let difference = RenderingDifference(rendering, from: old)
      (linesAdded, linesRemoved) = difference.counts
      switch fate {
      case .renamed(let oldPath): diffText = .held(difference.text(renaming: oldPath, to: path))
      case .kept, .created, .removed:
        diffText = .held(rendering.bytes == old ? [] : difference.text(path: path))
      }
    }

    /// A file that comes or goes: nil stands for no file.
    package init(path: String, layer: Layer, from old: [UInt8]?, to new: [UInt8]?, author: EditAuthor?) {
      self.path = path
      self.layer = layer
      fate = old == nil ? .created : new == nil ? .removed : .kept
      oldText = .held(old ?? [])
      newText = .held(new ?? [])
      let whole = Rendering(
        replacing: old ?? [], by: new ?? [], author: author ?? EditAuthor(rawValue: 0))
      changes = whole.changes
      (linesAdded, linesRemoved) = UnifiedDiff.counts(of: whole, from: old ?? [])
      diffText = .held(UnifiedDiff.text(from: old, to: new, path: path))
    }
  }
}
