import ConfigDocument
import PatternMatching

/// Subschemas of two programs that are the same in all they say, however they are written: found by refinement of classes,
/// as states of an automaton are merged. Descriptions, names and the order of alternatives do not count.
struct SubschemaClasses {
  private let old: [Int]
  private let new: [Int]

  /// Complexity: O(size of the programs × the length of the longest way through them on which they differ).
  init(_ old: Program, _ new: Program) {
    let programs = [old, new]
    var interned: [Own: Int] = [:]
    let own = programs.map { program in
      program.subschemas.indices.map { index in
        let key = Own(program, program.subschemas[index], unique: program === old ? index : ~index)
        let next = interned.count
        return interned[key, default: next].remember(in: &interned, key, next)
      }
    }
    let links = programs.map { program in program.subschemas.map { Links(program, $0) } }
    var classes = own
    var count = interned.count
    while true {
      var next: [Signature: Int] = [:]
      let refined = programs.indices.map { side in
        links[side].indices.map { index -> Int in
          let signature = Signature(own: classes[side][index], links: links[side][index].resolved(classes[side]))
          if let known = next[signature] { return known }
          next[signature] = next.count
          return next.count - 1
        }
      }
      classes = refined
      if next.count == count { break }
      count = next.count
    }
    self.old = classes[0]
    self.new = classes[1]
  }

  /// Whether a subschema of one side is the same as one of the other side.
  func same(_ side: SchemaSide, _ index: Int32, _ target: Int32) -> Bool {
    side == .old ? old[Int(index)] == new[Int(target)] : new[Int(index)] == old[Int(target)]
  }

  private struct Signature: Hashable {
    var own: Int
    var links: [[Int]]
  }
}

extension Int {
  fileprivate func remember<Key>(in table: inout [Key: Int], _ key: Key, _ fresh: Int) -> Int {
    if self == fresh { table[key] = fresh }
    return self
  }
}

/// What a subschema says by itself.
private struct Own: Hashable {
  var types: UInt8
  var isNever: Bool
  var integersAreSpelledSo: Bool
  var numbers: [Number?] = []
  var counts: [Int] = []
  var pattern: String?
  var format: Format?
  var content: UInt8 = 0
  var flags: [Bool] = []
  var names: [String] = []
  var values: Set<Value>?
  var constant: Value?
  /// Makes a subschema like no other one: where a reference leads depends on the way to it.
  var unique: Int?

  init(_ program: Program, _ record: Subschema, unique: Int) {
    types = record.types.rawValue
    isNever = record.isNever
    integersAreSpelledSo = record.integersAreSpelledSo
    if record.number >= 0 {
      let checks = program.numbers[Int(record.number)]
      let bounds = [
        checks.minimum, checks.maximum, checks.exclusiveMinimum, checks.exclusiveMaximum, checks.multipleOf,
      ]
      numbers = bounds.map { $0 < 0 ? nil : program.bounds[Int($0)].number }
    }
    if record.string >= 0 {
      let checks = program.strings[Int(record.string)]
      counts += [checks.minLength, checks.maxLength]
      pattern = checks.pattern < 0 ? nil : program.patterns[Int(checks.pattern)].source
      format = checks.format
      content = checks.content.rawValue
    }
    if record.array >= 0 {
      let checks = program.arrays[Int(record.array)]
      counts += [checks.minItems, checks.maxItems, checks.minContains, checks.maxContains]
      flags += [checks.isUnique, checks.containsEvaluates]
    }
    if record.object >= 0 {
      let checks = program.objects[Int(record.object)]
      counts += [checks.minProperties, checks.maxProperties]
      names = program.slots(checks).map {
        "\($0.isRequired ? "!" : $0.subschema >= 0 ? "+" : "-")\(program.name($0.name))"
      }
      names += program.patternProperties[checks.patterns.indices].map { "~\(program.patterns[Int($0.pattern)].source)" }
      for dependent in program.dependents[checks.dependents.indices] {
        names.append(">\(program.name(dependent.name.text))")
        names += program.names[dependent.required.indices].map { "<\(program.name($0.text))" }
      }
    }
    flags += [record.number >= 0, record.string >= 0, record.array >= 0, record.object >= 0, record.marksEvaluated]
    guard record.inPlace >= 0 else { return }
    let checks = program.inPlace[Int(record.inPlace)]
    if checks.hasEnumeration {
      values = Set(program.constants[checks.enumeration.indices].map { program.value(at: $0) })
    }
    if checks.constant >= 0 { constant = program.value(at: program.constants[Int(checks.constant)]) }
    if checks.dynamicFallback >= 0 { self.unique = unique }
  }
}

/// The subschemas that a subschema names: some in their order, some as sets.
private struct Links {
  var ordered: [Int32] = []
  var sets: [[Int32]] = []

  init(_ program: Program, _ record: Subschema) {
    if record.array >= 0 {
      let checks = program.arrays[Int(record.array)]
      ordered += [Int32(checks.prefix.count)] + program.lists[checks.prefix.indices]
      // The count is no subschema: it is marked so that it is taken as it is.
      ordered[0] = -2 - ordered[0]
      ordered += [checks.rest, checks.contains, checks.unevaluated]
    }
    if record.object >= 0 {
      let checks = program.objects[Int(record.object)]
      ordered += program.slots(checks).map(\.subschema)
      ordered += program.patternProperties[checks.patterns.indices].map(\.subschema)
      ordered += [checks.additional, checks.names, checks.unevaluated]
      ordered += program.dependents[checks.dependents.indices].map(\.subschema)
    }
    guard record.inPlace >= 0 else { return }
    let checks = program.inPlace[Int(record.inPlace)]
    ordered += [checks.reference, checks.not, checks.condition, checks.consequence, checks.alternative]
    sets = [checks.allOf, checks.anyOf, checks.oneOf].map { Array(program.lists[$0.indices]) }
  }

  func resolved(_ classes: [Int]) -> [[Int]] {
    func resolve(_ index: Int32) -> Int { index < 0 ? Int(index) : classes[Int(index)] }
    // Of several equal branches of `oneOf` none can be the only one: they are counted.
    return [ordered.map(resolve)] + sets.map { $0.map(resolve).sorted() }
  }
}

extension Program {
  /// The named keys of an object, by name.
  func slots(_ checks: ObjectChecks) -> [PropertySlot] {
    slots[checks.slots.indices].filter(\.isUsed).sorted {
      name($0.name).utf8.lexicographicallyPrecedes(name($1.name).utf8)
    }
  }
}
