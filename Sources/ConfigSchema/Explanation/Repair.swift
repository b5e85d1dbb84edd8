public import ConfigDocument

/// An edit that certainly makes right what one violation tells, and nothing else: there is one way to mean it.
public enum Repair: Hashable, Sendable {
  /// The node has another value: the same text as another type, or the one allowed value that it is a slip for.
  case replace(Value)
  /// The node's key is a slip for this one.
  case renameKey(String)
  /// The node lacks members that can have but one value.
  case addMembers([Member])

  public struct Member: Hashable, Sendable {
    public var key: String
    public var value: Value
  }
}

extension SpellingSuggestion {
  /// The candidate that `text` can only be a slip for: near, and clearly nearer than every other.
  static func onlyClosest(to text: String, among candidates: [String]) -> String? {
    let alike = candidates.filter { isAlike($0, text) }
    if alike.count == 1 { return alike[0] }
    guard let best = closest(to: text, among: candidates), let distance = halves(text, best, limit: 6),
      digits(of: best) == digits(of: text)
    else { return nil }
    let others = candidates.filter { !$0.utf8.elementsEqual(best.utf8) }
    return others.contains { halves(text, $0, limit: distance + 1) != nil } ? nil : best
  }

  /// Other digits are another version or another number, and no slip.
  private static func digits(of text: String) -> [UInt8] { text.utf8.filter { (0x30...0x39).contains($0) } }
}
