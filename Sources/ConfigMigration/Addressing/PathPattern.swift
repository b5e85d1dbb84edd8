public import ConfigDocument

/// Which files of a directory are meant: a relative path with `*` (within one component), `**` (any number of
/// components) and `{name}` (captured, within one component).
public struct PathPattern: Hashable, Sendable {
  /// The pattern as it is written.
  public let text: String
  private let components: [Component]

  private enum Component: Hashable, Sendable {
    case deep
    case parts([Part])
  }

  private enum Part: Hashable, Sendable {
    case text([UInt8])
    case any
    case capture(String)
  }

  /// - Throws: `bad-value`, without a place, where the text is no such pattern.
  public init(_ text: String) throws(Diagnostic) {
    self.text = text
    var components: [Component] = []
    for component in text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      if component.elementsEqual("**".utf8) {
        components.append(.deep)
      } else if component.isEmpty || component.elementsEqual(".".utf8) || component.elementsEqual("..".utf8) {
        throw Diagnostic(
          .badValue, "`\(text)` is no path within the directory",
          hint: "write it relative to the directory, without `.`, `..` and empty parts")
      } else {
        components.append(.parts(try Self.parts(component, of: text)))
      }
    }
    self.components = components
  }

  private static func parts(_ component: Substring.UTF8View, of text: String) throws(Diagnostic) -> [Part] {
    var parts: [Part] = []
    var literal: [UInt8] = []
    var index = component.startIndex
    func flush() {
      if !literal.isEmpty { parts.append(.text(literal)) }
      literal = []
    }
    while index < component.endIndex {
      switch component[index] {
      case UInt8(ascii: "*"):
        flush()
        parts.append(.any)
      case UInt8(ascii: "{"):
        guard let close = component[index...].firstIndex(of: UInt8(ascii: "}")),
          component.index(after: index) < close
        else {
          throw Diagnostic(
            .badValue, "`\(text)` has a `{` that no name and `}` follow", hint: "write a capture like `{env}`")
        }
        flush()
        parts.append(.capture(String(Substring(component[component.index(after: index)..<close]))))
        index = close
      case let byte: literal.append(byte)
      }
      index = component.index(after: index)
    }
    flush()
    return parts
  }

  package var captureNames: [String] {
    var names: [String] = []
    for case .parts(let parts) in components {
      for case .capture(let name) in parts where !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// Whether it fits more paths than its captures tell apart.
  package var hasWildcard: Bool {
    components.contains { component in
      switch component {
      case .deep: true
      case .parts(let parts): parts.contains(.any)
      }
    }
  }

  /// The one path that the pattern means when its captures are filled in; nil where one is unbound, or a wildcard is left.
  ///
  /// What a capture stands for is text of the user's, so it must be a part of one component: it cannot lead out of the
  /// directory.
  /// - Throws: `bad-file-name`, without a place, where a capture is empty or holds `/` or NUL, or a component becomes `.` or
  ///   `..`.
  package func filled(with captures: Captures) throws(Diagnostic) -> String? {
    var path: [String] = []
    for component in components {
      guard case .parts(let parts) = component else { return nil }
      var bytes: [UInt8] = []
      for part in parts {
        switch part {
        case .text(let literal): bytes += literal
        case .any: return nil
        case .capture(let name):
          guard let value = captures[name] else { return nil }
          guard !value.isEmpty, !value.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == 0 }) else {
            throw unsafeName(value, for: name)
          }
          bytes += Array(value.utf8)
        }
      }
      let name = String(decoding: bytes, as: UTF8.self)
      if name == "." || name == ".." { throw unsafeName(name, for: captureNames.first ?? name) }
      path.append(name)
    }
    return path.joined(separator: "/")
  }

  private func unsafeName(_ value: String, for capture: String) -> Diagnostic {
    Diagnostic(
      .badFileName, "`\(value)` cannot stand for `{\(capture)}` in the file name `\(text)`",
      hint: "what names a file is one part of a path: not empty, not `.` or `..`, without `/`")
  }

  /// What the captures stand for in `path`; nil where the path is not meant.
  public func match(_ path: String, captures: Captures = Captures()) -> Captures? {
    if case .parts(let parts)? = components.first, case .text(let literal)? = parts.first,
      !path.utf8.starts(with: literal)
    {
      return nil
    }
    let path = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map(Array.init)
    return match(components[...], path[...], captures)
  }

  private func match(
    _ pattern: ArraySlice<Component>, _ path: ArraySlice<[UInt8]>, _ captures: Captures
  ) -> Captures? {
    guard let first = pattern.first else { return path.isEmpty ? captures : nil }
    switch first {
    case .deep:
      for skipped in 0...path.count {
        if let match = match(pattern.dropFirst(), path.dropFirst(skipped), captures) { return match }
      }
      return nil
    case .parts(let parts):
      guard let component = path.first else { return nil }
      guard let captures = matchParts(parts[...], component[...], captures) else { return nil }
      return match(pattern.dropFirst(), path.dropFirst(), captures)
    }
  }

  private func matchParts(
    _ parts: ArraySlice<Part>, _ bytes: ArraySlice<UInt8>, _ captures: Captures
  ) -> Captures? {
    guard let first = parts.first else { return bytes.isEmpty ? captures : nil }
    switch first {
    case .text(let literal):
      guard bytes.starts(with: literal) else { return nil }
      return matchParts(parts.dropFirst(), bytes.dropFirst(literal.count), captures)
    case .any:
      for count in 0...bytes.count {
        if let match = matchParts(parts.dropFirst(), bytes.dropFirst(count), captures) { return match }
      }
      return nil
    case .capture(let name):
      guard !bytes.isEmpty else { return nil }
      for count in 1...bytes.count where Self.mayGoOn(parts.dropFirst(), bytes.dropFirst(count)) {
        let value = String(decoding: bytes.prefix(count), as: UTF8.self)
        guard let bound = captures.binding(name, to: value) else { continue }
        if let match = matchParts(parts.dropFirst(), bytes.dropFirst(count), bound) { return match }
      }
      return nil
    }
  }
}

extension PathPattern {
  /// False where the rest of a component certainly does not fit.
  private static func mayGoOn(_ parts: ArraySlice<Part>, _ rest: ArraySlice<UInt8>) -> Bool {
    switch parts.first {
    case .text(let literal)?: rest.starts(with: literal)
    case .any?, .capture?: true
    case nil: rest.isEmpty
    }
  }
}

extension PathPattern: CustomStringConvertible {
  public var description: String { text }
}
