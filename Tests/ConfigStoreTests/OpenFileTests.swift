import StoreTestSupport
import Testing

@testable import ConfigStore

@Suite struct OpenFileTests {
  /// More than is read at a time.
  private static let bytes = [UInt8]((0..<20_000).map { UInt8(truncatingIfNeeded: $0 / 7) })

  private func holds(_ wanted: [UInt8], at offset: Int = 0) throws -> Bool {
    let scratch = ScratchDirectory()
    let directory = try OpenDirectory(scratch.absolute(""))
    let name = FileName(known: "file")
    try directory.create(name, Self.bytes, durably: false)
    return try directory.open(name, for: .reading).holds(wanted[...], at: offset)
  }

  @Test func `a file holds what was written to it, anywhere in it`() throws {
    #expect(try holds(Self.bytes))
    #expect(try holds(Array(Self.bytes[5_000..<19_999]), at: 5_000))
    #expect(try holds([]))
  }

  @Test(arguments: [0, 8_191, 8_192, 16_384, 19_999])
  func `one byte that differs is found`(at index: Int) throws {
    var other = Self.bytes
    other[index] ^= 1
    #expect(try !holds(other))
  }

  @Test func `a file that ends too early, or is read at another place, does not hold it`() throws {
    #expect(try !holds(Self.bytes + [0]))
    #expect(try !holds(Self.bytes, at: 1))
    #expect(try !holds([1], at: 30_000))
  }
}
