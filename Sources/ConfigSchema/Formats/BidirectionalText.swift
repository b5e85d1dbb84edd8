/// The rule of RFC 5893, section 2, for host names with labels that run from right to left.
enum BidirectionalText {
  private enum Direction { case left, right, europeanDigit, arabicDigit, mark, neutral }

  /// Whether the labels of a name may stand together. Names without right-to-left labels always may.
  static func followsRule(_ labels: [[Unicode.Scalar]]) -> Bool {
    let all = labels.map { $0.map(direction) }
    guard all.contains(where: { $0.contains(.right) || $0.contains(.arabicDigit) }) else { return true }
    return all.allSatisfy(labelFollowsRule)
  }

  private static func labelFollowsRule(_ label: [Direction]) -> Bool {
    guard let first = label.first, let last = label.last(where: { $0 != .mark }) else { return true }
    switch first {
    case .right:
      return !label.contains(.left) && [.right, .europeanDigit, .arabicDigit].contains(last)
        && !(label.contains(.europeanDigit) && label.contains(.arabicDigit))
    case .left:
      return !label.contains(.right) && !label.contains(.arabicDigit) && [.left, .europeanDigit].contains(last)
    default: return false
    }
  }

  /// Told by the blocks of the scripts that run from right to left: the standard library has no directions.
  private static func direction(_ scalar: Unicode.Scalar) -> Direction {
    if InternationalLabel.isMark(scalar) { return .mark }
    switch scalar.value {
    case 0x30...0x39, 0x6F0...0x6F9: return .europeanDigit
    case 0x660...0x669: return .arabicDigit
    case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: return .right
    default: return scalar.properties.isAlphabetic ? .left : .neutral
    }
  }
}
