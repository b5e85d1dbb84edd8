import ConfigDocument
import PatternMatching

/// A node of one of the schema's documents.
struct SchemaLocation: Hashable, Sendable {
  var document: Int32
  var node: Int32
}

/// A run of elements of one of the program's arrays.
struct Run: Hashable, Sendable {
  var start: Int32
  var count: Int32
  static let none = Run(start: 0, count: 0)

  init(start: Int, count: Int) {
    self.start = Int32(start)
    self.count = Int32(count)
  }

  var indices: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

/// The types of JSON Schema as a set.
struct TypeSet: OptionSet, Hashable, Sendable {
  var rawValue: UInt8
  static let null = Self(rawValue: 1)
  static let boolean = Self(rawValue: 2)
  static let integer = Self(rawValue: 4)
  static let number = Self(rawValue: 8)
  static let string = Self(rawValue: 16)
  static let array = Self(rawValue: 32)
  static let object = Self(rawValue: 64)
  static let all = Self(rawValue: 127)

  static let names: [(name: String, type: TypeSet)] = [
    ("null", .null), ("boolean", .boolean), ("integer", .integer), ("number", .number), ("string", .string),
    ("array", .array), ("object", .object),
  ]

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init?(name: String) {
    guard let type = Self.names.first(where: { $0.name == name })?.type else { return nil }
    self = type
  }

  /// A number's kind is both integer and number here: which it is only its digits say.
  @inline(__always)
  init(_ kind: ValueTree.Kind) {
    switch kind {
    case .null: self = .null
    case .bool: self = .boolean
    case .number: self = [.integer, .number]
    case .string: self = .string
    case .array: self = .array
    case .object: self = .object
    }
  }
}

/// One subschema. -1 stands for no record of that kind.
struct Subschema: Sendable {
  var types = TypeSet.all
  /// The schema `false`.
  var isNever = false
  /// In draft 4 `1.0` is no integer.
  var integersAreSpelledSo = false
  /// Whether `unevaluatedItems` or `unevaluatedProperties` stand here, so that what is evaluated is to be marked.
  var marksEvaluated = false
  /// `writeOnly`, or the format `password` that descriptions of interfaces use.
  var isSecret = false
  /// Whether nothing but the type is judged.
  var isTypeOnly = true
  var resource: Int32
  var location: SchemaLocation
  var number: Int32 = -1
  var string: Int32 = -1
  var array: Int32 = -1
  var object: Int32 = -1
  var inPlace: Int32 = -1

  init(resource: Int32, location: SchemaLocation) {
    self.resource = resource
    self.location = location
  }
}

/// Indices into the bounds; -1 for none.
struct NumberChecks: Sendable {
  var minimum: Int32 = -1
  var maximum: Int32 = -1
  var exclusiveMinimum: Int32 = -1
  var exclusiveMaximum: Int32 = -1
  var multipleOf: Int32 = -1
  /// Whether ``least`` and ``most`` say all of this for integers that fit.
  var isPlain = false
  var least: Int = .min
  var most: Int = .max
}

struct Bound: Sendable {
  var number: Number
  /// The number, where it is an integer that fits: most are, and compare without the digits.
  var int: Int?

  init(_ number: Number) {
    self.number = number
    int = number.int
  }
}

/// Lengths are counted in code points.
struct StringChecks: Sendable {
  var minLength: Int = 0
  var maxLength: Int = .max
  var pattern: Int32 = -1
  /// What the pattern's texts begin with.
  var beginning = PatternBeginning.any
  var format: Format?
  var content: Content = []

  var limitsLength: Bool { minLength > 0 || maxLength < .max }

  /// What a string must hold, in draft 7.
  struct Content: OptionSet, Sendable {
    var rawValue: UInt8
    static let base64 = Self(rawValue: 1)
    static let json = Self(rawValue: 2)
  }
}

struct ArrayChecks: Sendable {
  var minItems: Int = 0
  var maxItems: Int = .max
  var isUnique = false
  /// The subschemas of the first items.
  var prefix = Run.none
  /// The subschema of the items after the prefix.
  var rest: Int32 = -1
  /// The keyword that `rest` was written as.
  var restIsAdditional = false
  var contains: Int32 = -1
  var minContains: Int = 1
  var maxContains: Int = .max
  /// From 2020-12 on, what `contains` matched counts as evaluated.
  var containsEvaluates = false
  var unevaluated: Int32 = -1
}

struct ObjectChecks: Sendable {
  var minProperties: Int = 0
  var maxProperties: Int = .max
  /// An open-addressing table by key hash: its size is a power of two, or 0.
  var slots = Run.none
  var requiredCount = 0
  var patterns = Run.none
  var additional: Int32 = -1
  var names: Int32 = -1
  var dependents = Run.none
  var unevaluated: Int32 = -1

  /// The keys that must be there, and those that may be.
  var requiredKeys = KeySet()
  var allowedKeys = KeySet.any

  /// Whether there is anything to ask of single members.
  var judgesMembers = false
}

/// A key that the schema names.
struct PropertySlot: Sendable {
  var hash: UInt32 = 0
  var isUsed = false
  var isRequired = false
  /// Whether no pattern of the same object is known to match the name, so that the slot says all of the key.
  var isAlone = false
  var name = Run.none
  /// The subschema under `properties`; -1 where the key is only required.
  var subschema: Int32 = -1
}

struct PatternProperty: Sendable {
  var pattern: Int32
  var subschema: Int32
}

/// A key that is looked for: a run of the program's text, and its hash.
struct KeyName: Sendable {
  var text: Run
  var hash: UInt32
}

/// What the presence of a key demands.
struct Dependent: Sendable {
  var name: KeyName
  /// The further keys, a run of the program's names.
  var required = Run.none
  var subschema: Int32 = -1
}

/// What a constant is compared by, without a look into its document.
struct ConstantKey: Sendable {
  var kind: ValueTree.Kind
  var isTrue = false
  var hash: UInt32 = 0
  /// A string's UTF-8 or a number's spelling, in the program's text.
  var text = Run.none
}

/// The keywords that judge the instance itself, whatever its type.
struct InPlace: Sendable {
  /// The allowed values: `enum`, else `const`.
  var enumeration = Run.none
  var hasEnumeration = false
  /// Where the enumeration is long: a table of its strings by hash, whose size is a power of two.
  var choices = Run.none
  /// The kinds of its other values.
  var otherKinds = TypeSet()
  var constant: Int32 = -1
  var reference: Int32 = -1
  /// The anchor of a dynamic reference; `dynamicFallback` is where it leads when no resource entered has that anchor.
  var dynamicAnchor: Int32 = -1
  var dynamicFallback: Int32 = -1
  var allOf = Run.none
  var anyOf = Run.none
  var oneOf = Run.none
  var not: Int32 = -1
  var condition: Int32 = -1
  var consequence: Int32 = -1
  var alternative: Int32 = -1
  /// Whether the keys of an object say which of `anyOf` or `oneOf` it cannot be.
  var looksAtKeys = false
}
