internal import ConfigDocument
internal import ConfigStore
internal import SystemPackage

/// A saved plan as a file: `plan -o FILE` writes it, `apply FILE` reads it.
struct PlanFile {
  let plan: SavedPlan
  /// The directory that the plan is of, as this process reaches it.
  let directory: String

  /// Whether a path of the command line is a plan: what is no directory.
  static func isOne(_ path: String) -> Bool {
    guard let file = try? FileDescriptor.open(FilePath(path), .readOnly, options: .directory) else {
      // What is not there at all is missed as a directory.
      return path.utf8.suffix(5).elementsEqual(".json".utf8)
    }
    try? file.close()
    return false
  }

  static func read(_ path: String) throws(Diagnostic) -> PlanFile {
    fatalError()
  }

  /// Writes the plan, with the directory's path as it is seen from the file.
  static func write(_ plan: SavedPlan, of directory: String, to path: String) throws(Diagnostic) {
    fatalError()
  }
}
