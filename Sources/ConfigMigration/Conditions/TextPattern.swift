public import ConfigDocument
import PatternMatching

/// A PCRE2 pattern of a transformer file, with the place where it is written.
public struct TextPattern: Sendable {
  /// The pattern as it is written.
  public var source: String { pattern.source }
  package let place: SourcePlace?
  private let pattern: Pattern

  /// - Throws: `bad-pattern` where PCRE2 does not compile it.
  public init(_ source: String, at place: SourcePlace? = nil) throws(Diagnostic) {
    self.place = place
    do {
      pattern = try Pattern(pcre: source)
    } catch {
      throw Self.diagnostic(error, in: source, at: place)
    }
  }

  /// Whether the pattern matches somewhere in `text`.
  /// - Throws: `bad-pattern` where the match takes more steps than it may.
  package func isFound(in text: String) throws(Diagnostic) -> Bool {
    do {
      return try pattern.matches(text)
    } catch {
      throw Self.diagnostic(error, in: source, at: place)
    }
  }

  /// The groups of a match of the whole text; nil where it does not match as a whole.
  package func groups(matchingAll text: String) throws(Diagnostic) -> [String]? {
    do {
      guard let match = try pattern.firstMatch(in: text), let whole = match.groups[0],
        whole.utf8.elementsEqual(text.utf8)
      else { return nil }
      return match.groups.dropFirst().map { $0 ?? "" }
    } catch {
      throw Self.diagnostic(error, in: source, at: place)
    }
  }

  /// How many groups the pattern captures.
  package var groupCount: Int { pattern.groupCount }

  private static func diagnostic(_ error: PatternError, in source: String, at place: SourcePlace?) -> Diagnostic {
    switch error.kind {
    case .syntax, .unsupported:
      let place = error.offset.flatMap { offset in place.map { $0.advanced(by: offset, in: source) } } ?? place
      return Diagnostic(.badPattern, "`\(source)` is no PCRE2 pattern: \(error.message)", at: place)
    case .limit:
      return Diagnostic(
        .badPattern, "the pattern `\(source)` takes too many steps on a text: \(error.message)", at: place,
        hint: "nested repetitions like `(a+)+` are the usual cause")
    }
  }

  /// What replaces the matches of a pattern: `$1`, `${name}`, `$$` for a dollar.
  package struct Replacement: Sendable {
    package let pattern: TextPattern
    package let template: String
    private let substitution: Substitution

    package init(_ pattern: TextPattern, with template: String, at place: SourcePlace?) throws(Diagnostic) {
      self.pattern = pattern
      self.template = template
      do {
        substitution = try Substitution(template, for: pattern.pattern)
      } catch {
        let place = error.offset.flatMap { offset in place.map { $0.advanced(by: offset, in: template) } } ?? place
        throw Diagnostic(.badPattern, "`\(template)` is no replacement: \(error.message)", at: place)
      }
    }

    /// `text` with every match replaced; nil where nothing matches.
    package func apply(to text: String) throws(Diagnostic) -> String? {
      do {
        return try pattern.pattern.replacingMatches(in: text, with: substitution)
      } catch {
        throw TextPattern.diagnostic(error, in: pattern.source, at: pattern.place)
      }
    }
  }
}
