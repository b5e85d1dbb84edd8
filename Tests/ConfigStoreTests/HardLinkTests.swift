import ConfigDocument
import Glibc
import Testing

@testable import ConfigStore

@Suite struct HardLinkTests {
  private func inode(_ path: String, in scratch: ScratchDirectory) -> UInt64? {
    var status = stat()
    return lstat(scratch.absolute(path), &status) == 0 ? UInt64(status.st_ino) : nil
  }

  private func directory() -> ScratchDirectory {
    let scratch = ScratchDirectory()
    scratch.write("a.yaml", "old")
    scratch.write("sub/x.txt", "x")
    Glibc.link(scratch.absolute("a.yaml"), scratch.absolute("b.yaml"))
    Glibc.link(scratch.absolute("a.yaml"), scratch.absolute("sub/c.yaml"))
    return scratch
  }

  @Test func `all names of a file inside the directory get the new bytes and stay one file`() throws {
    let scratch = directory()
    let before = scratch.snapshot()
    let store = try scratch.store()
    let changes = [FileChange(.replace(Array("new".utf8)), at: "b.yaml")]
    let record = try #require(try store.commit(changes, RunDescription(.apply)))
    #expect(record.files.map(\.path) == ["a.yaml", "b.yaml", "sub/c.yaml"])
    for path in ["a.yaml", "b.yaml", "sub/c.yaml"] {
      #expect(scratch.read(path) == "new")
      #expect(inode(path, in: scratch) == inode("a.yaml", in: scratch))
    }
    _ = try store.rollback()
    #expect(scratch.snapshot() == before)
    #expect(inode("sub/c.yaml", in: scratch) == inode("a.yaml", in: scratch))
    #expect(inode("b.yaml", in: scratch) == inode("a.yaml", in: scratch))
  }

  @Test func `names that were removed come back as one file`() throws {
    let scratch = directory()
    let before = scratch.snapshot()
    let store = try scratch.store()
    let changes = ["a.yaml", "b.yaml", "sub/c.yaml"].map { FileChange(.remove, at: $0) } as [FileChange]
    _ = try store.commit(changes, RunDescription(.apply))
    #expect(scratch.names(in: "") == [".cfgmigrate", "sub"])
    _ = try store.rollback()
    #expect(scratch.snapshot() == before)
    #expect(inode("b.yaml", in: scratch) == inode("a.yaml", in: scratch))
    #expect(inode("sub/c.yaml", in: scratch) == inode("a.yaml", in: scratch))
  }

  @Test func `an undo joins the names again`() throws {
    let scratch = directory()
    let before = scratch.snapshot()
    let changes = [FileChange(.replace(Array("new".utf8)), at: "b.yaml")]
    #expect(throws: Diagnostic("schema", "no")) {
      try scratch.store().commit(changes, RunDescription(.apply)) { () throws(Diagnostic) in
        throw Diagnostic("schema", "no")
      }
    }
    #expect(scratch.snapshot() == before)
    #expect(inode("sub/c.yaml", in: scratch) == inode("a.yaml", in: scratch))
  }

  @Test func `a file with a name outside is refused`() throws {
    let (scratch, elsewhere) = (directory(), ScratchDirectory())
    Glibc.link(scratch.absolute("a.yaml"), elsewhere.absolute("theirs.yaml"))
    let before = scratch.snapshot()
    let refusal = #expect(throws: Diagnostic.self) {
      try scratch.store().commit([FileChange(.replace([1]), at: "a.yaml")], RunDescription(.apply))
    }
    #expect(refusal?.code == .outsideDirectory)
    #expect(refusal?.message.contains("has 1 more name outside") == true)
    #expect(scratch.snapshot() == before)
    #expect(elsewhere.read("theirs.yaml") == "old")
  }

  @Test func `names that are to become different are refused`() throws {
    let scratch = directory()
    let changes = [FileChange(.replace([1]), at: "a.yaml"), FileChange(.replace([2]), at: "b.yaml")]
    #expect(code { _ = try scratch.store().commit(changes, RunDescription(.apply)) } == .conflictingChanges)
  }
}
