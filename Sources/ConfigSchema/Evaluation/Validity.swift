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
  /// The resources entered, outermost first; kept only for programs with dynamic references.
  var scope: [Int32] = []
  /// Bits for the members or items that are evaluated, in frames of one subschema each.
  var marks: [UInt64] = []
  var depth = 0
  /// How many subschemas may still be asked. Forms within forms can multiply beyond any document's size.
  var steps: Int
  /// Why there is no verdict. From then on all answers are meaningless, and given at once.
  var fault: EvaluationFault?
  private var storedWorkspace: MatchWorkspace?

  init(_ program: Program, _ tree: ValueTree) {
    self.program = program
    self.tree = tree
    steps = Self.stepsPerNode * (tree.nodes.count + 200)
  }

  func node(_ index: Int) -> ValueTree.Node {
    if index >= 0 { return tree.nodes[index] }
    var key = tree.nodes[~index]
    key.kind = .string
    key.text = key.key
    key.count = 0
    return key
  }

  /// Whether `subschema` accepts the node. What it evaluates is marked in `frame`, unless that is -1; where the answer
  /// is no, the marks are meaningless.
  mutating func accepts(_ subschema: Int32, _ index: Int, frame: Int = -1) -> Bool {
    let record = program.subschemas[Int(subschema)]
    if record.isNever { return false }
    steps -= 1
    if depth >= Self.maximumDepth || steps < 0 {
      fault = fault ?? EvaluationFault(steps < 0 ? .tooLong : .tooDeep, node: index, subschema: subschema)
      // From here on every question is answered at once.
      steps = -1
      return false
    }
    depth += 1
    defer { depth -= 1 }
    let enters = program.isDynamic && scope.last != record.resource
    if enters { scope.append(record.resource) }
    defer { if enters { scope.removeLast() } }
    if record.marksEvaluated { return acceptsMarking(record, index, outer: frame) }
    return acceptsPlain(record, index, frame: frame)
  }

  private mutating func acceptsPlain(_ record: Subschema, _ index: Int, frame: Int) -> Bool {
    let node = node(index)
    guard hasType(record, node) else { return false }
    switch node.kind {
    case .number: if record.number >= 0, !numberHolds(Int(record.number), node) { return false }
    case .string: if record.string >= 0, !stringHolds(record, node, index) { return false }
    case .array: if record.array >= 0, !arrayHolds(Int(record.array), node, index, frame) { return false }
    case .object: if record.object >= 0, !objectHolds(Int(record.object), node, index, frame) { return false }
    case .null, .bool: break
    }
    return record.inPlace < 0 || inPlaceHolds(Int(record.inPlace), index, frame)
  }

  /// A subschema with `unevaluated…`: marks in a frame of its own, then judges what is left.
  private mutating func acceptsMarking(_ record: Subschema, _ index: Int, outer: Int) -> Bool {
    let node = node(index)
    let frame = openFrame(node)
    defer { marks.removeLast(marks.count - frame) }
    guard acceptsPlain(record, index, frame: frame) else { return false }
    let unevaluated: Int32 =
      switch node.kind {
      case .array where record.array >= 0: program.arrays[Int(record.array)].unevaluated
      case .object where record.object >= 0: program.objects[Int(record.object)].unevaluated
      default: -1
      }
    if unevaluated >= 0 {
      var child = index + 1
      for ordinal in 0..<Int(node.count) {
        if !isMarked(ordinal, frame) {
          guard accepts(unevaluated, child) else { return false }
          mark(ordinal, frame)
        }
        child = Int(tree.nodes[child].end)
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

  mutating func matches(_ pattern: Int32, _ range: ValueTree.TextRange, _ index: Int) -> Bool {
    let workspace = storedWorkspace ?? MatchWorkspace()
    storedWorkspace = workspace
    let bytes = Int(range.offset)..<Int(range.offset) + Int(range.count)
    let result = tree.text.withUnsafeBufferPointer { text in
      Result { () throws(PatternError) in
        try program.patterns[Int(pattern)].matches(UnsafeBufferPointer(rebasing: text[bytes]), in: workspace)
      }
    }
    switch result {
    case .success(let verdict): return verdict
    case .failure(let error):
      fault = fault ?? EvaluationFault(.pattern(pattern, error.message), node: index, subschema: -1)
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
