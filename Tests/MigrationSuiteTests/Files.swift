import Foundation

/// Files of the package and of the suites.
enum Files {
  /// The paths of the files below a folder, relative to it, in byte order.
  static func paths(below folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().filter { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder) && !isFolder.boolValue
    }
  }

  static func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

  /// The files of a folder as a set has them.
  static func contents(of folder: String) throws -> [(path: String, bytes: [UInt8])] {
    try paths(below: folder).map { ($0, try bytes("\(folder)/\($0)")) }
  }
}
