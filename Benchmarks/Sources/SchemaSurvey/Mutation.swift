import ConfigDocument
import ConfigSchema

/// Changes documents at one place at a time, as people and programs get them wrong.
struct Mutation {
  private var random: SeededRandom
  private static let junk: [Value] = [
    .null, true, false, 0, 1, -1, 1_000_000, .number(Number("1.0")!), .number(Number("1.5")!),
    .number(Number("9007199254740993")!), "", "x", "1", "true", "a-b", "http://example.org/x", "1.2.3", "ä", [], [1],
    ["x"],
    [:], ["x": 1], ["name": "x"], [[:], [:]],
  ]

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  private mutating func below(_ count: Int) -> Int { Int(random.next() >> 33) % max(1, count) }

  mutating func mutated(_ value: Value) -> Value {
    let path = place(in: value)
    return change(value, at: path[...])
  }

  /// A way down that may stop anywhere.
  private mutating func place(in value: Value) -> [Int] {
    var path: [Int] = []
    var value = value
    while below(6) > 0 {
      switch value {
      case .array(let items) where !items.isEmpty:
        path.append(below(items.count))
        value = items[path[path.count - 1]]
      case .object(let object) where !object.isEmpty:
        path.append(below(object.count))
        value = object.members[path[path.count - 1]].value
      default: return path
      }
    }
    return path
  }

  private mutating func change(_ value: Value, at path: ArraySlice<Int>) -> Value {
    if let step = path.first {
      switch value {
      case .array(var items):
        items[step] = change(items[step], at: path.dropFirst())
        return .array(items)
      case .object(var object):
        let member = object.members[step]
        object[member.key] = change(member.value, at: path.dropFirst())
        return .object(object)
      default: return value
      }
    }
    switch value {
    case .array(var items) where below(3) > 0:
      switch items.isEmpty ? 0 : below(3) {
      case 0: items.append(Self.junk[below(Self.junk.count)])
      case 1: items.append(items[below(items.count)])
      default: items.remove(at: below(items.count))
      }
      return .array(items)
    case .object(var object) where below(4) > 0:
      let member = object.isEmpty ? nil : object.members[below(object.count)]
      switch member == nil ? 0 : below(3) {
      case 0: object[["x", "name", "x-y", "$ref", "A1"][below(5)]] = Self.junk[below(Self.junk.count)]
      case 1: object[member!.key] = nil
      default:
        object[member!.key] = nil
        object[member!.key + "s"] = member!.value
      }
      return .object(object)
    default: return Self.junk[below(Self.junk.count)]
    }
  }
}
