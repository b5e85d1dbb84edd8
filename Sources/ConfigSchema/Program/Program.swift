import ConfigDocument
import PatternMatching

/// An array that never changes, in memory that its program owns: reading it costs no count of references, and a check of
/// its bounds only where the build asks for such checks.
typealias Table<Element> = UnsafeBufferPointer<Element>

/// A compiled schema: flat tables whose records name each other by index.
// The tables are written before the program is handed out, and never again.
final class Program: @unchecked Sendable {
  /// The schema's documents, the given one first; records point into them for their texts and constants.
  let documents: [ValueTree]
  /// The URI of each resource, for messages.
  let resources: [String]
  /// Where each resource stands, and what it is written in.
  let roots: [SchemaLocation]
  let dialects: [Dialect]
  let subschemas: Table<Subschema>
  /// The same by the same index, as only the verdict needs them: what is but a reference is what it refers to.
  let judged: Table<Subschema>
  let numbers: Table<NumberChecks>
  let bounds: [Bound]
  let strings: Table<StringChecks>
  let patterns: [Pattern]
  /// The same without a count of references.
  let patternReferences: Table<Unmanaged<Pattern>>
  /// Those of the patterns that are simple enough, by the same number.
  let plainPatterns: Table<PlainPattern?>
  let arrays: Table<ArrayChecks>
  let objects: Table<ObjectChecks>
  let slots: Table<PropertySlot>
  let patternProperties: Table<PatternProperty>
  let dependents: Table<Dependent>
  let inPlace: Table<InPlace>
  /// Indices of subschemas or of constants, in runs that the records name.
  let lists: Table<Int32>
  let constants: Table<SchemaLocation>
  /// For each constant: what it is compared by.
  let constantKeys: Table<ConstantKey>
  /// The strings of long enumerations, by hash: indices of constants, -1 for a free place.
  let choices: Table<Int32>
  /// The keys that dependents demand.
  let names: Table<KeyName>
  /// The names of properties and the texts of constants, one after the other.
  let text: Table<UInt8>
  /// The subschema of each dynamic anchor, by resource and anchor.
  let dynamicTargets: [DynamicTarget: Int32]
  /// Whether any reference is dynamic, so that the resources entered must be remembered.
  let isDynamic: Bool
  /// Whether any subschema calls a value a secret.
  let knowsSecrets: Bool
  let root: Int

  init(_ build: ProgramBuilder, documents: [ValueTree], resources: [SchemaResource], root: Int) {
    self.documents = documents
    self.resources = resources.map { $0.uri.description }
    roots = resources.map(\.location)
    dialects = resources.map(\.dialect)
    self.root = root
    subschemas = Table(copying: build.subschemas)
    judged = Table(copying: build.judged)
    numbers = Table(copying: build.numbers)
    bounds = build.bounds
    strings = Table(copying: build.strings)
    patterns = build.patterns
    patternReferences = Table(copying: build.patterns.map(Unmanaged.passUnretained))
    plainPatterns = Table(copying: build.patterns.map(\.plain))
    arrays = Table(copying: build.arrays)
    objects = Table(copying: build.objects)
    slots = Table(copying: build.slots)
    patternProperties = Table(copying: build.patternProperties)
    dependents = Table(copying: build.dependents)
    inPlace = Table(copying: build.inPlace)
    lists = Table(copying: build.lists)
    constants = Table(copying: build.constants)
    constantKeys = Table(copying: build.constantKeys)
    choices = Table(copying: build.choices)
    names = Table(copying: build.names)
    text = Table(copying: build.text)
    dynamicTargets = build.dynamicTargets
    isDynamic = build.isDynamic
    knowsSecrets = build.subschemas.contains(where: \.isSecret)
  }

  deinit {
    subschemas.deallocate()
    judged.deallocate()
    numbers.deallocate()
    strings.deallocate()
    patternReferences.deallocate()
    plainPatterns.deallocate()
    arrays.deallocate()
    objects.deallocate()
    slots.deallocate()
    patternProperties.deallocate()
    dependents.deallocate()
    inPlace.deallocate()
    lists.deallocate()
    constants.deallocate()
    constantKeys.deallocate()
    choices.deallocate()
    names.deallocate()
    text.deallocate()
  }
}

extension Table where Element: BitwiseCopyable {
  fileprivate init(copying array: [Element]) {
    let memory = UnsafeMutableBufferPointer<Element>.allocate(capacity: array.count)
    _ = memory.initialize(from: array)
    self.init(memory)
  }
}

/// The arrays of a program while it is made.
struct ProgramBuilder {
  var subschemas: [Subschema] = []
  var judged: [Subschema] = []
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
  var constantKeys: [ConstantKey] = []
  var choices: [Int32] = []
  var names: [KeyName] = []
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

  mutating func keyName(_ name: String) -> KeyName { KeyName(text: string(name), hash: KeyHash.hash(name)) }
}

struct DynamicTarget: Hashable, Sendable {
  var resource: Int32
  var anchor: Int32
}
