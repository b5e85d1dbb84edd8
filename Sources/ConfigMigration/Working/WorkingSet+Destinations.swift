package import ConfigDocument

/// A place of one document that something is taken to.
package struct Destination: Hashable, Sendable {
  package var unit: Int
  package var pointer: Pointer
}

extension WorkingSet {
  /// Where `address` takes a match of the unit: into the file that it names, which is created where it does not exist; else
  /// to another place of the same document. What leaves the place at which a fragment is put goes to the file of the base
  /// that holds its new parent.
  ///
  /// - Returns: nil where the match binds not all captures of the address.
  /// - Throws: `bad-file-name`; `conflict` where the named document of a stream is not there.
  package mutating func destination(
    _ address: AddressPattern, for match: AddressMatch, in unit: Int, _ work: Work
  ) throws(Diagnostic) -> Destination? {
    guard let pointer = address.within(work.scope.prefix).filled(with: match.captures) else { return nil }
    guard let pattern = address.file else { return destination(at: pointer, from: unit) }
    guard let path = try fileName(pattern, match.captures, at: place(of: match.node, in: unit)) else { return nil }
    let own = units[unit].file
    let file = if let known = self.file(at: path) { known } else { try createFile(path) }
    let number = address.document ?? (file == own ? units[unit].number : 1)
    return Destination(unit: try self.unit(number, of: file), pointer: pointer)
  }

  /// The document that holds, or is to hold, a place which a match of the unit goes to.
  package func destination(at pointer: Pointer, from unit: Int) -> Destination {
    guard !pointer.isWithin(units[unit].mount) else { return Destination(unit: unit, pointer: pointer) }
    return Destination(unit: nearest(to: pointer, among: baseUnits) ?? unit, pointer: pointer)
  }

  /// A document of a file's stream, by its number.
  private mutating func unit(_ number: Int, of file: Int) throws(Diagnostic) -> Int {
    if let unit = units.firstIndex(where: { $0.file == file && $0.number == number }) { return unit }
    let count = units.count { $0.file == file }
    guard count == 0, number == 1 else {
      throw failure(
        .conflict,
        "`\(files[file].path)` has \(count) document\(count == 1 ? "" : "s"), and `@\(number)` names one more",
        at: place(ofFile: file), hint: "add the document by hand: its parts are separated by `---`")
    }
    try fillEmpty(file)
    return units.count - 1
  }

  /// Gives a file without any document, which holds comments at most, an empty mapping behind them.
  private mutating func fillEmpty(_ file: Int) throws(Diagnostic) {
    let empty = files[file].document
    var text = empty.source
    if let last = text.last, last != UInt8(ascii: "\n") { text.append(UInt8(ascii: "\n")) }
    files[file].document = try Document(
      text + Array("{}\n".utf8), as: empty.format, named: empty.name, yaml: empty.yamlVersion)
    addUnits(of: file)
    groupUnits()
    isOutOfOrder = true
  }
}
