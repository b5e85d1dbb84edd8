import SystemPackage
import Testing

@testable import ConfigStore

/// What Linux tells of a mounted ext4.
@Suite struct ExtMountOptionsTests {
  @Test(arguments: [
    ("rw\nbsddf\ndiscard\ndelalloc\nnojournal_checksum\nstripe=0\n", true),
    ("rw\nbsddf\nnodiscard\ndelalloc\nstripe=0\n", false),
    ("rw\ndiscard\njournal_checksum\nstripe=0\ndata=ordered\n", false),
    ("rw\nnodiscard\ndata=journal\n", false),
    ("", false),
  ])
  func `the disk is told at once where there is no journal`(text: String, isTold: Bool) {
    #expect(ExtMountOptions(text).tellDiskAtOnce == isTold)
  }

  @Test(arguments: [
    ("discard,resuid=65534", true), ("errors=remount-ro,discard", true), ("nodiscard,stripe=4", false), ("", false),
  ])
  func `those that were chosen say whether the disk is told`(text: String, isTold: Bool) {
    #expect(ExtMountOptions(text).tellDiskOfFreeBlocks == isTold)
    let bytes = Array(text.utf8CString.dropLast())
    let told = ExtMountOptions { buffer, size in
      for (index, byte) in bytes.enumerated() where index < size { buffer[index] = byte }
      return bytes.count
    }
    #expect((told?.tellDiskOfFreeBlocks == true) == isTold)
    #expect(ExtMountOptions { _, _ in -1 } == nil)
  }

  @Test func `another file system has none`() throws {
    let directory = try OpenDirectory("/proc")
    #expect(ExtMountOptions(ofDevice: 0, 0) == nil)
    #expect(!LocalFileSystem().freesOnClose(in: directory.descriptor))
    #expect(!LocalFileSystem().mayFreeOnClose(in: directory.descriptor))
  }
}
