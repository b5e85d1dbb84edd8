internal import ConfigDocument
internal import ConfigStore
private import Glibc
private import SystemPackage

/// A saved plan as a file: `plan -o FILE` writes it, `apply FILE` reads it.
struct PlanFile {
  let plan: SavedPlan
  /// The directory that the plan is of, as this process reaches it.
  let directory: String

  /// Whether a path of the command line names a plan: what is a file, or what would be one by its name.
  static func isOne(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return path.utf8.suffix(5).elementsEqual(".json".utf8) }
    return status.st_mode & S_IFMT != S_IFDIR
  }

  /// Reads a plan. Its directory is meant from where the file is.
  static func read(_ path: String) throws(Diagnostic) -> PlanFile {
    let plan = try SavedPlan(parsing: try bytes(of: path), named: path)
    let folder = FilePath(path).removingLastComponent()
    let directory = folder.isEmpty ? FilePath(plan.directory) : folder.pushing(FilePath(plan.directory))
    return PlanFile(plan: plan, directory: directory.lexicallyNormalized().string)
  }

  /// Writes the plan. The directory's path is written as it is seen from the file.
  static func write(_ plan: SavedPlan, of directory: String, to path: String) throws(Diagnostic) {
    var plan = plan
    let folder = FilePath(path).removingLastComponent()
    plan.directory = relative(directory, from: folder.isEmpty ? "." : folder.string)
    let text = Array((JSONOutput.text(of: plan.value) + "\n").utf8)
    do {
      let file = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .truncate],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      try file.closeAfter { _ = try file.writeAll(text) }
    } catch {
      throw Diagnostic(
        .ioError, "cannot write the plan to \(path): \(error)",
        hint: "Name a file in a directory that can be written to")
    }
  }

  private static func bytes(of path: String) throws(Diagnostic) -> [UInt8] {
    do {
      let file = try FileDescriptor.open(FilePath(path), .readOnly)
      return try file.closeAfter {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
          let count = try chunk.withUnsafeMutableBytes { try file.read(into: $0) }
          if count == 0 { return bytes }
          bytes += chunk[..<count]
        }
      }
    } catch {
      throw Diagnostic(
        .ioError, "cannot read the plan \(path): \(error)", hint: "Make a plan with `cfgmigrate plan DIR -o \(path)`")
    }
  }

  /// The way from one directory to another; the path as it is, where one of them cannot be found.
  private static func relative(_ path: String, from folder: String) -> String {
    guard let target = absolute(path), let start = absolute(folder) else { return path }
    let shared = zip(target, start).prefix { $0.utf8.elementsEqual($1.utf8) }.count
    let parts = Array(repeating: "..", count: start.count - shared) + target[shared...]
    return parts.isEmpty ? "." : parts.joined(separator: "/")
  }

  private static func absolute(_ path: String) -> [String]? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real).split(separator: "/").map(String.init)
  }
}
