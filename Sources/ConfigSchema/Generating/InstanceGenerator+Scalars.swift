import ConfigDocument
import PatternMatching

extension InstanceGenerator {
  /// A number at a bound, beside it, or somewhere between.
  mutating func drawNumber(_ demands: Demands, isInteger: Bool) -> Value? {
    var low: Double?
    var high: Double?
    var step: Number?
    for record in demands.records where record.number >= 0 {
      let checks = program.numbers[Int(record.number)]
      if let bound = bound(checks.minimum) { low = max(low ?? bound, bound) }
      if let bound = bound(checks.exclusiveMinimum) { low = max(low ?? bound + 1, bound + (isInteger ? 1 : 0.5)) }
      if let bound = bound(checks.maximum) { high = min(high ?? bound, bound) }
      if let bound = bound(checks.exclusiveMaximum) { high = min(high ?? bound - 1, bound - (isInteger ? 1 : 0.5)) }
      if checks.multipleOf >= 0 { step = program.bounds[Int(checks.multipleOf)].number }
    }
    let bottom = low ?? min(-1, (high ?? 0) - 1_000)
    let top = high ?? max(bottom + 1, bottom + 1_000)
    guard bottom <= top else { return nil }
    if let step = step?.double, step > 0 { return drawMultiple(of: step, from: bottom, to: top) }
    var candidates = [bottom, top, bottom + 1, top - 1]
    candidates += [0, 1].filter { $0 > bottom && $0 < top }
    candidates.append(bottom + Double(random.below(1_001)) / 1_000 * (top - bottom))
    guard let drawn = random.pick(candidates.filter { $0 >= bottom && $0 <= top }) else { return nil }
    if isInteger || drawn == drawn.rounded() {
      let rounded = drawn.rounded(.up) <= top ? drawn.rounded(.up) : drawn.rounded(.down)
      return Int(exactly: rounded).map { .number(Number($0)) }
    }
    return Number("\(drawn)").map(Value.number)
  }

  private mutating func drawMultiple(of step: Double, from bottom: Double, to top: Double) -> Value? {
    let first = (bottom / step).rounded(.up)
    let last = (top / step).rounded(.down)
    guard first <= last, last - first < 1e15 else { return nil }
    let factor = first + Double(random.below(Int(min(last - first, 1e6)) + 1))
    // Hundredths are not exact as doubles; the shortest spelling of the product mostly is what is meant.
    let product = ((factor * step) * 1e6).rounded() / 1e6
    return Int(exactly: product).map { .number(Number($0)) } ?? Number("\(product)").map(Value.number)
  }

  private func bound(_ index: Int32) -> Double? {
    index < 0 ? nil : program.bounds[Int(index)].number.double
  }

  /// A text of a pattern or format where one is demanded, else of a length at a bound or between.
  mutating func drawString(_ demands: Demands) -> Value? {
    var least = 0
    var most = Int.max
    var patterns: [Int32] = []
    var format: Format?
    for record in demands.records where record.string >= 0 {
      let checks = program.strings[Int(record.string)]
      least = max(least, checks.minLength)
      most = min(most, checks.maxLength)
      if checks.pattern >= 0 { patterns.append(checks.pattern) }
      format = checks.format ?? format
    }
    guard least <= most, least <= 10_000 else { return nil }
    if let pattern = patterns.first {
      guard let sampler = sampler(pattern) else { return random.pick(demands.samples.filter { $0.string != nil }) }
      return .string(sampler.sample(using: &random))
    }
    if let format { return .string(format.example) }
    let lengths = [least, min(least + 1, most), min(most, least + 12), most <= 80 ? most : least + 3]
    let length = random.pick(lengths) ?? least
    return .string(word(length))
  }

  /// Letters mostly; sometimes what YAML would read as something else, or what has to be quoted.
  private mutating func word(_ length: Int) -> String {
    let odd = ["no", "1e3", "~", "a: b", "# x", "é", "- x", "012"].filter { $0.unicodeScalars.count == length }
    if !odd.isEmpty, random.once(in: 6) { return random.pick(odd) ?? "" }
    let letters = Array("abcdefghijklmnopqrstuvwxyz".unicodeScalars)
    var out = String.UnicodeScalarView()
    for _ in 0..<length { out.append(letters[random.below(letters.count)]) }
    return String(out)
  }
}
