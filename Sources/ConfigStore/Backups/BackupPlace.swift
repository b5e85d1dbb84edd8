internal import ConfigDocument
private import Glibc
internal import SystemPackage

/// `.cfgmigrate/backup-place.json`: where the backups are, if they are not in the state directory. Without the file they
/// are there.
struct BackupPlace: Hashable, Sendable {
  enum Location: Hashable, Sendable {
    case stateDirectory
    /// The absolute path of a folder that holds the backups of this directory alone.
    case folder(String)
  }

  var current: Location
  /// Where they were before, until nothing of them is left there.
  var former: Location?

  static let home = BackupPlace(current: .stateDirectory, former: nil)
}

extension BackupPlace {
  /// Reads where the backups are.
  init(recordedIn state: OpenDirectory) throws(Diagnostic) {
    guard let contents = try state.readIfPresent(.backupPlace) else {
      self = .home
      return
    }
    let path = state.path(of: .backupPlace)
    guard let object = (try? readJSON(contents.bytes, named: path))?.object,
      let current = Location(object["folder"])
    else {
      throw Diagnostic(
        .stateDamaged, "\(path) does not say where the backups of this directory are",
        hint: "Bring it back from a copy of the directory, if there is one")
    }
    self.init(current: current, former: object["former_folder"].flatMap(Location.init))
  }

  /// Records it in one durable instant.
  func record(in state: OpenDirectory) throws(Diagnostic) {
    guard self != .home else {
      if try state.removeFile(.backupPlace) { try state.sync() }
      return
    }
    var object = Object([("cfgmigrate", .number(Number(StateDirectory.format))), ("folder", current.value)])
    if let former { object["former_folder"] = former.value }
    try state.replaceDurably(.backupPlace, with: Array("\(Value.object(object))\n".utf8))
  }
}

extension BackupPlace.Location {
  fileprivate var value: Value {
    switch self {
    case .stateDirectory: .null
    case .folder(let path): .string(path)
    }
  }

  fileprivate init?(_ value: Value?) {
    switch value {
    case .null: self = .stateDirectory
    case .string(let path): self = .folder(path)
    default: return nil
    }
  }

  /// Opens the directory that holds `objects/` and `backups/`.
  /// - Throws: `backup-place` where it is another one and is not there now.
  func open(from state: OpenDirectory) throws(Diagnostic) -> OpenDirectory {
    guard case .folder(let path) = self else { return state }
    do throws(Diagnostic) {
      return try OpenDirectory(path, in: state.fileSystem)
    } catch {
      throw Diagnostic(
        .backupPlace, "the backups are in \(path), and that cannot be opened: \(error.message)",
        hint: "Mount it or bring it back; \(state.path(of: .backupPlace)) names the place")
    }
  }

  /// The folder for the backups of one configuration directory, in a place that many may share. What is missing is made.
  ///
  /// It is named for the directory and its path, so that the backups are found again by who has lost the directory.
  ///
  /// - Parameters:
  ///   - chosen: the path that the user named; made where only its last component is missing.
  ///   - owner: the absolute path of the configuration directory.
  /// - Throws: `backup-place` where backups cannot be there, or are not to be.
  init(in chosen: String, for owner: String?, with state: OpenDirectory) throws(Diagnostic) {
    guard let owner, let name = owner.split(separator: "/").last else {
      throw Diagnostic(
        .backupPlace,
        "the backups of \(state.path) stay there: the path of the directory is not known, or is not UTF-8",
        hint: "Leave out --backup-dir")
    }
    let (above, missing) = try Self.open(chosen, in: state.fileSystem)
    guard var path = above.realPath().flatMap({ String(validating: $0, as: UTF8.self) }) else {
      throw Diagnostic(
        .backupPlace, "\(chosen) cannot take backups: its path is not known, or is not UTF-8",
        hint: "Name another directory")
    }
    if missing == nil, try above.identity() == state.identity() {
      self = .stateDirectory
      return
    }
    if let missing { path += path == "/" ? "\(missing)" : "/\(missing)" }
    guard path != owner, !path.hasPrefix(owner + "/") else {
      throw Diagnostic(
        .backupPlace, "\(chosen) is inside the configuration directory, and would be a part of it",
        hint: "Name a directory outside, or \(state.path) for the state directory itself")
    }
    let place = try missing.map { name throws(Diagnostic) in try above.makeSubdirectory(name, mode: 0o700) } ?? above
    let mark = String(Digest(of: Array(owner.utf8)).hexadecimal.prefix(8))
    let longest = 255 - mark.utf8.count - 1
    guard let folder = FileName(Array(name.utf8).prefix(longest) + Array("-\(mark)".utf8)) else {
      preconditionFailure("a file name with a suffix is a file name")
    }
    let made = try place.makeSubdirectory(folder, mode: 0o700)
    let attributes = try made.attempt(.read) { () throws(Errno) in try made.fileSystem.status(of: made.descriptor) }
      .attributes
    guard attributes.owner == geteuid(), attributes.mode & 0o077 == 0 else {
      throw Diagnostic(
        .backupPlace, "\(made.path) is there already, and others than this user can look into it",
        hint: "Backups hold what the files hold, secrets included: name another directory")
    }
    self = .folder((path == "/" ? "" : path) + "/\(folder)")
  }

  /// Opens the directory, or the one above it and its name there, where only that is missing.
  private static func open(
    _ path: String, in fileSystem: any FileSystem
  ) throws(Diagnostic) -> (OpenDirectory, missing: FileName?) {
    do throws(Diagnostic) {
      return (try OpenDirectory(path, in: fileSystem), nil)
    } catch {
      let parts = path.split(separator: "/")
      guard let name = parts.last.flatMap({ FileName($0.utf8) }) else { throw error }
      let above = (path.utf8.first == UInt8(ascii: "/") ? "/" : "") + parts.dropLast().joined(separator: "/")
      guard let parent = try? OpenDirectory(above.isEmpty ? "." : above, in: fileSystem),
        try parent.status(of: name) == nil
      else { throw error }
      return (parent, name)
    }
  }
}

extension FileName {
  static let backupPlace = FileName(known: "backup-place.json")
}

extension Diagnostic.Code {
  /// Backups cannot be in the place that was named or recorded.
  public static let backupPlace: Self = "backup-place"
}
