import ConfigDocument

extension WorkingSet {
  /// Every file with the bytes that it has now, and those that are gone.
  ///
  /// What happens to a file is told by the paths before and after alone: a file that is removed and created again is kept,
  /// with another content; two that exchange their names are two that change.
  /// - Throws: `internal-mismatch` where a file does not read back as what was meant.
  func rendered(from set: ConfigurationSet) throws(Diagnostic) -> [Plan.PlannedFile] {
    let isRearranged =
      files.count != set.files.count
      || files.enumerated().contains { index, file in
        file.original != index || !file.path.hasSameBytes(as: set.files[index].path)
      }
    guard isRearranged else {
      return try runtime.work.map(files.count) { [files] (index) throws(Diagnostic) in
        try Self.planned(files[index], set.files[index])
      }
    }
    let originals = Dictionary(uniqueKeysWithValues: set.files.map { (Array($0.path.utf8), $0) })
    let paths = Set(files.map { Array($0.path.utf8) })
    var planned: [Plan.PlannedFile] = []
    var taken: Set<[UInt8]> = []
    for file in files {
      let path = Array(file.path.utf8)
      if let original = originals[path] {
        taken.insert(path)
        planned.append(try Self.planned(file, original))
      } else if let index = file.original, !paths.contains(Array(set.files[index].path.utf8)) {
        taken.insert(Array(set.files[index].path.utf8))
        planned.append(try Self.planned(file, set.files[index], fate: .renamed(from: set.files[index].path)))
      } else {
        let bytes = try file.document.hasEdits ? file.document.render().bytes : Self.closed(file.document.source)
        planned.append(
          Plan.PlannedFile(path: file.path, layer: file.layer, from: nil, to: bytes, author: file.author))
      }
    }
    for original in set.files where !taken.contains(Array(original.path.utf8)) {
      planned.append(
        Plan.PlannedFile(
          path: original.path, layer: original.layer, from: original.bytes, to: nil,
          author: gone.last { $0.path.utf8.elementsEqual(original.path.utf8) }?.author))
    }
    return planned
  }

  /// A new JSON file that nothing was put into.
  private static func closed(_ text: [UInt8]) -> [UInt8] {
    let open = Array("{\n}\n".utf8)
    return text.suffix(open.count).elementsEqual(open) ? text.dropLast(open.count) + Array("{}\n".utf8) : text
  }

  private static func planned(
    _ file: File, _ original: SetFile, fate: Plan.PlannedFile.Fate = .kept
  ) throws(Diagnostic) -> Plan.PlannedFile {
    let rendering = try file.document.render()
    guard file.document.source == original.bytes else {
      if fate == .kept {
        return Plan.PlannedFile(
          path: file.path, layer: file.layer, from: original.bytes, to: rendering.bytes, author: file.author)
      }
      let whole = Rendering(
        replacing: original.bytes, by: rendering.bytes, author: file.author ?? EditAuthor(rawValue: 0))
      return Plan.PlannedFile(
        path: file.path, layer: file.layer, old: original.bytes, rendering: whole, fate: fate)
    }
    var planned = Plan.PlannedFile(
      path: file.path, layer: file.layer, old: original.bytes, rendering: rendering, fate: fate)
    planned.edits = file.document.editedNodes
    return planned
  }
}
