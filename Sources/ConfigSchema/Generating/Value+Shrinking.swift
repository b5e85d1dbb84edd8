public import ConfigDocument

extension Value {
  /// The smallest value that is found for which `fails` still holds: members and items are left out, texts and numbers
  /// made simple, for as long as that goes on.
  ///
  /// - Parameter budget: how often `fails` may be asked.
  /// - Complexity: at most `budget` calls; the result is the value itself where no smaller one fails.
  public func shrunk(budget: Int = 2_000, while fails: (Value) -> Bool) -> Value {
    var best = self
    var left = budget
    var isSmaller = true
    while isSmaller, left > 0 {
      isSmaller = false
      for candidate in best.simplerValues {
        guard left > 0 else { break }
        left -= 1
        if fails(candidate) {
          best = candidate
          isSmaller = true
          break
        }
      }
    }
    return best
  }

  /// Values that are one step simpler, the boldest steps first.
  var simplerValues: [Value] {
    switch self {
    case .null: return []
    case .bool(let flag): return flag ? [.bool(false)] : []
    case .number(let number):
      guard let int = number.int else { return [0] }
      return [0, 1, int / 2, int - 1].filter { abs($0) < abs(int) }.map { .number(Number($0)) }
    case .string(let text):
      let scalars = Array(text.unicodeScalars)
      guard scalars.count > 1 || scalars.first.map({ $0 != "a" }) == true else { return [] }
      let half = String(String.UnicodeScalarView(scalars.prefix(scalars.count / 2)))
      return scalars.count > 1 ? [.string("a"), .string(half)] : [.string("a")]
    case .array(let items):
      var found: [Value] = items.isEmpty ? [] : [.array([])]
      if items.count > 3 { found += [.array(Array(items.prefix(items.count / 2)))] }
      for index in items.indices {
        var fewer = items
        fewer.remove(at: index)
        found.append(.array(fewer))
      }
      // Equal items may matter because they are equal: they become simpler together.
      for (index, item) in items.enumerated() where items[(index + 1)...].contains(item) {
        found += item.simplerValues.map { simpler in .array(items.map { $0 == item ? simpler : $0 }) }
      }
      for (index, item) in items.enumerated() {
        for simpler in item.simplerValues {
          var changed = items
          changed[index] = simpler
          found.append(.array(changed))
        }
      }
      return found
    case .object(let object):
      var found: [Value] = []
      for key in object.keys {
        var fewer = object
        fewer[key] = nil
        found.append(.object(fewer))
      }
      for (key, value) in object.members {
        for simpler in value.simplerValues {
          var changed = object
          changed[key] = simpler
          found.append(.object(changed))
        }
      }
      return found
    }
  }
}
