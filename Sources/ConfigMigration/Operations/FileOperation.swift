package import ConfigDocument

/// `file`: creates, removes or renames files of the set.
package struct FileOperation: OperationBody {
  package enum Action: Sendable {
    /// A file with this content; an empty mapping where none is given.
    case create(PathPattern, value: Value?, comment: String?, ConflictResolution)
    case remove(PathPattern)
    case rename(PathPattern, to: PathPattern)
  }

  package var action: Action

  /// A file's name stands for the place of all that it holds, so its captures are bound for `when`.
  package var sources: [AddressPattern] {
    switch action {
    case .create(let path, _, _, _), .remove(let path), .rename(let path, _):
      [AddressPattern(text: "\(path)#", file: path, document: nil, tokens: [])]
    }
  }

  package init(_ action: Action) { self.action = action }

  private enum Resolution: String, CaseIterable { case error, keep, replace }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    let actions = ["create", "remove", "rename"].filter { fields.document.child($0, of: fields.node) != nil }
    guard let field = actions.first, actions.count == 1 else {
      throw Diagnostic(
        actions.isEmpty ? .missingField : .badValue,
        "`file` does one of `create`, `remove` and `rename`, and this one has \(actions.isEmpty ? "none" : "several") of them",
        at: fields.place, hint: "write `file: {rename: old.yaml, to: new.yaml}`")
    }
    let path = try fields.path(field)
    switch field {
    case "create":
      try fields.checkNames(path, bound: fields.surroundings.captures, field: field)
      let resolution: ConflictResolution =
        switch try fields.word("on_conflict", Resolution.self) {
        case .error, nil: .error
        case .keep: .keep
        case .replace: .replace
        }
      action = .create(
        path, value: fields.optionalValue("value"), comment: try fields.optionalText("comment"), resolution)
    case "rename":
      let target = try fields.path("to")
      try fields.checkNames(target, bound: path.captureNames + fields.surroundings.captures, field: "to")
      action = .rename(path, to: target)
    default: action = .remove(path)
    }
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    let work = Work(operation, in: scope)
    switch action {
    case .create(let path, let value, let comment, let resolution):
      return try create(path, value, comment: comment, resolution, work, on: &set)
    case .remove(let path):
      let files = try matches(of: path, work, in: set)
      for (file, _) in files { set.removeFile(file) }
      return files.count
    case .rename(let path, let target):
      let files = try matches(of: path, work, in: set)
      var renames: [(file: Int, path: String)] = []
      for (file, captures) in files {
        guard let name = try set.fileName(target, captures, at: set.place(ofFile: file)) else { continue }
        if let other = renames.first(where: { $0.path.utf8.elementsEqual(name.utf8) }) {
          throw set.failure(
            .conflict, "`\(set.files[other.file].path)` and `\(set.files[file].path)` would both become `\(name)`",
            at: set.place(ofFile: file), hint: "make the target differ with a capture, like `{name}`")
        }
        renames.append((file, name))
      }
      for (file, name) in renames { try set.renameFile(file, to: name) }
      return renames.count
    }
  }

  private func create(
    _ pattern: PathPattern, _ value: Value?, comment: String?, _ resolution: ConflictResolution, _ work: Work,
    on set: inout WorkingSet
  ) throws(Diagnostic) -> Int {
    guard work.scope.createsInBase || !work.scope.units.isEmpty else { return 0 }
    if let when = work.when {
      guard try set.holds(when, for: set.baseSubject(work, captures: work.scope.captures)) else { return 0 }
    }
    guard let path = try set.fileName(pattern, work.scope.captures, at: work.operation.place) else { return 0 }
    let content = value ?? .object(Object())
    if let existing = set.file(at: path) {
      let document = set.files[existing].document
      let present = document.roots.map { document.value(of: $0) }
      if present == [content] { return 0 }
      switch resolution {
      case .keep:
        set.report(
          .valueDropped, "`\(path)` stays as it is, since it exists already", at: set.place(ofFile: existing))
        return 0
      case .replace:
        set.report(
          .valueReplaced, "`\(path)` exists already, and its content is replaced", at: set.place(ofFile: existing))
        set.removeFile(existing)
      case .error, .merge, .append:
        throw set.failure(
          .conflict, "`\(path)` exists already and holds something else", at: set.place(ofFile: existing),
          hint: "remove one of the two, or give the operation `on_conflict: keep` or `replace`")
      }
    }
    let file = try set.createFile(path, comment: comment.map(work.scope.captures.fill))
    try set.fill(file, with: content)
    return 1
  }

  /// The files that the pattern names and for which the operation's condition holds, in the order in which they combine.
  private func matches(
    of pattern: PathPattern, _ work: Work, in set: WorkingSet
  ) throws(Diagnostic) -> [(file: Int, captures: Captures)] {
    var found: [(file: Int, captures: Captures)] = []
    for file in set.files.indices where !set.files[file].isRemoved {
      guard let captures = pattern.match(set.files[file].path, captures: work.scope.captures) else { continue }
      let units = work.scope.units.filter { set.units[$0].file == file }
      if units.isEmpty, set.units.contains(where: { $0.file == file }) { continue }
      guard work.layers?.holds(isOverlay: set.files[file].layer.isOverlay) ?? true else { continue }
      if let when = work.when {
        var holds = false
        for unit in units where !holds {
          holds = try set.holds(when, for: set.subject(work, unit: unit, captures: captures))
        }
        guard holds else { continue }
      }
      found.append((file, captures))
    }
    return found
  }
}

extension LayerSelection {
  fileprivate func holds(isOverlay: Bool) -> Bool { self == .all || isOverlay == (self == .overlay) }
}

extension FieldReader {
  /// Which files are meant: a path with wildcards and captures.
  fileprivate mutating func path(_ field: String) throws(Diagnostic) -> PathPattern {
    let text = try text(field)
    do throws(Diagnostic) { return try PathPattern(text) } catch {
      throw Diagnostic(error.code, error.message, at: document.place(of: try required(field)), hint: error.hint)
    }
  }

  /// - Throws: `bad-address` where the path does not name one file.
  fileprivate mutating func checkNames(
    _ path: PathPattern, bound: [String], field: String
  ) throws(Diagnostic) {
    let place = document.place(of: try required(field))
    if path.hasWildcard {
      throw Diagnostic(
        .badAddress, "`\(path)` has a wildcard, and so does not say which file", at: place,
        hint: "capture the part, like `{name}`, and use it here")
    }
    for name in path.captureNames where !bound.contains(name) {
      throw Diagnostic(
        .badAddress, "nothing binds the capture `{\(name)}` of `\(path)`", at: place,
        hint: SpellingSuggestion.didYouMean(name, among: bound))
    }
  }
}
