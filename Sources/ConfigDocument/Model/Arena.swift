/// An array of plain structs that a parser fills without being asked, at each element, whether someone else holds it.
///
/// A value, as an array is: copies share their storage until one of them changes. All unsafe memory of the module that outlives
/// a call is in this file; every index is checked.
struct Arena<Element: BitwiseCopyable> {
  /// Owns the memory. Nothing of it changes while more than one arena holds it.
  fileprivate final class Storage: @unchecked Sendable {
    let base: UnsafeMutablePointer<Element>
    let capacity: Int

    init(_ base: UnsafeMutablePointer<Element>, capacity: Int) {
      self.base = base
      self.capacity = capacity
    }

    deinit { base.deallocate() }
  }

  private var storage: Storage
  private(set) var count: Int

  fileprivate init(_ storage: Storage, count: Int) {
    self.storage = storage
    self.count = count
  }

  mutating func append(_ element: Element) {
    if count == storage.capacity || !isKnownUniquelyReferenced(&storage) {
      move(toCapacity: count == storage.capacity ? count + count / 2 + 8 : storage.capacity)
    }
    (storage.base + count).initialize(to: element)
    count += 1
  }

  /// Gives up all elements but the first `count`.
  mutating func truncate(to count: Int) {
    precondition(count >= 0 && count <= self.count)
    self.count = count
  }

  private mutating func move(toCapacity capacity: Int) {
    let base = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    base.initialize(from: storage.base, count: count)
    storage = Storage(base, capacity: capacity)
  }
}

extension Arena: Sendable where Element: Sendable {}

extension Arena: RandomAccessCollection {
  var startIndex: Int { 0 }
  var endIndex: Int { count }

  subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count)
      return storage.base[index]
    }
    _modify {
      precondition(index >= 0 && index < count)
      if !isKnownUniquelyReferenced(&storage) { move(toCapacity: storage.capacity) }
      yield &storage.base[index]
    }
  }
}

/// An arena while it is filled. It cannot be copied, so it is the only owner of its memory and never has to ask.
struct ArenaBuilder<Element: BitwiseCopyable>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>
  private(set) var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = Swift.max(capacity, 8)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  subscript(index: Int) -> Element {
    @inline(__always) get {
      precondition(index >= 0 && index < count)
      return base[index]
    }
    @inline(__always) _modify {
      precondition(index >= 0 && index < count)
      yield &base[index]
    }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { reserve(capacity * 2) }
    (base + count).initialize(to: element)
    count += 1
  }

  /// Takes what was appended last.
  @inline(__always)
  mutating func removeLast() -> Element {
    precondition(count > 0)
    count -= 1
    return base[count]
  }

  /// Gives up all elements but the first `count`.
  mutating func truncate(to count: Int) {
    precondition(count >= 0 && count <= self.count)
    self.count = count
  }

  /// Makes room for `capacity` elements in all. Complexity: O(count).
  @inline(never)
  mutating func reserve(_ capacity: Int) {
    guard capacity > self.capacity else { return }
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = larger
    self.capacity = capacity
  }

  /// The elements as a buffer that is valid during the call.
  func withBuffer<Result>(_ body: (UnsafeBufferPointer<Element>) -> Result) -> Result {
    body(UnsafeBufferPointer(start: base, count: count))
  }

  /// The finished arena. Room that was reserved and never touched takes no memory where it is whole pages; a small arena
  /// gives it back.
  consuming func finish() -> Arena<Element> {
    let bytes = capacity * MemoryLayout<Element>.stride
    if bytes < 1 << 20, capacity - count > count / 16 { shrink() }
    let arena = Arena(Arena.Storage(base, capacity: capacity), count: count)
    discard self
    return arena
  }

  private mutating func shrink() {
    let smaller = UnsafeMutablePointer<Element>.allocate(capacity: Swift.max(count, 1))
    smaller.moveInitialize(from: base, count: count)
    base.deallocate()
    base = smaller
    capacity = Swift.max(count, 1)
  }
}
