/// One message for the person who has to act: what, where, why, and what to do.
///
/// Every error that the libraries throw is a `Diagnostic`, and every finding that they collect is one too. Programs
/// tell them apart by `code`, which never changes; people read the rest.
public struct Diagnostic: Error, Hashable, Sendable {
  /// The stable name of a kind of message, in kebab case: `duplicate-key`, `version-unknown`.
  public struct Code: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }
    public var description: String { rawValue }
  }

  public enum Severity: String, Hashable, Sendable {
    case error, warning, note
  }

  /// A second place that the message speaks of, such as the first of two equal keys.
  public struct Related: Hashable, Sendable {
    public var message: String
    public var place: SourcePlace
    public init(_ message: String, at place: SourcePlace) {
      self.message = message
      self.place = place
    }
  }

  public var code: Code
  public var severity: Severity
  /// What is wrong and why, as a sentence without a final full stop.
  public var message: String
  /// Where, if it is anywhere in a file.
  public var place: SourcePlace?
  /// What to do about it, as a sentence without a final full stop.
  public var hint: String?
  public var related: [Related]

  public init(
    _ code: Code, _ message: String, severity: Severity = .error, at place: SourcePlace? = nil, hint: String? = nil,
    related: [Related] = []
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.place = place
    self.hint = hint
    self.related = related
  }
}

extension Diagnostic: CustomStringConvertible {
  /// One line: `file:line:column: error: message [code]`.
  public var description: String {
    let prefix = place.map { "\($0): " } ?? ""
    return "\(prefix)\(severity.rawValue): \(message) [\(code)]"
  }
}

extension Diagnostic.Code {
  /// The parser of the file's format rejects it.
  public static let yamlSyntax: Self = "yaml-syntax"
  public static let jsonSyntax: Self = "json-syntax"
  /// One mapping has the same key twice.
  public static let duplicateKey: Self = "duplicate-key"
  public static let notUTF8: Self = "not-utf8"
  /// Nested deeper than ``Document/maximumDepth``.
  public static let tooDeep: Self = "too-deep"
  /// An edit that cannot be done without changing something that it does not mean to change.
  public static let editRefused: Self = "edit-refused"
  /// An alias that contains itself, or aliases that multiply beyond the budget.
  public static let aliasExpansion: Self = "alias-expansion"
  /// What was rendered does not read back as what was meant: a fault of this program.
  public static let internalMismatch: Self = "internal-mismatch"
}
