internal import ConfigDocument
internal import ConfigStore
internal import UpgradePipeline

/// The files of a configuration that was fetched from where it lives, by their bytes.
struct FetchedConfiguration: Equatable {
  private var files: [RelativePath: Digest] = [:]

  /// - Parameter directory: the folder that it was fetched into; what the transformation keeps there of its runs is none of it.
  init(in directory: String) throws(Diagnostic) {
    let folder = try OpenDirectory(directory)
    for path in try folder.listing().files {
      if let bytes = try folder.contents(at: path)?.bytes { files[path] = Digest(of: bytes) }
    }
  }

  /// What the step may have found or written, in this order: the configuration of before, the transformed one, and what was there afterwards.
  static func known(to store: String) throws(Diagnostic) -> [FetchedConfiguration] {
    var known: [FetchedConfiguration] = []
    for name in ["before", "work", "after"] where StandaloneFile("\(store)/\(name)").isDirectory {
      known.append(try FetchedConfiguration(in: "\(store)/\(name)"))
    }
    return known
  }

  /// Looks that each file is what one of the others has there: what was half put back is, and what somebody edited is not.
  ///
  /// - Throws: `drift`, which names a file that is of none of them.
  func checkIsMadeOf(_ others: [FetchedConfiguration], hint: String) throws(Diagnostic) {
    let paths = Set(files.keys).union(others.flatMap(\.files.keys)).sorted()
    for path in paths where !others.contains(where: { $0.files[path] == files[path] }) {
      throw Diagnostic(
        .drift, "somebody changed \(path) where the configuration lives, while the upgrade ran", hint: hint)
    }
  }
}
