/// Random numbers that are the same on every machine, so that a seed names a case.
package struct SplitMix: RandomNumberGenerator {
  package var state: UInt64
  package init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from 0 to `count - 1`.
  package mutating func below(_ count: Int) -> Int { Int(next() >> 33) % count }

  /// True once in `times`; never for 0.
  package mutating func once(in times: Int) -> Bool { times > 0 && below(times) == 0 }

  package mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
