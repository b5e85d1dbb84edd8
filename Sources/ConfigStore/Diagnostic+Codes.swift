public import ConfigDocument
internal import SystemPackage

extension Diagnostic.Code {
  /// Another process is writing to the directory.
  public static let locked: Self = "locked"
  /// A run was cut off half way, and the directory waits for `recover`.
  public static let interruptedRun: Self = "interrupted-run"
  /// A file is not what it was when the decision about it was made.
  public static let drift: Self = "drift"
  public static let readOnlyDirectory: Self = "read-only-directory"
  public static let diskFull: Self = "disk-full"
  /// A path or link that leads out of the directory, or would write through one.
  public static let outsideDirectory: Self = "outside-directory"
  /// The system refused a call for any other reason.
  public static let ioError: Self = "io-error"
  /// The ledger was edited or damaged: a record does not carry the digest of the one before it.
  public static let ledgerBroken: Self = "ledger-broken"
  /// The ledger's last record was cut off while it was written; the next write removes it.
  public static let ledgerTorn: Self = "ledger-torn"
  /// A backup that is missing, or whose bytes are not those that were backed up.
  public static let backupDamaged: Self = "backup-damaged"
  /// No run of this directory has the given ID.
  public static let unknownRun: Self = "unknown-run"
  /// A file of the state directory does not read as what this version writes.
  public static let stateDamaged: Self = "state-damaged"
  /// Two changes of one transaction speak of the same file.
  public static let conflictingChanges: Self = "conflicting-changes"
}

/// What was being done when a system call failed.
enum FileAction: String {
  case open, read, list, write, create, replace, remove, sync, lock
  case keepOwner = "keep the owner of"
  case keepAttributes = "keep the extended attributes of"

  var changesDisk: Bool {
    switch self {
    case .open, .read, .list: false
    default: true
    }
  }
}

extension Diagnostic {
  /// The message for a system call that failed on `path`.
  init(_ error: Errno, _ action: FileAction, _ path: String) {
    let message = "cannot \(action.rawValue) \(path): \(error)"
    switch error {
    case .noSpace, .diskQuotaExceeded:
      self.init(.diskFull, message, hint: "Free some space on this file system, then run the command again")
    case .readOnlyFileSystem:
      self.init(.readOnlyDirectory, message, hint: "The file system is mounted read-only; remount it for writing")
    case .permissionDenied where action.changesDisk, .notPermitted where action.changesDisk:
      self.init(
        .readOnlyDirectory, message, hint: "Run the command as the owner of the directory, or give this user the right")
    case .permissionDenied:
      self.init(.ioError, message, hint: "Give this user the right to read it")
    case .notDirectory:
      self.init(.ioError, message, hint: "Name a directory")
    case .noSuchFileOrDirectory:
      self.init(.ioError, message, hint: "Check the path; it may have been removed meanwhile")
    case .tooManySymbolicLinkLevels:
      self.init(
        .outsideDirectory, message,
        hint: "A link stands where a file or directory was; nothing is read or written through it")
    case .tooManyOpenFiles, .tooManyOpenFilesInSystem:
      self.init(.ioError, message, hint: "Raise the limit of open files (ulimit -n)")
    default:
      self.init(.ioError, message, hint: "See the system log for the cause, then run the command again")
    }
  }
}
