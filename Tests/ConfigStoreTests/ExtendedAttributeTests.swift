import ConfigDocument
import Glibc
import Testing

@testable import ConfigStore

/// The calls that the overlay does not export, found by name.
private enum ExtendedAttribute {
  typealias Set = @convention(c) (UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafeRawPointer, Int, Int32) -> Int32
  typealias Get = @convention(c) (UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafeMutableRawPointer, Int) -> Int

  static func set(_ value: String, as name: String, of path: String) -> Bool {
    let call = unsafeBitCast(dlsym(nil, "setxattr"), to: Set.self)
    return Array(value.utf8).withUnsafeBytes { call(path, name, $0.baseAddress!, $0.count, 0) == 0 }
  }

  static func get(_ name: String, of path: String) -> String? {
    let call = unsafeBitCast(dlsym(nil, "getxattr"), to: Get.self)
    var buffer = [UInt8](repeating: 0, count: 100)
    let count = buffer.withUnsafeMutableBytes { call(path, name, $0.baseAddress!, $0.count) }
    return count < 0 ? nil : String(decoding: buffer.prefix(count), as: UTF8.self)
  }

  /// Whether the file system of temporary files keeps attributes of users.
  static var works: Bool {
    let scratch = ScratchDirectory(in: "/tmp")
    scratch.write("probe", "")
    return set("1", as: "user.probe", of: scratch.absolute("probe"))
  }
}

@Suite(.enabled("the file system of /tmp keeps extended attributes") { ExtendedAttribute.works })
struct ExtendedAttributeTests {
  @Test func `a file that is replaced, renamed or rolled back keeps its extended attributes`() throws {
    let scratch = ScratchDirectory(in: "/tmp")
    scratch.write("a.yaml", "1")
    scratch.write("b.yaml", "1")
    for name in ["a.yaml", "b.yaml"] {
      #expect(ExtendedAttribute.set("keep me", as: "user.note", of: scratch.absolute(name)))
    }
    let store = try scratch.store()
    let changes = [
      FileChange(.replace(Array("2".utf8)), at: "a.yaml"), FileChange(.rename(to: "c.yaml"), at: "b.yaml"),
    ]
    _ = try store.commit(changes, RunDescription(.apply))
    #expect(ExtendedAttribute.get("user.note", of: scratch.absolute("a.yaml")) == "keep me")
    #expect(ExtendedAttribute.get("user.note", of: scratch.absolute("c.yaml")) == "keep me")
    _ = try store.rollback()
    #expect(ExtendedAttribute.get("user.note", of: scratch.absolute("a.yaml")) == "keep me")
  }
}
