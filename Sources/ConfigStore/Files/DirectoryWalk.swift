package import ConfigDocument
internal import SystemPackage

/// What a directory holds, its subdirectories included; `.git`, `.cfgmigrate` and the store's own files left out.
package struct DirectoryListing: Sendable {
  /// The regular files, in the order of their paths' bytes.
  package var files: [RelativePath] = []
  /// The links that stay inside the directory, with the real path that each leads to, whether it exists or not.
  package var links: [(path: RelativePath, target: RelativePath)] = []
}

extension OpenDirectory {
  /// Lists the directory. Pipes, sockets and devices are passed over, links to directories are not entered: what they
  /// lead to is inside and is listed where it is.
  ///
  /// - Parameter matters: Whether a link at this path matters to the caller. One that does not is passed over when it
  ///   leads out; one that does is an error.
  /// - Throws: `outside-directory`, `io-error`.
  /// - Complexity: O(n log n) in the number of entries.
  package func listing(
    whereLinkMatters matters: (RelativePath) -> Bool = { _ in true }
  ) throws(Diagnostic) -> DirectoryListing {
    var listing = DirectoryListing()
    // Paths and not open directories: a process may have few files open at a time.
    var pending = [RelativePath()]
    while let path = pending.popLast() {
      guard let directory = try directory(at: path) else { continue }
      for name in try directory.entries() where !name.isOfStore {
        let entry = path.appending(name)
        switch try directory.status(of: name)?.kind {
        case .file: listing.files.append(entry)
        case .directory: pending.append(entry)
        case .link:
          do throws(Diagnostic) {
            listing.links.append((entry, try resolve(entry)))
          } catch {
            if error.code != .outsideDirectory || matters(entry) { throw error }
          }
        case .special, nil: break
        }
      }
    }
    listing.files.sort()
    listing.links.sort { $0.path < $1.path }
    return listing
  }

  /// This directory's absolute path with no link in it; nil where the system does not say.
  package func realPath() -> [UInt8]? {
    try? fileSystem.realPath(of: descriptor)
  }
}

extension FileName {
  static let stateDirectory = FileName(known: ".cfgmigrate")
  static let gitDirectory = FileName(known: ".git")

  /// Whether the entry is the store's own or git's, and so no part of any set.
  var isOfStore: Bool { self == .stateDirectory || self == .gitDirectory || RunID(ofStagedFile: self) != nil }
}
