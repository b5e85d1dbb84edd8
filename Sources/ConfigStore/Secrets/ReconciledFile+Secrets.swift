public import ConfigDocument
internal import ConfigMigration

extension ReconciledFile {
  /// The diff with the secrets masked that the configuration directory around the file knows of.
  ///
  /// - Parameter directory: the one around the file; nil where none is, and nobody knows what is a secret.
  /// - Returns: the diff, and whether it is for reading alone.
  public func diff(within directory: ConfigurationDirectory?) throws(Diagnostic) -> (text: [UInt8], isMasked: Bool) {
    guard let directory, let name = directory.name(of: path),
      let secrets = try directory.secrets(ofTexts: [source, rendering.bytes], at: name)
    else { return (diff, false) }
    return secrets.diff(of: rendering, from: source, at: name, shownAs: path)
  }
}

extension ConfigurationDirectory {
  /// The directory at or above a path that has a `cfgmigrate.yaml`, so that what lies there belongs to a set.
  public static func enclosing(_ path: String) -> String? {
    let start = path.utf8.first == UInt8(ascii: "/") ? "/" : ""
    var parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    while true {
      let directory = start + parts.joined(separator: "/")
      if let opened = try? OpenDirectory(directory.isEmpty ? "." : directory),
        (try? opened.readIfPresent(FileName(known: SetSettings.fileName))) ?? nil != nil
      {
        return directory.isEmpty ? "." : directory
      }
      guard !parts.isEmpty else { return nil }
      parts.removeLast()
    }
  }

  /// An error about a file of the directory, or what another program made of one, without the secrets that they hold.
  ///
  /// - Parameter paths: files, or directories that hold them.
  public func hidingSecrets(below paths: [String], _ error: Diagnostic) -> Diagnostic {
    guard !showsSecrets else { return error }
    var error = error
    // What is read once cannot be looked at again.
    if error.place?.file == ReconciledFile.standardInput { error.place?.lineText = "" }
    return product.hidden(error) { file in
      paths.contains { file == $0 || file.hasPrefix($0 + "/") } ? try? StandaloneFile(file).read() : nil
    }
  }

  /// The path of a file in this directory, by a path that begins with the directory's.
  fileprivate func name(of path: String) -> String? {
    if self.path == "." { return RelativePath(path).map { "\($0)" } }
    guard path.hasPrefix(self.path + "/") else { return nil }
    return RelativePath(String(path.dropFirst(self.path.count + 1))).map { "\($0)" }
  }

  fileprivate func secrets(ofTexts texts: [[UInt8]], at name: String) throws(Diagnostic) -> SetSecrets? {
    guard !showsSecrets, product.product.rule(for: name) != nil else { return nil }
    var sets: [ConfigurationSet] = []
    for text in texts { sets.append(try ConfigurationSet(product: product.product, files: [(name, text)])) }
    return try secrets(of: sets, schemas: try product.allSchemas())
  }
}
