import ConfigDocument
import Glibc
import Testing

@testable public import ConfigStore

/// A directory for one test, removed with its last user.
final class ScratchDirectory: Sendable {
  let path: String

  /// In memory, where there is such a place: these tests sync thousands of times.
  init(in place: String = ScratchDirectory.kind(of: "/dev/shm") == S_IFDIR ? "/dev/shm" : "/tmp") {
    var template = Array("\(place)/cfgmigrate-store-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { fatalError("mkdtemp: errno \(errno)") }
    path = String(cString: made)
  }

  deinit { Self.removeTree(path) }

  private static func removeTree(_ path: String) {
    for name in names(in: path) {
      let entry = "\(path)/\(name)"
      if kind(of: entry) == S_IFDIR { removeTree(entry) } else { unlink(entry) }
    }
    rmdir(path)
  }

  static func kind(of path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  static func names(in path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  func absolute(_ relative: String) -> String { "\(path)/\(relative)" }

  /// Writes a file with a mode and a time of change long ago, so that any rewriting shows.
  func write(_ relative: String, _ text: String, mode: mode_t = 0o640, modified: Int = 1_000_000_000) {
    var parent = path
    for name in relative.split(separator: "/").dropLast() {
      parent += "/\(name)"
      mkdir(parent, 0o755)
    }
    let descriptor = open(absolute(relative), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    precondition(descriptor >= 0, "cannot write \(relative)")
    _ = Array(text.utf8).withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    fchmod(descriptor, mode)
    let time = timespec(tv_sec: modified, tv_nsec: 123_456_789)
    futimens(descriptor, [time, time])
    close(descriptor)
  }

  func link(_ relative: String, to target: String) {
    precondition(symlink(target, absolute(relative)) == 0, "cannot link \(relative)")
  }

  func read(_ relative: String) -> String? {
    let descriptor = open(absolute(relative), O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    return count < 0 ? nil : String(decoding: buffer.prefix(count), as: UTF8.self)
  }

  func names(in relative: String) -> [String] { Self.names(in: absolute(relative)) }

  /// Everything but the state directory: for each path what it is, with mode, owner, time of change and contents.
  func snapshot(withTimes: Bool = true) -> [String: String] {
    var out: [String: String] = [:]
    collect("", withTimes, into: &out)
    return out
  }

  private func collect(_ prefix: String, _ withTimes: Bool, into out: inout [String: String]) {
    for name in Self.names(in: absolute(prefix)) where name != ".cfgmigrate" {
      let relative = prefix.isEmpty ? name : "\(prefix)/\(name)"
      var status = stat()
      lstat(absolute(relative), &status)
      switch status.st_mode & S_IFMT {
      case S_IFDIR:
        out[relative] = "directory"
        collect(relative, withTimes, into: &out)
      case S_IFLNK: out[relative] = "link"
      case S_IFIFO: out[relative] = "pipe"
      default:
        let time = withTimes ? " \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)" : ""
        let mode = String(status.st_mode & 0o7777, radix: 8)
        out[relative] = "\(mode) \(status.st_uid):\(status.st_gid)\(time)\n\(read(relative) ?? "")"
      }
    }
  }

  /// What the backups keep, in whichever files; an object that is there twice, twice.
  func objects() throws -> [Digest] {
    let list = try ObjectList(
      of: OpenDirectory(absolute(".cfgmigrate/objects")), behindListsIn: OpenDirectory(absolute(".cfgmigrate/backups")))
    return (list.files.map(\.digest) + (list.packs + list.lists).flatMap { $0.entries.map(\.digest) }).sorted()
  }

  /// Flips a bit of an object, in whichever file it is; any bytes do, if they are in one file only.
  func damageObject(_ text: String) throws {
    let bytes = Array(text.utf8)
    for holder in ["objects", "backups"] {
      let directory = try OpenDirectory(absolute(".cfgmigrate/\(holder)"))
      for name in try directory.entries() {
        var contents = try directory.readIfPresent(name)?.bytes ?? []
        // Behind the line of a list.
        let start = name.run == nil ? 0 : ListText.line(of: contents).count
        guard let place = contents.indices[start...].first(where: { contents[$0...].starts(with: bytes) }) else {
          continue
        }
        contents[place] ^= 1
        return try directory.replace(name, with: contents, durably: false)
      }
    }
    Issue.record("no backup has \(text)")
  }

  /// The directory as the store sees it, through a file system that may fail.
  func store(through fileSystem: any FileSystem = LocalFileSystem()) throws -> TransactionalDirectory {
    // Other suites start processes, and until such a process has become its program it holds the lock file open too.
    TransactionalDirectory(try OpenDirectory(path, in: fileSystem), environment: .fixed, patience: 10_000)
  }
}

extension RunEnvironment {
  /// A clock that stands still.
  static let fixed = RunEnvironment(
    now: { Timestamp(seconds: 1_795_225_523, nanoseconds: 120_000_000) }, random: { .random(in: .min ... .max) },
    sleep: { usleep(UInt32($0) * 1_000) }, user: "ada", tool: "cfgmigrate 0.0.0", command: "cfgmigrate apply",
    processID: getpid())
}

extension RelativePath: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) {
    guard let path = RelativePath(text) else { fatalError("\(text) is no path") }
    self = path
  }
}

/// The code of the diagnostic that `body` throws; nil where it throws none.
func code(of body: () throws -> Void) -> Diagnostic.Code? {
  do {
    try body()
    return nil
  } catch {
    return (error as? Diagnostic)?.code
  }
}
