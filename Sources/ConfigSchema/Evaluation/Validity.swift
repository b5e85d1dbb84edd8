import ConfigDocument
import PatternMatching

/// Answers yes or no, and stops at the first no.
///
/// A node is an index of the tree; `~index` stands for the key of that node, as a string of its own.
struct Validity: ~Copyable {
  /// Subschemas within subschemas. Documents are at most 512 deep; a schema with dynamic references could otherwise
  /// recurse for ever, and every level costs some KiB of stack.
  static let maximumDepth = 1_024
  /// Real schemas need a few per node; those with thousands of forms need some hundreds.
  static let stepsPerNode = 2_000

  let program: Program
  /// The document's memory, and the program's: the way there is not gone for each node.
  let memory: TreeMemory
  private let subschemas: UnsafePointer<Subschema>
  private let isDynamic: Bool
  /// The resources entered, outermost first; kept only for programs with dynamic references.
  var scope: [Int32] = []
  /// Bits for the members or items that are evaluated, in frames of one subschema each.
  var marks: [UInt64] = []
  var depth = 0
  /// How many subschemas may still be asked. Forms within forms can multiply beyond any document's size.
  var steps: Int
  /// Why there is no verdict. From then on all answers are meaningless, and given at once.
  var fault: EvaluationFault?
  /// For each node the subschema that last refused it, where that is remembered; -1 for none.
  private var refusals: [Int32] = []
  /// Made for the first match, and owned by ``workspaceOwner``.
  private var storedWorkspace: Unmanaged<MatchWorkspace>?
  private var workspaceOwner: MatchWorkspace?

  /// - Precondition: who calls keeps the tree for as long as this is used.
  init(_ program: Program, _ tree: ValueTree) {
    self.program = program
    memory = TreeMemory(tree)
    subschemas = program.judged.baseAddress!
    isDynamic = program.isDynamic
    steps = Self.stepsPerNode * (tree.nodes.count + 200)
  }

  var nodes: UnsafePointer<ValueTree.Node> {
    @inline(__always) get { memory.nodes }
  }

  @inline(__always)
  func bytes(_ range: ValueTree.TextRange) -> UnsafeBufferPointer<UInt8> { memory.bytes(range) }

  func node(_ index: Int) -> ValueTree.Node {
    if index >= 0 { return nodes[index] }
    var key = nodes[~index]
    key.kind = .string
    key.text = key.key
    key.count = 0
    return key
  }

  @inline(__always)
  func kind(_ index: Int) -> ValueTree.Kind { index >= 0 ? nodes[index].kind : .string }

  /// The text of a string or number; for `~index`, of the key.
  @inline(__always)
  func textRange(_ index: Int) -> ValueTree.TextRange { index >= 0 ? nodes[index].text : nodes[~index].key }

  /// Whether `subschema` accepts the node. What it evaluates is marked in `frame`, unless that is -1; where the answer
  /// is no, the marks are meaningless.
  // Most subschemas ask for a type and no more, which costs no call.
  @inline(__always)
  mutating func accepts(_ subschema: Int32, _ index: Int, frame: Int = -1) -> Bool {
    // Records are read where they are: as values they would be copied whole.
    let record = subschemas + Int(subschema)
    let kind = kind(index)
    if record.pointee.types.isDisjoint(with: TypeSet(kind)) { return false }
    // A number of any spelling may be an integer: only its digits say.
    if kind == .number, !record.pointee.types.contains(.number), !isInteger(record, index) { return false }
    return record.pointee.isTypeOnly || holds(record, index, frame)
  }

  /// Whether all but the type holds.
  @inline(never)
  private mutating func holds(_ record: UnsafePointer<Subschema>, _ index: Int, _ frame: Int) -> Bool {
    steps &-= 1
    if steps < 0 || depth >= Self.maximumDepth { return giveUp(record, index) }
    depth &+= 1
    // Where references are dynamic, the resources on the way are remembered.
    let enters = isDynamic && enter(record.pointee.resource)
    let verdict =
      record.pointee.marksEvaluated
      ? holdsMarking(record, index, outer: frame) : keywordsHold(record, index, frame)
    if enters { scope.removeLast() }
    depth &-= 1
    if !verdict, !refusals.isEmpty { remember(record, index) }
    return verdict
  }

  @inline(never)
  private mutating func giveUp(_ record: UnsafePointer<Subschema>, _ index: Int) -> Bool {
    let subschema = Int32(record - subschemas)
    fault = fault ?? EvaluationFault(steps < 0 ? .tooLong : .tooDeep, node: index, subschema: subschema)
    // From here on every question is answered at once.
    steps = -1
    return false
  }

  @inline(never)
  private func isInteger(_ record: UnsafePointer<Subschema>, _ index: Int) -> Bool {
    isInteger(nodes[index], bySpelling: record.pointee.integersAreSpelledSo)
  }

  /// Whether the resource is another one than that from which it is entered.
  @inline(never)
  private mutating func enter(_ resource: Int32) -> Bool {
    if scope.last == resource { return false }
    scope.append(resource)
    return true
  }

  @inline(__always)
  private mutating func keywordsHold(_ record: UnsafePointer<Subschema>, _ index: Int, _ frame: Int) -> Bool {
    switch kind(index) {
    case .number:
      let checks = record.pointee.number
      if checks >= 0, !numberHolds(checks, nodes[index]) { return false }
    case .string:
      let checks = record.pointee.string
      if checks >= 0, !stringHolds(checks, index) { return false }
    case .array:
      let checks = record.pointee.array
      if checks >= 0, !arrayHolds(checks, index, frame) { return false }
    case .object:
      let checks = record.pointee.object
      if checks >= 0, !objectHolds(checks, index, frame) { return false }
    case .null, .bool: break
    }
    let checks = record.pointee.inPlace
    return checks < 0 || inPlaceHolds(checks, index, frame)
  }

  /// A subschema with `unevaluated…`: marks in a frame of its own, then judges what is left.
  @inline(never)
  private mutating func holdsMarking(_ record: UnsafePointer<Subschema>, _ index: Int, outer: Int) -> Bool {
    let node = node(index)
    let frame = openFrame(node)
    defer { marks.removeLast(marks.count - frame) }
    guard keywordsHold(record, index, frame) else { return false }
    let unevaluated: Int32 =
      switch node.kind {
      case .array where record.pointee.array >= 0: program.arrays[Int(record.pointee.array)].unevaluated
      case .object where record.pointee.object >= 0: program.objects[Int(record.pointee.object)].unevaluated
      default: -1
      }
    if unevaluated >= 0 {
      var child = index + 1
      for ordinal in 0..<Int(node.count) {
        if !isMarked(ordinal, frame) {
          guard accepts(unevaluated, child) else { return false }
          mark(ordinal, frame)
        }
        child = Int(nodes[child].end)
      }
    }
    if outer >= 0 { for word in 0..<words(node) { marks[outer + word] |= marks[frame + word] } }
    return true
  }

  // MARK: Refusals

  /// From now on remembers what refused each of the nodes, so that the way down to a fault is gone once. Where references are
  /// dynamic, what refuses a node depends on the way.
  mutating func rememberRefusals(of count: Int) {
    if !isDynamic { refusals = Array(repeating: -1, count: count) }
  }

  /// Whether the subschema is known to refuse the node; false also where that was forgotten.
  func remembersRefusal(by subschema: Int32, of index: Int) -> Bool {
    index >= 0 && index < refusals.count && refusals[index] == subschema
  }

  @inline(never)
  private mutating func remember(_ record: UnsafePointer<Subschema>, _ index: Int) {
    if index >= 0 { refusals[index] = Int32(record - subschemas) }
  }

  func hasType(_ record: Subschema, _ node: ValueTree.Node) -> Bool {
    guard record.types != .all else { return true }
    guard node.kind == .number else { return record.types.contains(TypeSet(node.kind)) }
    if record.types.contains(.number) { return true }
    return record.types.contains(.integer) && isInteger(node, bySpelling: record.integersAreSpelledSo)
  }

  // MARK: Marks

  func words(_ node: ValueTree.Node) -> Int { (Int(node.count) + 63) >> 6 }

  mutating func openFrame(_ node: ValueTree.Node) -> Int {
    let frame = marks.count
    for _ in 0..<words(node) { marks.append(0) }
    return frame
  }

  mutating func mark(_ ordinal: Int, _ frame: Int) { marks[frame + ordinal >> 6] |= 1 << UInt64(ordinal & 63) }

  func isMarked(_ ordinal: Int, _ frame: Int) -> Bool {
    marks[frame + ordinal >> 6] & 1 << UInt64(ordinal & 63) != 0
  }

  /// Like ``accepts(_:_:frame:)``, but where the answer is no the marks are as before.
  @inline(__always)
  mutating func acceptsOrUnmarks(_ subschema: Int32, _ index: Int, _ frame: Int) -> Bool {
    frame < 0 ? accepts(subschema, index) : marks(subschema, index, frame)
  }

  private mutating func marks(_ subschema: Int32, _ index: Int, _ frame: Int) -> Bool {
    let count = words(node(index))
    let saved = marks.count
    for word in 0..<count { marks.append(marks[frame + word]) }
    let verdict = accepts(subschema, index, frame: frame)
    if !verdict { for word in 0..<count { marks[frame + word] = marks[saved + word] } }
    marks.removeLast(marks.count - saved)
    return verdict
  }

  // MARK: Patterns

  @inline(never)
  private mutating func makeWorkspace() -> Unmanaged<MatchWorkspace> {
    let workspace = MatchWorkspace()
    workspaceOwner = workspace
    storedWorkspace = Unmanaged.passUnretained(workspace)
    return Unmanaged.passUnretained(workspace)
  }

  mutating func matches(_ number: Int32, _ range: ValueTree.TextRange, _ index: Int) -> Bool {
    let bytes = bytes(range)
    if let plain = program.plainPatterns[Int(number)], let verdict = plain.matches(bytes) { return verdict }
    let workspace = storedWorkspace ?? makeWorkspace()
    let found = workspace._withUnsafeGuaranteedRef { workspace in
      program.patternReferences[Int(number)]._withUnsafeGuaranteedRef { pattern in
        Result { () throws(PatternError) in try pattern.matches(bytes, in: workspace) }
      }
    }
    switch found {
    case .success(let verdict): return verdict
    case .failure(let error):
      fault = fault ?? EvaluationFault(.pattern(number, error.message), node: index, subschema: -1)
      return false
    }
  }
}

/// Why a check was given up.
struct EvaluationFault {
  enum Reason {
    case tooDeep
    case tooLong
    case pattern(Int32, String)
  }

  var reason: Reason
  var node: Int
  var subschema: Int32

  init(_ reason: Reason, node: Int, subschema: Int32) {
    self.reason = reason
    self.node = node
    self.subschema = subschema
  }
}
