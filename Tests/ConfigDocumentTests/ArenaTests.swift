import Testing

@testable import ConfigDocument

@Suite struct ArenaTests {
  static func arena(_ elements: Range<Int>, capacity: Int = 0) -> Arena<Int> {
    var builder = ArenaBuilder<Int>(capacity: capacity)
    for element in elements { builder.append(element) }
    return builder.finish()
  }

  @Test(arguments: [0, 1, 8, 9, 100, 200_000])
  func `what is appended is there, whatever room was reserved`(count: Int) {
    for capacity in [0, count / 2, count, count * 2 + 100] {
      #expect(Array(Self.arena(0..<count, capacity: capacity)) == Array(0..<count))
    }
  }

  @Test func `copies do not see each other's changes`() {
    var first = Self.arena(0..<20)
    var second = first
    second[3] = 100
    first.append(20)
    second.append(200)
    second.truncate(to: 5)
    second.append(300)
    #expect(Array(first) == Array(0...20))
    #expect(Array(second) == [0, 1, 2, 100, 4, 300])
  }

  @Test func `a builder is a stack`() {
    var builder = ArenaBuilder<Int>(capacity: 0)
    for element in 0..<30 { builder.append(element) }
    #expect(builder.removeLast() == 29)
    builder.truncate(to: 3)
    builder[1] = 7
    #expect(builder.withBuffer { Array($0) } == [0, 7, 2])
  }

  @Test func `an index that is not there traps`() async {
    await #expect(processExitsWith: .failure) { _ = ArenaTests.arena(0..<3)[3] }
  }
}

@Suite struct KeyHashTests {
  @Test func `texts of every length and with one byte changed have hashes of their own`() {
    var hashes: Set<UInt32> = []
    var count = 0
    for length in 0..<70 {
      let text = [UInt8](repeating: UInt8(ascii: "a"), count: length)
      for position in -1..<length {
        var changed = text
        if position >= 0 { changed[position] = UInt8(ascii: "b") }
        hashes.insert(changed.withUnsafeBufferPointer(KeyHash.hash))
        count += 1
      }
    }
    // 2,485 texts in 2³² hashes: one collision is a chance of 1 in 1,400.
    #expect(hashes.count >= count - 1)
    #expect(!hashes.contains(0))
  }

  @Test func `a string has the hash of its bytes`() {
    for text in ["", "a", "schlüssel", "👋 a longer key than most"] {
      #expect(KeyHash.hash(text) == Array(text.utf8).withUnsafeBufferPointer(KeyHash.hash))
    }
  }
}
