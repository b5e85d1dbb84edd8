/// The data of a document or a part of it, without layout: what JSON can say.
///
/// Strings and keys are equal when their UTF-8 is equal; Swift's `String ==` is canonical equivalence, which would make
/// two different keys one.
public indirect enum Value: Sendable {
  case null
  case bool(Bool)
  case number(Number)
  case string(String)
  case array([Value])
  case object(Object)
}

/// The members of an object, in their order. Keys are unique, by UTF-8, but for those of a YAML mapping that have one text and
/// are not one: `? {[a]: 1}` and `? {[b]: 1}`, or an alias of a text that is a key too.
public struct Object: Sendable {
  public typealias Member = (key: String, value: Value)

  public private(set) var members: [Member]

  public init() { members = [] }

  /// Of two members with equal keys, the later one's value stays, in the earlier one's place. Complexity: O(n).
  public init(_ members: some Sequence<Member>) {
    self.members = []
    var places: [[UInt8]: Int] = [:]
    for (key, value) in members {
      let bytes = Array(key.utf8)
      if let place = places[bytes] {
        self.members[place].value = value
      } else {
        places[bytes] = self.members.count
        self.members.append((key, value))
      }
    }
  }

  /// Members whose keys are known to differ. Complexity: O(1).
  package init(distinct members: [Member]) { self.members = members }

  /// Complexity: O(n).
  public subscript(key: String) -> Value? {
    get { firstIndex(of: key).map { members[$0].value } }
    set {
      switch (firstIndex(of: key), newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append((key, value))
      case (nil, nil): break
      }
    }
  }

  public var isEmpty: Bool { members.isEmpty }
  public var count: Int { members.count }
  public var keys: [String] { members.map(\.key) }

  private func firstIndex(of key: String) -> Int? {
    members.firstIndex { $0.key.hasSameBytes(as: key) }
  }
}

extension Value: Hashable {
  /// Numbers by value, strings by UTF-8, objects by members in any order. Complexity: O(n log n).
  public static func == (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.string(let a), .string(let b)): a.hasSameBytes(as: b)
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)): a == b
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .number(let value): hasher.combine(value)
    case .string(let value): hasher.combineUTF8(value)
    case .array(let values): hasher.combine(values)
    case .object(let object): hasher.combine(object)
    }
  }
}

extension Object: Hashable {
  public static func == (left: Object, right: Object) -> Bool {
    guard left.count == right.count else { return false }
    // Most equal objects have one order.
    if zip(left.members, right.members).allSatisfy({ $0.key.hasSameBytes(as: $1.key) && $0.value == $1.value }) {
      return true
    }
    return zip(left.membersByKey, right.membersByKey).allSatisfy { left, right in
      left.key.hasSameBytes(as: right.key) && left.value == right.value
    }
  }

  /// Members of one key keep their order. Complexity: O(n log n).
  private var membersByKey: [Member] {
    members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }

  public func hash(into hasher: inout Hasher) {
    var sum = 0
    for member in members {
      var inner = Hasher()
      inner.combineUTF8(member.key)
      inner.combine(member.value)
      sum &+= inner.finalize()
    }
    hasher.combine(sum)
  }
}

extension Hasher {
  fileprivate mutating func combineUTF8(_ text: String) {
    var text = text
    text.withUTF8 { combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension Value {
  public var object: Object? { if case .object(let object) = self { object } else { nil } }
  public var array: [Value]? { if case .array(let array) = self { array } else { nil } }
  public var string: String? { if case .string(let string) = self { string } else { nil } }
  public var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
  public var number: Number? { if case .number(let number) = self { number } else { nil } }
  public var int: Int? { number?.int }

  /// `null`, `boolean`, `integer`, `number`, `string`, `array` or `object`: the words of JSON Schema.
  public var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .number(let number): number.isInteger ? "integer" : "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .number(Number(value)) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(arrayLiteral elements: Value...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, Value)...) {
    self = .object(Object(elements.map { (key: $0.0, value: $0.1) }))
  }
  public init(nilLiteral: ()) { self = .null }
}
