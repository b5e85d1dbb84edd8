internal import ConfigStore
private import Glibc

/// What the kernel says of this machine.
enum MachineReading {
  struct Amount {
    /// In bytes.
    var free: Int
    /// Of a hundred, rounded up as `df` does.
    var usedPercent: Int
  }

  /// - Returns: nil where the path cannot be looked at.
  static func space(at path: String) -> Amount? {
    var system = statvfs()
    guard statvfs(path, &system) == 0, system.f_blocks > 0 else { return nil }
    let used = system.f_blocks - system.f_bfree
    let usable = used + system.f_bavail
    let percent = usable == 0 ? 100 : Int((used * 100 + usable - 1) / usable)
    return Amount(free: Int(system.f_bavail * UInt(system.f_frsize)), usedPercent: percent)
  }

  static func memory() -> Amount? {
    guard let text = text(of: "/proc/meminfo") else { return nil }
    func kilobytes(_ name: String) -> Int? {
      let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
      return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }
    guard let total = kilobytes("MemTotal"), let free = kilobytes("MemAvailable"), total > 0 else { return nil }
    return Amount(free: free * 1_024, usedPercent: (total - free) * 100 / total)
  }

  static func load() -> (lastMinute: Double, processors: Int)? {
    guard let first = text(of: "/proc/loadavg")?.split(separator: " ").first, let load = Double(first) else {
      return nil
    }
    return (load, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
  static func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

  struct FileFound {
    var path: String
    var name: String
    var modified: Timestamp
    var size: Int
  }

  /// The file, or the newest file of the directory; nil where there is none.
  static func newestFile(at path: String) -> FileFound? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    if status.st_mode & S_IFMT != S_IFDIR { return found(path, status) }
    guard let directory = try? OpenDirectory(path), let names = try? directory.entries() else { return nil }
    var newest: FileFound?
    for name in names {
      let path = "\(path)/\(name)"
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      let file = found(path, status)
      if newest.map({ $0.modified < file.modified }) ?? true { newest = file }
    }
    return newest
  }

  private static func found(_ path: String, _ status: stat) -> FileFound {
    FileFound(
      path: path, name: path.split(separator: "/").last.map(String.init) ?? path,
      modified: Timestamp(seconds: Int64(status.st_mtim.tv_sec), nanoseconds: Int32(status.st_mtim.tv_nsec)),
      size: Int(status.st_size))
  }

  private static func text(of path: String) -> String? {
    (try? StandaloneFile(path).read()).map { String(decoding: $0, as: UTF8.self) }
  }
}
