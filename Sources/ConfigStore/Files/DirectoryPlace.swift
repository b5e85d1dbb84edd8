internal import ConfigDocument
internal import Synchronization

/// Where a configuration directory is: the directory itself, held open, and its name in the directory above.
///
/// A run that exchanges the whole directory puts another one under that name; whoever goes on afterwards, or waited for
/// the lock meanwhile, means the new one.
package final class DirectoryPlace: Sendable {
  private let held: Mutex<OpenDirectory>
  /// The directory above, once it was looked into.
  private let heldAbove = Mutex<OpenDirectory?>(nil)
  /// The absolute path of the directory above, and the name there, as they were when the directory was opened; nil
  /// where the system does not say, or for `/`.
  private let above: (path: String, name: FileName)?

  package init(_ directory: OpenDirectory) {
    held = Mutex(directory)
    above = directory.realPath().flatMap { real in
      guard let slash = real.lastIndex(of: UInt8(ascii: "/")), let name = FileName(real[(slash + 1)...]),
        let path = String(validating: slash == 0 ? real[...slash] : real[..<slash], as: UTF8.self)
      else { return nil }
      return (path, name)
    }
  }

  /// The directory's own name, when it was opened.
  var name: FileName? { above?.name }

  /// The absolute path, which leads to the directory that is meant now; nil where it is not known.
  var path: String? { above.map { $0.path == "/" ? "/\($0.name)" : "\($0.path)/\($0.name)" } }

  package var directory: OpenDirectory { held.withLock { $0 } }

  /// The directory above, and the name there; nil where they are not known.
  func parent() throws(Diagnostic) -> (directory: OpenDirectory, name: FileName)? {
    guard let above else { return nil }
    return (try OpenDirectory(above.path, in: directory.fileSystem), above.name)
  }

  /// Whether the place's name leads to the directory. Asked of every run more than once, and so without asking the system for a path.
  ///
  /// - Returns: false also where the directory above cannot be looked into.
  func leadsToDirectory() throws(Diagnostic) -> Bool {
    guard let above, let parent = heldParent(at: above.path), let found = try? parent.status(of: above.name) else {
      return false
    }
    return FileIdentity(found) == (try directory.identity())
  }

  private func heldParent(at path: String) -> OpenDirectory? {
    heldAbove.withLock { held in
      if held == nil { held = try? OpenDirectory(path, in: directory.fileSystem) }
      return held
    }
  }

  /// From here on this directory is meant.
  func move(to directory: OpenDirectory) { held.withLock { $0 = directory } }

  /// Opens what stands at the place now.
  /// - Returns: whether it is another directory than before.
  func reopen() throws(Diagnostic) -> Bool {
    let before = directory
    guard let (parent, name) = try parent() else { return false }
    let now = try parent.subdirectory(name, shownAs: before.path)
    guard try now.identity() != before.identity() else { return false }
    move(to: now)
    return true
  }
}
