import ConfigDocument
import PatternMatching

/// Answers yes or no, and stops at the first no.
///
/// A node is an index of the tree; `~index` stands for the key of that node, as a string of its own.
struct Validity {
  /// Subschemas within subschemas. Documents are at most 512 deep; a schema with dynamic references could otherwise
  /// recurse for ever, and every level costs some KiB of stack.
  static let maximumDepth = 1_024
  /// Real schemas need a few per node; those with thousands of forms need some hundreds.
  static let stepsPerNode = 2_000

  let program: Program
  let tree: ValueTree
  // Memory of `program` and `tree`, which are kept here and never change: the way there is not gone for each node.
  let subschemas: UnsafePointer<Subschema>
  let nodes: UnsafePointer<ValueTree.Node>
  let text: UnsafePointer<UInt8>
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
  /// Made for the first match, and owned by ``workspaceOwner``.
  private var storedWorkspace: Unmanaged<MatchWorkspace>?
  private var workspaceOwner: MatchWorkspace?

  /// - Precondition: who calls keeps the tree for as long as this is used.
  init(_ program: Program, _ tree: ValueTree) {
    self.program = program
    self.tree = tree
    subschemas = program.subschemas.baseAddress!
    isDynamic = program.isDynamic
    nodes = tree.nodes.withUnsafeBufferPointer { $0.baseAddress! }
    // A tree without text may have no memory for it: any address does.
    text = tree.text.withUnsafeBufferPointer { $0.baseAddress } ?? program.text.baseAddress!
    steps = Self.stepsPerNode * (tree.nodes.count + 200)
  }

  func node(_ index: Int) -> ValueTree.Node {
    if index >= 0 { return nodes[index] }
    var key = nodes[~index]
    key.kind = .string
    key.text = key.key
    key.count = 0
    return key
  }

  /// Whether `subschema` accepts the node. What it evaluates is marked in `frame`, unless that is -1; where the answer
  /// is no, the marks are meaningless.
  mutating func accepts(_ subschema: Int32, _ index: Int, frame: Int = -1) -> Bool {
    // Records are read where they are: as values they would be copied whole.
    let record = subschemas + Int(subschema)
    if record.pointee.isNever { return false }
    steps -= 1
    if steps < 0 || depth >= Self.maximumDepth { return giveUp(subschema, index) }
    let types = record.pointee.types
    let kind = index >= 0 ? nodes[index].kind : .string
    if types != .all {
      // A number of any spelling may be an integer: only its digits say.
      guard
        kind == .number && !types.contains(.number) ? isInteger(record, index) : !types.isDisjoint(with: TypeSet(kind))
      else { return false }
    }
    if record.pointee.isTypeOnly { return true }
    depth += 1
    // Where references are dynamic, the resources on the way are remembered.
    let enters = isDynamic && enter(record.pointee.resource)
    let verdict =
      record.pointee.marksEvaluated
      ? holdsMarking(record, kind, index, outer: frame) : holds(record, kind, index, frame: frame)
    if enters { scope.removeLast() }
    depth -= 1
    return verdict
  }

  @inline(never)
  private mutating func giveUp(_ subschema: Int32, _ index: Int) -> Bool {
    fault = fault ?? EvaluationFault(steps < 0 ? .tooLong : .tooDeep, node: index, subschema: subschema)
    // From here on every question is answered at once.
    steps = -1
    return false
  }

  /// Whether the number is an integer, where the subschema wants one.
  @inline(never)
  private func isInteger(_ record: UnsafePointer<Subschema>, _ index: Int) -> Bool {
    record.pointee.types.contains(.integer)
      && isInteger(nodes[index], bySpelling: record.pointee.integersAreSpelledSo)
  }

  /// Whether the resource is another one than that from which it is entered.
  @inline(never)
  private mutating func enter(_ resource: Int32) -> Bool {
    if scope.last == resource { return false }
    scope.append(resource)
    return true
  }

  /// Whether all but the type holds.
  private mutating func holds(
    _ record: UnsafePointer<Subschema>, _ kind: ValueTree.Kind, _ index: Int, frame: Int
  ) -> Bool {
    switch kind {
    case .number:
      let checks = record.pointee.number
      if checks >= 0, !numberHolds(Int(checks), node(index)) { return false }
    case .string:
      let checks = record.pointee.string
      if checks >= 0, !stringHolds(Int(checks), index) { return false }
    case .array:
      let checks = record.pointee.array
      if checks >= 0, !arrayHolds(Int(checks), index, frame) { return false }
    case .object:
      let checks = record.pointee.object
      if checks >= 0, !objectHolds(Int(checks), index, frame) { return false }
    case .null, .bool: break
    }
    let checks = record.pointee.inPlace
    return checks < 0 || inPlaceHolds(Int(checks), index, frame)
  }

  /// A subschema with `unevaluated…`: marks in a frame of its own, then judges what is left.
  private mutating func holdsMarking(
    _ record: UnsafePointer<Subschema>, _ kind: ValueTree.Kind, _ index: Int, outer: Int
  ) -> Bool {
    let node = node(index)
    let frame = openFrame(node)
    defer { marks.removeLast(marks.count - frame) }
    guard holds(record, kind, index, frame: frame) else { return false }
    let unevaluated: Int32 =
      switch kind {
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
  mutating func acceptsOrUnmarks(_ subschema: Int32, _ index: Int, _ frame: Int) -> Bool {
    if frame < 0 { return accepts(subschema, index) }
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
    let bytes = UnsafeBufferPointer(start: text + Int(range.offset), count: Int(range.count))
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
