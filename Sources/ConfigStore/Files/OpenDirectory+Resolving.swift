package import ConfigDocument
internal import SystemPackage

extension OpenDirectory {
  /// Follows links inside this directory, and names the real file or directory, which need not exist.
  ///
  /// An absolute link that starts with this directory's own path stays inside.
  ///
  /// - Throws: `outside-directory` where a link leads out, or in a circle.
  package func resolve(_ path: RelativePath) throws(Diagnostic) -> RelativePath {
    var real: [(name: FileName, directory: OpenDirectory)] = []
    // Components still to follow, the next one last.
    var rest: [[UInt8]] = path.names.reversed().map(\.bytes)
    var linksLeft = 40
    var missing: [FileName] = []
    var directory = self
    while let component = rest.popLast() {
      if component == Array("..".utf8) {
        guard missing.popLast() != nil || real.popLast() != nil else { throw leaves(path) }
        directory = real.last?.directory ?? self
        continue
      }
      guard let name = FileName(component) else { continue }
      guard missing.isEmpty, let status = try directory.status(of: name) else {
        missing.append(name)
        continue
      }
      switch status.kind {
      case .directory:
        directory = try directory.subdirectory(name)
        real.append((name, directory))
      case .file, .special:
        missing.append(name)
      case .link:
        linksLeft -= 1
        guard linksLeft > 0 else { throw leaves(path, because: "its links lead in a circle") }
        var target = try directory.attempt(.read, name) { () throws(Errno) in
          try fileSystem.readLink(name, in: directory.descriptor)
        }
        if target.first == UInt8(ascii: "/") {
          guard let inside = realPath().flatMap({ target.after(directory: $0) }) else {
            throw leaves(path, because: "a link points to \(String(decoding: target, as: UTF8.self))")
          }
          target = inside
          real = []
          directory = self
        }
        rest += target.split(separator: UInt8(ascii: "/")).reversed().map(Array.init)
      }
    }
    return RelativePath(real.map(\.name) + missing)
  }

  private func leaves(_ path: RelativePath, because reason: String = "a link leads above it") -> Diagnostic {
    Diagnostic(
      .outsideDirectory, "\(path) is not inside \(self.path): \(reason)",
      hint: "Only files inside the directory are read and written; put a copy there, or name the other directory")
  }
}

extension [UInt8] {
  /// The path relative to an absolute `directory` that it starts with.
  fileprivate func after(directory: [UInt8]) -> [UInt8]? {
    guard starts(with: directory) else { return nil }
    let rest = dropFirst(directory.count)
    return rest.isEmpty || rest.first == UInt8(ascii: "/") ? Array(rest) : nil
  }
}
