public import ConfigDocument

/// One thing that is wrong with a document, by its schema.
public struct Violation: Hashable, Sendable {
  /// What was wanted and what was found, for programs.
  public enum Finding: Hashable, Sendable {
    case type(expected: [String], found: String)
    case value(allowed: [Value])
    case bounds(minimum: Number?, maximum: Number?)
    case multipleOf(Number)
    case length(minimum: Int?, maximum: Int?, found: Int)
    case count(minimum: Int?, maximum: Int?, found: Int)
    case pattern(String)
    case format(String)
    case duplicateItem(first: Int, second: Int)
    case missing(keys: [String])
    /// It lacks one of these groups of keys.
    case missingOneOf([[String]])
    case unknownKey(String, closest: String?)
    case excessItem(allowed: Int)
    /// The forms that it may have, and how many of them it has.
    case forms([String], matched: Int)
    case other
  }

  /// The stable code, such as `schema-required`.
  public var code: Diagnostic.Code
  /// The node of the tree that is meant.
  public var node: Int
  /// Whether the node's key is meant rather than its value: for unknown keys, and for a mapping that lacks something.
  public var pointsAtKey: Bool
  /// The node's place in the document.
  public var instance: Pointer
  /// The keyword that was violated.
  public var keyword: String
  /// The subschema that holds the keyword: the URI of its resource, `#`, and a pointer from its document's root.
  public var schema: String
  public var finding: Finding
  /// What is wrong, as half a sentence.
  public var message: String
  /// What to do about it, where that is known.
  public var hint: String?
  /// The edit that certainly makes it right, where there is one.
  public var repair: Repair?
  /// The subschema's own words.
  public var title: String?
  public var description: String?
  /// Whether the value may be a secret: then no text here shows it, and nobody else should.
  public var hidesValue: Bool

  /// As a diagnostic at its place; without the line's text where that would show a secret.
  public func diagnostic(at place: SourcePlace?) -> Diagnostic {
    var place = place
    if hidesValue { place?.lineText = "" }
    return Diagnostic(code, message, at: place, hint: hint)
  }
}

extension ValueTree {
  /// The violations of this tree as diagnostics.
  ///
  /// What was written once and is used in several places, by aliases, merge keys or layers, is reported once.
  /// - Parameters:
  ///   - related: other places that a message about the node speaks of.
  ///   - place: where a node, or its key, stands in its file. A tree made of layers has origins in each of them.
  public func diagnostics(
    for violations: [Violation], related: (_ node: Int) -> [Diagnostic.Related] = { _ in [] },
    place: (_ origin: Origin, _ key: Bool) -> SourcePlace?
  ) -> [Diagnostic] {
    struct Cause: Hashable {
      var place: SourcePlace
      var code: Diagnostic.Code
      var finding: Violation.Finding
    }
    var told: Set<Cause> = []
    var out: [Diagnostic] = []
    for violation in violations {
      let place = place(origins[violation.node], violation.pointsAtKey)
      if let place, violation.finding != .other {
        let cause = Cause(place: place, code: violation.code, finding: violation.finding)
        if !told.insert(cause).inserted { continue }
      }
      var diagnostic = violation.diagnostic(at: place)
      diagnostic.related = related(violation.node)
      out.append(diagnostic)
    }
    return out
  }
}
