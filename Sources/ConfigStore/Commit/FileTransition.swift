internal import ConfigDocument

/// A file as a record remembers it: which bytes, and what it has beside them.
public struct FileState: Hashable, Sendable {
  public var digest: Digest
  /// In bytes.
  public var size: Int
  public var attributes: FileAttributes
  /// In the order of their names.
  public var extended: [ExtendedAttribute]
  /// Another path that is the same file: a hard link of it.
  public var joined: RelativePath?

  public init(
    digest: Digest, size: Int, attributes: FileAttributes, extended: [ExtendedAttribute] = [],
    joined: RelativePath? = nil
  ) {
    self.digest = digest
    self.size = size
    self.attributes = attributes
    self.extended = extended
    self.joined = joined
  }

  /// Whether both have the same bytes, attributes and extended attributes, whatever other names they have.
  func isLike(_ other: FileState?) -> Bool {
    guard var other else { return false }
    other.joined = joined
    return self == other
  }
}

/// What a run does to one file: from one state to another. No state before means that it is created; none after, removed.
public struct FileTransition: Hashable, Sendable {
  public var path: RelativePath
  public var before: FileState?
  public var after: FileState?

  public init(_ path: RelativePath, from before: FileState?, to after: FileState?) {
    self.path = path
    self.before = before
    self.after = after
  }
}

extension RelativePath {
  /// The members that say the path: `path`, and `path_hex` where that cannot say it because it is not UTF-8.
  var members: [Object.Member] {
    var members: [Object.Member] = [("path", .string(String(decoding: bytes, as: UTF8.self)))]
    if !String(decoding: bytes, as: UTF8.self).utf8.elementsEqual(bytes) {
      members.append(("path_hex", .string(bytes.hexadecimal)))
    }
    return members
  }

  init?(_ object: Object) {
    if let text = object["path_hex"]?.string {
      guard let bytes = [UInt8](hexadecimal: text) else { return nil }
      self.init(bytes)
    } else if let text = object["path"]?.string {
      self.init(text)
    } else {
      return nil
    }
  }
}

extension FileState {
  func write(to out: inout JSONWriter) {
    out.object { out in
      out.member("digest", digest)
      out.member("size", size)
      out.key("mode")
      out.mode(attributes.mode)
      out.member("owner", Int(attributes.owner))
      out.member("group", Int(attributes.group))
      out.member("modified", Int(attributes.modified.seconds))
      out.member("modified_nanoseconds", Int(attributes.modified.nanoseconds))
      if !extended.isEmpty {
        out.member("extended", extended) { out, attribute in
          out.object { out in
            out.member("name", attribute.name)
            out.member("value_hex", attribute.value.hexadecimal)
          }
        }
      }
      if let joined {
        out.key("joined")
        out.object { $0.path(joined) }
      }
    }
  }

  init?(_ value: Value?) {
    guard let object = value?.object, let digest = object["digest"]?.string.flatMap({ Digest($0) }),
      let size = object["size"]?.int, let mode = object["mode"]?.string.flatMap({ UInt32($0, radix: 8) }),
      let owner = object["owner"]?.int.flatMap(UInt32.init(exactly:)),
      let group = object["group"]?.int.flatMap(UInt32.init(exactly:)),
      let seconds = object["modified"]?.int,
      let nanoseconds = object["modified_nanoseconds"]?.int.flatMap(Int32.init(exactly:))
    else { return nil }
    self.init(
      digest: digest, size: size,
      attributes: FileAttributes(
        mode: mode, owner: owner, group: group,
        modified: Timestamp(seconds: Int64(seconds), nanoseconds: nanoseconds)))
    for attribute in object["extended"]?.array ?? [] {
      guard let name = attribute.object?["name"]?.string,
        let value = attribute.object?["value_hex"]?.string.flatMap({ [UInt8](hexadecimal: $0) })
      else { return nil }
      extended.append(ExtendedAttribute(name: name, value: value))
    }
    if let other = object["joined"] {
      guard let path = other.object.flatMap({ RelativePath($0) }) else { return nil }
      joined = path
    }
  }
}

extension FileTransition {
  func write(to out: inout JSONWriter) {
    out.object { out in
      out.path(path)
      for (key, state) in [("before", before), ("after", after)] as [(StaticString, FileState?)] {
        out.key(key)
        if let state { state.write(to: &out) } else { out.null() }
      }
    }
  }

  init?(_ value: Value) {
    guard let object = value.object, let path = RelativePath(object), let before = object["before"],
      let after = object["after"]
    else { return nil }
    self.init(path, from: FileState(before), to: FileState(after))
    guard (self.before != nil || before == .null) && (self.after != nil || after == .null) else { return nil }
  }
}
