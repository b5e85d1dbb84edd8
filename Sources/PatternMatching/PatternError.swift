/// Why a pattern cannot be used, or why a match was given up.
public struct PatternError: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// The pattern breaks its language's syntax.
    case syntax
    /// The pattern is right, but this matcher cannot do what it asks for.
    case unsupported
    /// The match took more steps or memory than it may. There is no verdict.
    case limit
  }

  public var kind: Kind
  /// What is wrong, as a sentence without a final full stop.
  public var message: String
  /// Where in the pattern, in Unicode scalars from 0; nil where the pattern as a whole is meant.
  public var offset: Int?

  public init(_ kind: Kind, _ message: String, at offset: Int? = nil) {
    self.kind = kind
    self.message = message
    self.offset = offset
  }
}
