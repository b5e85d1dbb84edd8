public import ConfigDocument
private import Glibc
internal import SystemPackage

/// One file that the user names, part of no set: read, or replaced as a whole.
public struct StandaloneFile: Sendable {
  public let path: String

  public init(_ path: String) { self.path = path }

  /// Whether something that can be read as a file is there; links are followed.
  package var isFile: Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }

  package var isDirectory: Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// - Throws: `io-error`.
  public func read() throws(Diagnostic) -> [UInt8] {
    if let bytes = try ProductFiles.readIfPresent(path) { return bytes }
    throw Diagnostic(.ioError, "cannot read \(path): there is no such file", hint: "Look at the spelling of its name")
  }

  /// Takes the file away; nothing happens where there is none.
  package func removeIfPresent() { unlink(path) }

  /// Waits until what another program wrote there is on the disk.
  /// - Throws: `io-error`.
  package func sync() throws(Diagnostic) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    defer { if descriptor >= 0 { close(descriptor) } }
    guard descriptor >= 0, fsync(descriptor) == 0 else {
      throw Diagnostic(
        .ioError, "cannot bring \(path) to the disk: \(String(cString: strerror(errno)))",
        hint: "Look whether the disk is full, or failing")
    }
  }

  /// Puts the bytes there in one durable instant. A file that is there keeps its mode, owner and extended attributes; a link
  /// is followed.
  /// - Throws: `io-error`; then the file is as it was.
  public func write(_ bytes: [UInt8]) throws(Diagnostic) {
    let real = FilePath(ProductFiles.real(path))
    guard let last = real.lastComponent, let name = FileName(last.string.utf8) else {
      throw Diagnostic(.ioError, "\(path) is no name of a file", hint: "Name a file")
    }
    let folder = real.removingLastComponent()
    let directory = try OpenDirectory(folder.isEmpty ? "." : folder.string)
    let present = try directory.readIfPresent(name, withAttributes: true)
    let attributes = present?.status.attributes
    try directory.replaceDurably(
      name, with: bytes,
      as: NewFile(
        mode: attributes?.mode ?? 0o644,
        ownership: attributes.map { FileOwnership(owner: $0.owner, group: $0.group) }, extended: present?.extended))
  }
}
