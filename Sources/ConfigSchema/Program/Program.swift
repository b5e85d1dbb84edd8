import ConfigDocument
import PatternMatching

/// A compiled schema: flat arrays whose records name each other by index.
final class Program: Sendable {
  /// The schema's documents, the given one first; records point into them for their texts and constants.
  let documents: [ValueTree]
  /// The URI of each resource, for messages.
  let resources: [String]
  /// Where each resource stands, and what it is written in.
  let roots: [SchemaLocation]
  let dialects: [Dialect]
  let subschemas: [Subschema]
  let numbers: [NumberChecks]
  let bounds: [Bound]
  let strings: [StringChecks]
  let patterns: [Pattern]
  let arrays: [ArrayChecks]
  let objects: [ObjectChecks]
  let slots: [PropertySlot]
  let patternProperties: [PatternProperty]
  let dependents: [Dependent]
  let inPlace: [InPlace]
  /// Indices of subschemas or of constants, in runs that the records name.
  let lists: [Int32]
  let constants: [SchemaLocation]
  /// Runs of `text`: the keys that dependents demand.
  let names: [Run]
  /// The names of properties, one after the other.
  let text: [UInt8]
  /// The subschema of each dynamic anchor, by resource and anchor.
  let dynamicTargets: [DynamicTarget: Int32]
  /// Whether any reference is dynamic, so that the resources entered must be remembered.
  let isDynamic: Bool
  let root: Int

  init(_ build: ProgramBuilder, documents: [ValueTree], resources: [SchemaResource], root: Int) {
    self.documents = documents
    self.resources = resources.map { $0.uri.description }
    roots = resources.map(\.location)
    dialects = resources.map(\.dialect)
    self.root = root
    subschemas = build.subschemas
    numbers = build.numbers
    bounds = build.bounds
    strings = build.strings
    patterns = build.patterns
    arrays = build.arrays
    objects = build.objects
    slots = build.slots
    patternProperties = build.patternProperties
    dependents = build.dependents
    inPlace = build.inPlace
    lists = build.lists
    constants = build.constants
    names = build.names
    text = build.text
    dynamicTargets = build.dynamicTargets
    isDynamic = build.isDynamic
  }
}

/// The arrays of a program while it is made.
struct ProgramBuilder {
  var subschemas: [Subschema] = []
  var numbers: [NumberChecks] = []
  var bounds: [Bound] = []
  var strings: [StringChecks] = []
  var patterns: [Pattern] = []
  var arrays: [ArrayChecks] = []
  var objects: [ObjectChecks] = []
  var slots: [PropertySlot] = []
  var patternProperties: [PatternProperty] = []
  var dependents: [Dependent] = []
  var inPlace: [InPlace] = []
  var lists: [Int32] = []
  var constants: [SchemaLocation] = []
  var names: [Run] = []
  var text: [UInt8] = []
  var dynamicTargets: [DynamicTarget: Int32] = [:]
  var isDynamic = false

  mutating func list(_ items: [Int32]) -> Run {
    let start = lists.count
    lists += items
    return Run(start: start, count: items.count)
  }

  mutating func string(_ text: String) -> Run {
    let start = self.text.count
    self.text += text.utf8
    return Run(start: start, count: self.text.count - start)
  }
}

struct DynamicTarget: Hashable, Sendable {
  var resource: Int32
  var anchor: Int32
}
