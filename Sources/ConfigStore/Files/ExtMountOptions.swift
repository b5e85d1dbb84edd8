private import Glibc
internal import SystemPackage

/// The options with which an ext2, ext3 or ext4 file system is mounted.
struct ExtMountOptions {
  private var options: [Substring]

  /// - Parameter text: One a line, or with commas between them.
  init(_ text: String) { options = text.split { $0 == "\n" || $0 == "," } }

  /// Asks for those of the file system on a device, as Linux tells them in `/proc/fs/ext4/<device>/options`: with those that nobody has
  /// chosen.
  /// - Returns: nil where it is another file system, or the system does not tell.
  init?(ofDevice major: UInt32, _ minor: UInt32) {
    let link = Self.text(atMost: 1_024) { readlink("/sys/dev/block/\(major):\(minor)", $0, $1) }
    guard let name = link?.split(separator: "/").last,
      let file = try? FileDescriptor.open(FilePath("/proc/fs/ext4/\(name)/options"), .readOnly)
    else { return nil }
    defer { try? file.close() }
    guard let text = Self.text(atMost: 4_096, { Glibc.read(file.rawValue, $0, $1) }) else { return nil }
    self.init(text)
  }

  /// Asks for those that were chosen: by a call of the system that costs little.
  ///
  /// - Parameter tell: Writes them, at most so many bytes, and returns how many there are; less than none where the system does not tell.
  init?(chosen tell: (UnsafeMutablePointer<CChar>, Int) -> Int) {
    guard let text = Self.text(atMost: 4_096, tell) else { return nil }
    self.init(text)
  }

  private static func text(atMost size: Int, _ read: (UnsafeMutablePointer<CChar>, Int) -> Int) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { buffer in
      let count = buffer.baseAddress.map { read($0, size) } ?? -1
      guard count > 0 else { return nil }
      return String(decoding: UnsafeRawBufferPointer(buffer)[..<count], as: UTF8.self)
    }
  }

  /// Whether the disk is told which blocks are free.
  var tellDiskOfFreeBlocks: Bool { options.contains("discard") }

  /// Whether who frees blocks tells the disk so, and waits for it. With a journal a thread of the system does, later; which is known only
  /// where the options that nobody has chosen are.
  var tellDiskAtOnce: Bool { tellDiskOfFreeBlocks && !options.contains { $0.hasPrefix("data=") } }
}
