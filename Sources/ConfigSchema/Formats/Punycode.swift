/// RFC 3492.
enum Punycode {
  static func encode(_ label: [Unicode.Scalar]) -> [UInt8]? {
    var out = label.filter(\.isASCII).map { UInt8($0.value) }
    var handled = out.count
    let basic = handled
    if basic > 0 { out.append(UInt8(ascii: "-")) }
    var (point, delta, bias): (UInt32, Int, Int) = (128, 0, 72)
    while handled < label.count {
      guard let next = label.map(\.value).filter({ $0 >= point }).min() else { return nil }
      delta += Int(next - point) * (handled + 1)
      point = next
      for scalar in label {
        if scalar.value < point { delta += 1 }
        guard scalar.value == point else { continue }
        var rest = delta
        var position = 36
        while true {
          let threshold = min(max(position - bias, 1), 26)
          if rest < threshold { break }
          out.append(digit(threshold + (rest - threshold) % (36 - threshold)))
          rest = (rest - threshold) / (36 - threshold)
          position += 36
        }
        out.append(digit(rest))
        bias = adapted(delta, handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      point += 1
    }
    return out
  }

  static func decode(_ text: ArraySlice<UInt8>) -> [Unicode.Scalar]? {
    var out: [Unicode.Scalar] = []
    var rest = text
    if let hyphen = text.lastIndex(of: UInt8(ascii: "-")) {
      out = text[..<hyphen].map { Unicode.Scalar($0) }
      rest = text[(hyphen + 1)...]
    }
    guard !rest.isEmpty else { return nil }
    var (point, index, bias) = (128, 0, 72)
    while !rest.isEmpty {
      let start = index
      var weight = 1
      var position = 36
      while true {
        guard let byte = rest.popFirst(), let digit = value(byte), weight < 1 << 30 else { return nil }
        index += digit * weight
        let threshold = min(max(position - bias, 1), 26)
        if digit < threshold { break }
        weight *= 36 - threshold
        position += 36
      }
      bias = adapted(index - start, out.count + 1, isFirst: start == 0)
      point += index / (out.count + 1)
      index %= out.count + 1
      guard point <= 0x10FFFF, let scalar = Unicode.Scalar(UInt32(point)) else { return nil }
      out.insert(scalar, at: index)
      index += 1
    }
    return out
  }

  private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var bias = 0
    while delta > 455 {
      delta /= 35
      bias += 36
    }
    return bias + 36 * delta / (delta + 38)
  }

  private static func digit(_ value: Int) -> UInt8 { UInt8(value < 26 ? value + 97 : value + 22) }

  private static func value(_ byte: UInt8) -> Int? {
    if byte.isASCIILetter { return Int(byte | 0x20) - 97 }
    return byte.isDecimalDigit ? Int(byte) - 22 : nil
  }
}
