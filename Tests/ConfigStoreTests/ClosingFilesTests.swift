import Glibc
import Synchronization
import SystemPackage
import Testing

@testable import ConfigStore

/// Files that other threads close.
@Suite struct ClosingFilesTests {
  /// Pipes: who reads is told when the other end is closed, whatever number its descriptor had.
  private static func pipes(_ count: Int) throws -> [(readEnd: FileDescriptor, writeEnd: FileDescriptor)] {
    try (0..<count).map { _ in
      let ends = try FileDescriptor.pipe()
      for end in [ends.readEnd, ends.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
      _ = fcntl(ends.readEnd.rawValue, F_SETFL, O_NONBLOCK)
      return ends
    }
  }

  /// Whether nobody has the other end any more. Programs that other tests start hold every file for a moment.
  private static func isClosed(behind end: FileDescriptor) -> Bool {
    var byte: UInt8 = 0
    for _ in 0..<10_000 {
      if read(end.rawValue, &byte, 1) == 0 { return true }
      usleep(1_000)
    }
    return false
  }

  @Test(arguments: [0, 1, 2, 3, 10, 200])
  func `all are closed in the end`(count: Int) throws {
    let pipes = try Self.pipes(count)
    defer { for ends in pipes { try? ends.readEnd.close() } }
    let closing = ClosingFiles(pipes.count, in: try OpenDirectory("/"))
    for ends in pipes { closing.close(ends.writeEnd) }
    closing.finish()
    for ends in pipes { #expect(Self.isClosed(behind: ends.readEnd)) }
    closing.finish()
  }

  @Test(arguments: [1, 10, 80])
  func `whoever finishes has waited for the slowest`(count: Int) throws {
    let pipes = try Self.pipes(count)
    defer { for ends in pipes { try? ends.readEnd.close() } }
    let closed = Atomic(0)
    let slow = InterferingFileSystem(
      before: { call in
        if call == .close {
          usleep(2_000)
          closed.add(1, ordering: .relaxed)
        }
        return false
      }, {})
    let root = try OpenDirectory("/", in: slow)
    let closing = ClosingFiles(count, in: root)
    for ends in pipes { closing.close(ends.writeEnd) }
    closing.finish()
    #expect(closed.load(ordering: .relaxed) == count)
    withExtendedLifetime(root) {}
  }

  @Test func `who throws before the end leaves none open`() throws {
    let pipes = try Self.pipes(5)
    defer { for ends in pipes { try? ends.readEnd.close() } }
    do {
      let closing = ClosingFiles(pipes.count, in: try OpenDirectory("/"))
      for ends in pipes { closing.close(ends.writeEnd) }
    }
    for ends in pipes { #expect(Self.isClosed(behind: ends.readEnd)) }
  }
}
