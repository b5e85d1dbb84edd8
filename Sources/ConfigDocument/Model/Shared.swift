/// A value on the heap that copies share until one of them changes it: to copy a document is not to copy each of its tables.
struct Shared<Value: Sendable>: Sendable {
  private final class Storage: @unchecked Sendable {
    /// Changed only by who holds the storage alone.
    var value: Value

    init(_ value: Value) { self.value = value }
  }

  private var storage: Storage

  init(_ value: Value) { storage = Storage(value) }

  var value: Value {
    _read { yield storage.value }
    _modify {
      if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.value) }
      yield &storage.value
    }
  }
}

extension Shared<EditOverlay> {
  /// Of all documents that nobody edited.
  static let noEdits = Shared(EditOverlay())
}
