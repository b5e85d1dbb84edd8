private import Glibc

/// Room that steps will need, by file system: two directories of one file system share what is free.
struct WantedSpace {
  private struct Need {
    var directory: String
    var bytes: Int
  }

  /// By the number of the device.
  private var needs: [UInt: Need] = [:]
  private var unknown: [String] = []

  var isEmpty: Bool { needs.isEmpty && unknown.isEmpty }

  /// - Parameter directory: need not be there yet; then what it will be made in counts.
  mutating func add(_ bytes: Int, in directory: String) {
    var path = directory
    var status = stat()
    while stat(path, &status) != 0 {
      var parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
      if parent.isEmpty { parent = path.utf8.first == UInt8(ascii: "/") ? "/" : "." }
      guard parent != path else { return unknown.append(directory) }
      path = parent
    }
    needs[status.st_dev, default: Need(directory: path, bytes: 0)].bytes += bytes
  }

  func judge() -> PreflightResult {
    if let path = unknown.first {
      return PreflightResult(.error, found: "\(path) cannot be looked at", hint: "Look at the spelling of the path")
    }
    var found: [String] = []
    var isEnough = true
    for need in needs.values.sorted(by: { $0.directory < $1.directory }) {
      var system = statvfs()
      guard statvfs(need.directory, &system) == 0 else {
        return PreflightResult(.error, found: "\(need.directory) cannot be looked at", hint: "Look at it by hand")
      }
      let free = Int(system.f_bavail * UInt(system.f_frsize))
      isEnough = isEnough && free >= need.bytes
      found.append("\(ByteText.of(free)) free at \(need.directory), \(ByteText.of(need.bytes)) needed")
    }
    return PreflightResult(
      isEnough ? .pass : .fail, found: found.joined(separator: "; "),
      hint: isEnough ? nil : "Free space there, or keep backups elsewhere")
  }
}
