/// What the file system says of a file.
package struct FileStatus: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case file, directory, link
    /// A pipe, socket or device.
    case special
  }

  package var kind: Kind
  package var device: UInt64
  package var inode: UInt64
  /// In bytes.
  package var size: Int
  /// How many names the file has.
  package var links: Int
  package var attributes: FileAttributes
  /// When the inode last changed: no program can set it, so an edit always shows here.
  package var changed: Timestamp
}

/// What a file has beside its bytes, and keeps when they are replaced.
public struct FileAttributes: Hashable, Sendable {
  /// The permission bits with setuid, setgid and sticky: `0o644`.
  public var mode: UInt32
  public var owner: UInt32
  public var group: UInt32
  public var modified: Timestamp

  public init(mode: UInt32, owner: UInt32, group: UInt32, modified: Timestamp) {
    self.mode = mode
    self.owner = owner
    self.group = group
    self.modified = modified
  }
}

/// Something that a file system keeps beside a file under a name: an ACL, a security label, a user's note.
public struct ExtendedAttribute: Hashable, Sendable {
  /// With its namespace: `user.comment`, `system.posix_acl_access`.
  public var name: String
  public var value: [UInt8]

  public init(name: String, value: [UInt8]) {
    self.name = name
    self.value = value
  }

  /// A directory's: what new files in it are allowed.
  static let defaultACL = "system.posix_acl_default"

  /// Whether it is the system's own: a security module's label, which it gives to every new file.
  var isLabel: Bool { name.utf8.starts(with: "security.".utf8) && name != "security.capability" }
}

struct FileOwnership: Hashable {
  var owner: UInt32
  var group: UInt32
}
