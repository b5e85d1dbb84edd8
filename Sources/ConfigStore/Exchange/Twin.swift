public import ConfigDocument

/// A whole directory that is built beside the configuration directory and exchanged with it: the new tree before the
/// exchange, the old one after it.
struct Twin: Hashable, Sendable {
  /// The name of the configuration directory, in the directory above.
  var directory: FileName
  /// The name of the twin there: `.<directory>.cfgmigrate-<run>`.
  var name: FileName
  /// The inode of the tree that was built: whichever of the two names leads to it says whether they were exchanged.
  var inode: UInt64
}

extension Twin {
  func write(to out: inout JSONWriter) {
    for (key, name) in [("directory", directory), ("name", name)] as [(StaticString, FileName)] {
      out.key(key)
      out.object { $0.path(RelativePath([name])) }
    }
    out.member("inode", String(inode))
  }

  init?(_ value: Value) {
    guard let object = value.object, let directory = object["directory"]?.object.flatMap({ RelativePath($0) })?.name,
      let name = object["name"]?.object.flatMap({ RelativePath($0) })?.name,
      let inode = object["inode"]?.string.flatMap({ UInt64($0) })
    else { return nil }
    self.init(directory: directory, name: name, inode: inode)
  }
}

/// What stands in place of the state in the one of the two trees that does not have it: `.cfgmigrate/twin.json`.
///
/// There is one state directory, and it cannot be in both trees. Until it has followed the exchange, and afterwards in
/// the old tree, this says that it is in the other one.
struct TwinMarker: Hashable {
  var directory: FileName
  var name: FileName

  func write(in placeholder: OpenDirectory) throws(Diagnostic) {
    let value: Value = [
      "cfgmigrate": .number(Number(StateDirectory.format)),
      "directory": .object(Object(RelativePath([directory]).members)),
      "name": .object(Object(RelativePath([name]).members)),
    ]
    try placeholder.create(.twinMarker, Array("\(value)\n".utf8), durably: false)
  }

  /// - Returns: nil where the directory is a state directory itself.
  init?(in stateDirectory: OpenDirectory) throws(Diagnostic) {
    guard let contents = try stateDirectory.readIfPresent(.twinMarker) else { return nil }
    let path = stateDirectory.path(of: .twinMarker)
    guard let object = (try? readJSON(contents.bytes, named: path))?.object,
      let directory = object["directory"]?.object.flatMap({ RelativePath($0) })?.name,
      let name = object["name"]?.object.flatMap({ RelativePath($0) })?.name
    else {
      throw Diagnostic(
        .stateDamaged, "\(path) does not say where the state of this directory is",
        hint: "Compare this directory with the hidden one beside it, whose name ends in the ID of the run")
    }
    self.init(directory: directory, name: name)
  }

  init(directory: FileName, name: FileName) {
    self.directory = directory
    self.name = name
  }

  /// The name of the other tree.
  func other(than name: FileName) -> FileName? {
    name == directory ? self.name : name == self.name ? directory : nil
  }
}

extension FileName {
  static let twinMarker = FileName(known: "twin.json")
}

extension Diagnostic.Code {
  /// The whole directory cannot be exchanged here.
  public static let exchangeImpossible: Self = "exchange-impossible"
  /// The directory is one that a run has put aside.
  public static let oldTreeNamed: Self = "old-tree"
}
