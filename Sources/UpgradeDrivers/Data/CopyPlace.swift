internal import ConfigDocument
internal import ConfigStore

/// The directory that holds backups or exports. It is made where only it is missing; its parent must be there, so that a path that
/// is mistyped, or a disk that is not mounted, is told.
struct CopyPlace {
  private let parent: String
  private let name: FileName?
  private let path: String

  init(_ path: String) {
    self.path = path
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    name = parts.last.flatMap { ["", ".", ".."].contains($0) ? nil : FileName($0.utf8) }
    let above = parts.dropLast().joined(separator: "/")
    parent = path.utf8.first == UInt8(ascii: "/") ? "/" + above : above.isEmpty ? "." : above
  }

  /// - Throws: `io-error` where neither it nor its parent is there.
  func check() throws(Diagnostic) {
    if StandaloneFile(path).isDirectory { return }
    _ = try OpenDirectory(name == nil ? path : parent)
  }

  func open() throws(Diagnostic) -> OpenDirectory {
    guard !StandaloneFile(path).isDirectory, let name else { return try OpenDirectory(path) }
    return try OpenDirectory(parent).makeSubdirectory(name, mode: 0o700)
  }
}
