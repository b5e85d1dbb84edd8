package import ConfigDocument

/// Files that come, go, and get other names.
///
/// Within an operation a file and its units keep their numbers: what is new stands behind all others, what is gone stays
/// with a mark. When the operation is done, all files are put in the order in which they combine.
extension WorkingSet {
  /// The file of this path. Complexity: O(files).
  package func file(at path: String) -> Int? {
    files.firstIndex { !$0.isRemoved && $0.path.utf8.elementsEqual(path.utf8) }
  }

  /// Creates a file that holds an empty mapping.
  /// - Throws: `conflict` where it exists; `bad-file-name` where no pattern of the product fits its name.
  @discardableResult
  package mutating func createFile(_ path: String, comment: String? = nil) throws(Diagnostic) -> Int {
    if let existing = file(at: path) {
      throw failure(.conflict, "`\(path)` exists already", at: place(ofFile: existing))
    }
    let part = try part(of: path)
    let document = try Document(
      Self.emptyText(comment: comment, as: product.format(of: path)), as: product.format(of: path), named: path,
      yaml: product.yaml)
    files.append(
      File(path: path, layer: part.layer, captures: part.captures, document: document, author: current?.author))
    addUnits(of: files.count - 1)
    groupUnits()
    isOutOfOrder = true
    return files.count - 1
  }

  package mutating func removeFile(_ file: Int) {
    files[file].isRemoved = true
    files[file].author = current?.author
    groupUnits()
    isOutOfOrder = true
  }

  /// - Throws: `conflict` where a file of the new name exists; `bad-file-name` where no pattern of the product fits it, or its
  ///   format is another one.
  package mutating func renameFile(_ file: Int, to path: String) throws(Diagnostic) {
    let old = files[file].path
    guard !old.utf8.elementsEqual(path.utf8) else { return }
    if let existing = self.file(at: path) {
      throw failure(
        .conflict, "`\(old)` would become `\(path)`, which exists already", at: place(ofFile: existing),
        hint: "merge the two with `merge: {from: \"\(old)#\", into: \"\(path)#\"}`, or remove one of them")
    }
    let part = try part(of: path)
    guard product.format(of: path) == files[file].document.format else {
      throw failure(
        .badFileName,
        "`\(old)` is \(files[file].document.format.rawValue), and `\(path)` would be read as another format",
        at: place(ofFile: file), hint: "move what it holds instead: `move: {from: \"\(old)#/…\", to: \"\(path)#/…\"}`")
    }
    files[file].path = path
    files[file].layer = part.layer
    files[file].captures = part.captures
    files[file].author = current?.author
    for unit in units.indices where units[unit].file == file {
      units[unit].mount = part.layer.mount
      units[unit].isBase = !part.layer.isOverlay && !part.layer.isStandalone
    }
    groupUnits()
    isOutOfOrder = true
  }

  /// Makes a new file hold a value.
  package mutating func fill(_ file: Int, with value: Value) throws(Diagnostic) {
    guard let unit = units.firstIndex(where: { $0.file == file }) else { return }
    let root = units[unit].root
    units[unit].root = try edit(unit: unit) { document throws(Diagnostic) in
      try document.reconcile(root, with: value)
    }
  }

  /// The one path that a pattern means.
  /// - Parameter place: of what the captures were taken from.
  /// - Throws: `bad-file-name`.
  package func fileName(
    _ pattern: PathPattern, _ captures: Captures, at place: SourcePlace?
  ) throws(Diagnostic) -> String? {
    do throws(Diagnostic) { return try pattern.filled(with: captures) } catch {
      throw failure(error.code, error.message, at: place, hint: error.hint)
    }
  }

  /// - Throws: `bad-file-name`.
  private func part(of path: String) throws(Diagnostic) -> (layer: Layer, captures: Captures) {
    if let part = product.part(of: path) { return (part.layer, part.captures) }
    let patterns = product.files.map { "`\($0.path)`" }.joined(separator: ", ")
    throw failure(
      .badFileName, "`\(path)` would be no file of the product `\(product.name)`", at: current?.place,
      hint: "its files are \(patterns); add a pattern to `product.yaml`, or take another name")
  }

  /// An empty mapping, in JSON on two lines: what is put into it stands on lines of its own then.
  private static func emptyText(comment: String?, as format: DocumentFormat) -> [UInt8] {
    let empty = format == .yaml ? "{}\n" : "{\n}\n"
    guard let comment, format != .json else { return Array(empty.utf8) }
    let mark = format == .yaml ? "#" : "//"
    let lines = comment.split(separator: "\n", omittingEmptySubsequences: false)
    return Array((lines.map { $0.isEmpty ? mark : "\(mark) \($0)" } + ["", empty]).joined(separator: "\n").utf8)
  }

  /// The place of a file as a whole: its first line.
  package func place(ofFile file: Int) -> SourcePlace {
    files[file].document.roots.first.map { files[file].document.place(of: $0) }
      ?? SourcePlace(file: files[file].path, line: 1, column: 1)
  }

  // MARK: Units

  mutating func addUnits(of file: Int) {
    let document = files[file].document
    for (number, root) in document.roots.enumerated() {
      if case .standalone(let list) = files[file].layer {
        let own = [root] + (list.map { document.items(at: $0, below: root) } ?? [])
        units += own.map {
          Unit(file: file, root: $0, number: number + 1, mount: Pointer(), isBase: false, isStandalone: true)
        }
        continue
      }
      units.append(
        Unit(
          file: file, root: root, number: number + 1, mount: files[file].layer.mount,
          isBase: !files[file].layer.isOverlay))
    }
  }

  /// Sorts the units by what they are to the configuration.
  mutating func groupUnits() {
    let present = units.indices.filter { !files[units[$0].file].isRemoved }
    baseUnits = present.filter { units[$0].isBase }
    mountedUnits = Dictionary(grouping: present.filter { !units[$0].mount.isRoot }) { units[$0].mount }
    // An empty overlay still stands for a configuration.
    let held = Dictionary(grouping: present.filter { !units[$0].isBase && !units[$0].isStandalone }) { units[$0].file }
    overlayUnits = files.indices.filter { files[$0].layer.isOverlay && !files[$0].isRemoved }.map { held[$0] ?? [] }
    standaloneUnits = present.filter { units[$0].isStandalone }
  }

  /// Drops what is gone and puts the files in the order in which they combine, after an operation that changed it.
  package mutating func restoreOrder() {
    guard isOutOfOrder else { return }
    isOutOfOrder = false
    gone += files.filter(\.isRemoved)
    let order = files.indices.filter { !files[$0].isRemoved }
      .compactMap { index in product.part(of: files[index].path).map { (rank: $0.rank, file: index) } }
      .sorted { $0.rank < $1.rank }
    let numbers = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1.file, $0) })
    emptied = Set(emptied.compactMap { node in numbers[node.file].map { FileNode(file: $0, node: node.node) } })
    files = order.map { files[$0.file] }
    units = []
    for index in files.indices { addUnits(of: index) }
    groupUnits()
  }

  /// The scope after an operation in it: without what is gone, with what is new where the scope is of whole documents.
  func followed(_ scope: Scope, from count: Int) -> Scope {
    guard isOutOfOrder else { return scope }
    var scope = scope
    let isGone = { (unit: Int) in files[units[unit].file].isRemoved }
    scope.units.removeAll(where: isGone)
    scope.readers.removeAll(where: isGone)
    if scope.prefix.isRoot {
      scope.units += Array(count..<units.count)
      scope.readers += Array(count..<units.count)
    }
    return scope
  }
}

extension Layer {
  var isOverlay: Bool { if case .overlay = self { true } else { false } }
  var isStandalone: Bool { if case .standalone = self { true } else { false } }
}
