package import ConfigDocument
package import ConfigStore

/// The place of a step's own files in one run: `<state>/runs/<run>/files/<step>/`.
package struct StepStore: Sendable {
  private let parent: OpenDirectory
  private let names: [FileName]

  /// - Parameter names: the folders from `parent` down.
  package init(in parent: OpenDirectory, _ names: [FileName]) {
    self.parent = parent
    self.names = names
  }

  /// The directory, made where it is missing; only its owner may look inside.
  package func open() throws(Diagnostic) -> OpenDirectory {
    var directory = parent
    for name in names { directory = try directory.makeSubdirectory(name, mode: 0o700) }
    return directory
  }

  /// Keeps bytes under a name, durably.
  package func write(_ bytes: [UInt8], as name: FileName) throws(Diagnostic) {
    try open().replaceDurably(name, with: bytes)
  }

  /// - Returns: nil where there is no such file.
  package func read(_ name: FileName) throws(Diagnostic) -> [UInt8]? {
    var directory = parent
    for name in names {
      guard let next = try directory.subdirectoryIfPresent(name) else { return nil }
      directory = next
    }
    return try directory.readIfPresent(name)?.bytes
  }
}
