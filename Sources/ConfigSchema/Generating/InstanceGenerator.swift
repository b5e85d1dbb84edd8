public import ConfigDocument
import PatternMatching

/// Draws instances of a schema: each branch, optional members there and absent, bounds and the values beside them.
///
/// The same schema and seed give the same instances, on every machine. Every instance that it gives is valid.
///
/// ```swift
/// var generator = InstanceGenerator(schema, seed: 1)
/// while let instance = generator.next(), … { … }
/// ```
public struct InstanceGenerator: Sendable {
  /// How many proposals are drawn for one instance before it is given up.
  static let proposals = 40
  /// From this depth on only what is required is drawn, so that recursive schemas come to an end.
  static let fullDepth = 7
  static let maximumDepth = 40
  /// From this many values on likewise: a schema whose members each lead back to it would have no end in breadth.
  static let fullSize = 500
  /// Here a proposal is given up: what is required may have no end, either.
  static let maximumSize = 5_000

  let program: Program
  private let schema: Schema
  var random: SeededRandom
  /// How full the instance is that is being drawn.
  var density = Density.some
  /// For each subschema, whether an instance was drawn by it; the branches of the schema are among them.
  private(set) var isVisited: [Bool]
  private var samplers: [Int32: PatternSampler?] = [:]
  /// How many values were drawn for the present proposal.
  private var size = 0

  enum Density { case required, some, all }

  public init(_ schema: Schema, seed: UInt64 = 1) {
    self.schema = schema
    program = schema.program
    random = SeededRandom(seed: seed)
    isVisited = Array(repeating: false, count: schema.program.subschemas.count)
  }

  /// The next instance; nil where 40 proposals in a row were not valid, as for a schema that nothing satisfies.
  /// Complexity: linear in the size of what is drawn.
  public mutating func next() -> Value? {
    for _ in 0..<Self.proposals {
      density = random.pick([Density.required, .some, .some, .all]) ?? .some
      size = 0
      guard let value = draw([Int32(program.root)], depth: 0) else { continue }
      if (try? schema.isValid(ValueTree(value))) == true { return value }
    }
    return nil
  }

  /// How many of the subschemas that a draw can reach by itself have been drawn from.
  public var coverage: (drawn: Int, of: Int) {
    let reachable = program.drawableSubschemas
    return (reachable.count { isVisited[$0] }, reachable.count)
  }

  /// Whether more than what is required may still be drawn.
  func hasRoom(at depth: Int) -> Bool {
    density != .required && depth < Self.fullDepth && size < Self.fullSize
  }

  /// A value that all the subschemas are meant to accept; it is not checked. Nil where none was found.
  mutating func proposal(for subschemas: [Int32], types: TypeSet, density: Density) -> Value? {
    self.density = density
    size = 0
    return draw(subschemas, types: types, depth: 0)
  }

  // MARK: One value

  /// A value that all the subschemas are meant to accept; nil where they allow none, or none that is known how to draw.
  mutating func draw(_ subschemas: [Int32], types: TypeSet = .all, depth: Int) -> Value? {
    guard depth <= Self.maximumDepth, size < Self.maximumSize else { return nil }
    size += 1
    var demands = Demands(types: types)
    for subschema in subschemas { guard collect(subschema, into: &demands, depth: 0) else { return nil } }
    if let choices = demands.choices { return random.pick(choices.filter(demands.types.allows)) }
    // What a schema shows as an example or default is what people write.
    if !demands.samples.isEmpty, random.once(in: 3) { return random.pick(demands.samples) }
    let possible = types == .all ? demands.drawableTypes : demands.types.single
    guard let type = random.pick(possible) else { return nil }
    switch type {
    case .null: return .null
    case .boolean: return .bool(random.once(in: 2))
    case .integer: return drawNumber(demands, isInteger: true)
    case .number: return drawNumber(demands, isInteger: random.once(in: 2))
    case .string: return drawString(demands)
    case .array: return drawArray(demands, depth: depth)
    case .object: return drawObject(demands, depth: depth)
    default: return nil
    }
  }

  /// Adds what a subschema demands, with what it demands in place; of `anyOf` and `oneOf` one branch.
  private mutating func collect(_ index: Int32, into demands: inout Demands, depth: Int) -> Bool {
    let record = program.subschemas[Int(index)]
    guard !record.isNever, depth < 64 else { return false }
    isVisited[Int(index)] = true
    demands.types.formIntersection(record.types)
    demands.records.append(record)
    demands.samples += samples(of: record)
    guard record.inPlace >= 0 else { return true }
    let checks = program.inPlace[Int(record.inPlace)]
    if checks.hasEnumeration {
      demands.restrict(to: program.constants[checks.enumeration.indices].map { program.value(at: $0) })
    }
    if checks.constant >= 0 { demands.restrict(to: [program.value(at: program.constants[Int(checks.constant)])]) }
    var inPlace = [checks.reference, checks.dynamicFallback].filter { $0 >= 0 }
    inPlace += program.lists[checks.allOf.indices]
    for branches in [checks.anyOf, checks.oneOf] where branches.count > 0 {
      inPlace.append(pickBranch(program.lists[branches.indices]))
    }
    if checks.condition >= 0 {
      if random.once(in: 2) {
        inPlace.append(checks.condition)
        if checks.consequence >= 0 { inPlace.append(checks.consequence) }
      } else if checks.alternative >= 0 {
        inPlace.append(checks.alternative)
      }
    }
    for target in inPlace { guard collect(target, into: &demands, depth: depth + 1) else { return false } }
    return true
  }

  /// A branch that was not drawn yet is drawn first, most of the time.
  private mutating func pickBranch(_ branches: some RandomAccessCollection<Int32>) -> Int32 {
    let fresh = branches.filter { !isVisited[Int($0)] }
    if !fresh.isEmpty, !random.once(in: 4) { return random.pick(fresh) ?? branches[branches.startIndex] }
    return random.pick(branches) ?? branches[branches.startIndex]
  }

  /// The `default` and `examples` that stand beside the keywords.
  private func samples(of record: Subschema) -> [Value] {
    let document = program.documents[Int(record.location.document)]
    let node = Int(record.location.node)
    guard document.nodes[node].kind == .object else { return [] }
    var found: [Value] = []
    if let value = document.member("default", of: node) { found.append(document.value(at: value)) }
    if let examples = document.member("examples", of: node), document.nodes[examples].kind == .array {
      found += document.children(of: examples).map { document.value(at: $0) }
    }
    return found
  }

  mutating func sampler(_ pattern: Int32) -> PatternSampler? {
    if let known = samplers[pattern] { return known }
    let sampler = PatternSampler(program.patterns[Int(pattern)].source)
    samplers[pattern] = .some(sampler)
    return sampler
  }
}

/// What several subschemas together demand of one value.
struct Demands {
  var types = TypeSet.all
  /// The values that are allowed, where only some are.
  var choices: [Value]?
  var samples: [Value] = []
  var records: [Subschema] = []

  mutating func restrict(to values: [Value]) {
    choices = choices.map { known in known.filter(values.contains) } ?? values
  }

  /// The types that are allowed, each once: an integer is drawn as a number where both are.
  var drawableTypes: [TypeSet] {
    var found: [TypeSet] = []
    for type: TypeSet in [.null, .boolean, .string, .array, .object] where types.contains(type) { found.append(type) }
    if types.contains(.number) { found.append(.number) } else if types.contains(.integer) { found.append(.integer) }
    // A schema that names no type but speaks of members, items, lengths or bounds means a value that has them.
    guard types == .all else { return found }
    var meant: [TypeSet] = []
    if records.contains(where: { $0.object >= 0 }) { meant.append(.object) }
    if records.contains(where: { $0.array >= 0 }) { meant.append(.array) }
    if records.contains(where: { $0.string >= 0 }) { meant.append(.string) }
    if records.contains(where: { $0.number >= 0 }) { meant.append(.number) }
    return meant.isEmpty ? found : meant
  }
}

extension Program {
  func value(at location: SchemaLocation) -> Value {
    documents[Int(location.document)].value(at: Int(location.node))
  }

  func name(_ run: Run) -> String { String(decoding: text[run.indices], as: UTF8.self) }

  /// The subschemas that a value can be drawn by: reached from the root, and not under `not`.
  var drawableSubschemas: [Int] {
    var seen = Array(repeating: false, count: subschemas.count)
    var open = [Int32(root)]
    while let index = open.popLast() {
      guard index >= 0, !seen[Int(index)], !subschemas[Int(index)].isNever else { continue }
      seen[Int(index)] = true
      open += children(of: subschemas[Int(index)])
    }
    return seen.indices.filter { seen[$0] }
  }

  private func children(of record: Subschema) -> [Int32] {
    var found: [Int32] = []
    if record.inPlace >= 0 {
      let checks = inPlace[Int(record.inPlace)]
      found += [
        checks.reference, checks.dynamicFallback, checks.condition, checks.consequence, checks.alternative,
      ]
      for run in [checks.allOf, checks.anyOf, checks.oneOf] { found += lists[run.indices] }
    }
    if record.object >= 0 {
      let checks = objects[Int(record.object)]
      found += slots[checks.slots.indices].filter(\.isUsed).map(\.subschema)
      found += patternProperties[checks.patterns.indices].map(\.subschema)
      found.append(checks.additional)
    }
    if record.array >= 0 {
      let checks = arrays[Int(record.array)]
      found += lists[checks.prefix.indices]
      found += [checks.rest, checks.contains]
    }
    return found
  }
}
