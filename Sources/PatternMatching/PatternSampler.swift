/// Draws texts that an ECMA-262 pattern matches, for generated instances.
///
/// It reads what occurs in real schemas: literals, classes, groups, alternatives and quantifiers. Assertions other than
/// `^` and `$`, and references to groups, are beyond it. What it draws is a proposal: the caller matches it.
public struct PatternSampler: Sendable {
  /// Repetitions that have no upper bound are drawn up to this many more than they need.
  static let extraRepetitions = 3

  private let root: Piece

  /// - Returns: nil where the pattern holds something that is not drawn.
  public init?(_ source: String) {
    var reader = PieceReader(Array(source.unicodeScalars))
    guard let root = reader.readAlternatives(), reader.isAtEnd else { return nil }
    self.root = root
  }

  /// A text. Complexity: linear in its length.
  public func sample(using random: inout some RandomNumberGenerator) -> String {
    var out = String.UnicodeScalarView()
    Self.append(root, to: &out, using: &random)
    return String(out)
  }

  indirect enum Piece: Sendable {
    case literal(Unicode.Scalar)
    /// One of the scalars in the ranges.
    case oneOf([ClosedRange<UInt32>])
    case sequence([Piece])
    case alternatives([Piece])
    case repeated(Piece, from: Int, to: Int?)
  }

  private static func append(
    _ piece: Piece, to out: inout String.UnicodeScalarView, using random: inout some RandomNumberGenerator
  ) {
    switch piece {
    case .literal(let scalar): out.append(scalar)
    case .oneOf(let ranges):
      guard let range = ranges.randomElement(using: &random),
        let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random))
      else { return }
      out.append(scalar)
    case .sequence(let pieces): for piece in pieces { append(piece, to: &out, using: &random) }
    case .alternatives(let pieces):
      if let piece = pieces.randomElement(using: &random) { append(piece, to: &out, using: &random) }
    case .repeated(let piece, let least, let most):
      // Both ends are where faults are.
      let top = min(most ?? least + extraRepetitions, least + 64)
      let count = Bool.random(using: &random) ? least : Int.random(in: least...max(least, top), using: &random)
      for _ in 0..<count { append(piece, to: &out, using: &random) }
    }
  }
}

/// Reads a pattern into pieces; nil wherever it meets something that is not drawn.
private struct PieceReader {
  typealias Piece = PatternSampler.Piece
  private static let digits: [ClosedRange<UInt32>] = [48...57]
  private static let words: [ClosedRange<UInt32>] = [48...57, 65...90, 97...122, 95...95]
  private static let blanks: [ClosedRange<UInt32>] = [32...32]
  private static let printable: [ClosedRange<UInt32>] = [32...126]

  private let scalars: [Unicode.Scalar]
  private var position = 0

  init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

  var isAtEnd: Bool { position == scalars.count }
  private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    position += 1
    return true
  }

  mutating func readAlternatives() -> Piece? {
    var alternatives: [Piece] = []
    repeat {
      var pieces: [Piece] = []
      while let scalar = next, scalar != "|", scalar != ")" {
        guard let piece = readTerm() else { return nil }
        pieces.append(piece)
      }
      alternatives.append(.sequence(pieces))
    } while take("|")
    return alternatives.count == 1 ? alternatives[0] : .alternatives(alternatives)
  }

  private mutating func readTerm() -> Piece? {
    if take("^") || take("$") { return .sequence([]) }
    guard let atom = readAtom() else { return nil }
    guard let (least, most) = readQuantifier() else { return nil }
    return least == 1 && most == 1 ? atom : .repeated(atom, from: least, to: most)
  }

  private mutating func readAtom() -> Piece? {
    guard let scalar = next else { return nil }
    position += 1
    switch scalar {
    case ".": return .oneOf(Self.printable)
    case "(": return readGroup()
    case "[": return readClass().map(Piece.oneOf)
    case "\\":
      switch readEscape() {
      case .scalar(let scalar): return .literal(scalar)
      case .ranges(let ranges): return .oneOf(ranges)
      case nil: return nil
      }
    default: return .literal(scalar)
    }
  }

  private mutating func readGroup() -> Piece? {
    if take("?") {
      if take("<") {
        guard next != "=", next != "!" else { return nil }
        while let scalar = next, scalar != ">" { position += 1 }
        guard take(">") else { return nil }
      } else if !take(":") {
        return nil
      }
    }
    guard let inner = readAlternatives(), take(")") else { return nil }
    return inner
  }

  private mutating func readQuantifier() -> (Int, Int?)? {
    var bounds: (Int, Int?) = (1, 1)
    if take("*") {
      bounds = (0, nil)
    } else if take("+") {
      bounds = (1, nil)
    } else if take("?") {
      bounds = (0, 1)
    } else if take("{") {
      guard let least = readNumber() else { return nil }
      bounds = (least, least)
      if take(",") { bounds.1 = next == "}" ? nil : readNumber() }
      guard take("}"), bounds.1.map({ $0 >= least }) ?? true else { return nil }
    } else {
      return bounds
    }
    _ = take("?")
    return bounds
  }

  private mutating func readNumber() -> Int? {
    let start = position
    while let scalar = next, ("0"..."9").contains(scalar), position - start < 6 { position += 1 }
    return Int(String(String.UnicodeScalarView(scalars[start..<position])))
  }

  private enum Escape {
    case scalar(Unicode.Scalar)
    case ranges([ClosedRange<UInt32>])
  }

  /// Reads past the backslash.
  private mutating func readEscape() -> Escape? {
    guard let scalar = next else { return nil }
    position += 1
    switch scalar {
    case "d": return .ranges(Self.digits)
    case "w": return .ranges(Self.words)
    case "s": return .ranges(Self.blanks)
    case "D": return .ranges([65...90, 97...122])
    case "W": return .ranges([32...47])
    case "S": return .ranges([33...126])
    case "n": return .scalar("\n")
    case "r": return .scalar("\r")
    case "t": return .scalar("\t")
    case "-", "/", ".", "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "^", "$", "\\": return .scalar(scalar)
    default: return nil
    }
  }

  /// Reads past the opening bracket.
  private mutating func readClass() -> [ClosedRange<UInt32>]? {
    let isNegated = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    while !take("]") {
      guard let low = readClassMember() else { return nil }
      guard case .scalar(let first) = low else {
        if case .ranges(let more) = low { ranges += more }
        continue
      }
      if next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" {
        position += 1
        guard case .scalar(let last) = readClassMember(), first.value <= last.value else { return nil }
        ranges.append(first.value...last.value)
      } else {
        ranges.append(first.value...first.value)
      }
    }
    guard isNegated else { return ranges }
    let allowed = Self.printable[0].filter { scalar in !ranges.contains { $0.contains(scalar) } }
    return allowed.isEmpty ? nil : allowed.map { $0...$0 }
  }

  private mutating func readClassMember() -> Escape? {
    guard let scalar = next else { return nil }
    position += 1
    return scalar == "\\" ? readEscape() : .scalar(scalar)
  }
}
