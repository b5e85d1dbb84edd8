internal import ConfigDocument
internal import ConfigMigration

/// The files of a set, where they really are, and how large: what is known before any is read.
struct SetListing: Sendable {
  struct File: Sendable {
    /// The path in the set: no two files have equal ones, even where their names read alike.
    var path: String
    /// The entry of that name, which may be a link.
    var entry: RelativePath
    /// The file that is really there: a link inside the directory is followed.
    var target: RelativePath
    /// In bytes, when it was listed.
    var size: Int
  }

  /// By path; links behind files.
  var files: [File] = []

  var realPaths: [String: RelativePath] {
    Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.target) })
  }

  /// The links among them, by path.
  var links: [RelativePath] { files.filter { $0.entry != $0.target }.map(\.entry).sorted() }

  /// In bytes.
  var size: Int { files.reduce(0) { $0 + $1.size } }

  /// Stretches of the files, in order, each with at least so many bytes.
  func parts(of partSize: Int) -> [ArraySlice<File>] {
    var parts: [ArraySlice<File>] = []
    var (start, size) = (0, 0)
    for (index, file) in files.enumerated() {
      size += file.size
      guard size >= partSize else { continue }
      parts.append(files[start...index])
      (start, size) = (index + 1, 0)
    }
    if start < files.count { parts.append(files[start...]) }
    return parts
  }
}

/// From when on a set is not held in memory as a whole. Documents take several times the bytes of their files.
struct PartLimits: Sendable {
  /// A larger set is worked on part by part where its files stand alone. In bytes.
  var whole = 32 << 20
  /// A part has files until it has so many bytes.
  var part = 4 << 20
}

extension ConfigurationDirectory {
  /// Looks what files the set has. Complexity: O(n log n) in the entries of the directory.
  func list() throws(Diagnostic) -> SetListing {
    let root = history.transactions.root
    func belongs(_ path: RelativePath) -> Bool {
      let path = path.description
      return product.product.rule(for: path) != nil && !settings.exclusions.contains { $0.match(path) != nil }
    }
    let found = try root.listing(whereLinkMatters: belongs)
    let entries = found.files.map { (path: $0, target: $0) } + found.links.map { (path: $0.path, target: $0.target) }
    var parents = ParentDirectories(below: root)
    var listing = SetListing()
    var taken: Set<RelativePath> = []
    var names: Set<String> = []
    for (path, target) in entries where belongs(path) {
      // A file that is reached by two names is one file.
      guard taken.insert(target).inserted, let status = try parents.status(of: target) else { continue }
      let name = names.contains(path.description) ? path.escaped : path.description
      guard names.insert(name).inserted else { throw Self.alike(path) }
      listing.files.append(.init(path: name, entry: path, target: target, size: status.size))
    }
    return listing
  }

  private static func alike(_ path: RelativePath) -> Diagnostic {
    Diagnostic(
      .ambiguousName, "\(path) reads like the name of another file of the set, and so does \(path.escaped)",
      hint: "Rename one of them")
  }

  /// Reads some files of the set, or all.
  /// - Throws: the first syntax error by path; `empty-set`.
  func read(_ files: some Sequence<SetListing.File>) throws(Diagnostic) -> ConfigurationSet {
    var parents = ParentDirectories(below: history.transactions.root)
    var contents: [(path: String, bytes: [UInt8])] = []
    for file in files {
      if let found = try parents.contents(at: file.target) { contents.append((file.path, found.bytes)) }
    }
    return try ConfigurationSet(product: product.product, files: contents, work: .onAllCores)
  }
}

extension RelativePath {
  /// The path with every byte that is not ASCII as `\xC3`: for names that are not UTF-8, or equal another one but for how its letters are
  /// composed.
  fileprivate var escaped: String {
    bytes.reduce(into: "") { text, byte in
      if byte < 0x80 {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "\\x" + String(byte, radix: 16, uppercase: true)
      }
    }
  }
}

extension Diagnostic.Code {
  /// The names of two files cannot be told apart in a text.
  public static let ambiguousName: Self = "ambiguous-name"
}
