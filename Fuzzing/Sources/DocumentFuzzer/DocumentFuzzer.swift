@_spi(Fuzzing) import ConfigDocument
import Glibc

/// Reads the input as YAML, JSON or JSONC, edits it at random, and holds the editor to its laws.
///
/// The first four bytes choose the format and the edits; the rest is the text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count >= 4 else { return 0 }
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  let format: DocumentFormat = [.yaml, .yaml, .json, .jsonc][Int(input[0] & 3)]
  let text = Array(input[4...])
  guard let document = try? Document(text, as: format, named: "fuzz", yaml: input[0] & 4 == 0 ? .yaml12 : .yaml11)
  else {
    return 0
  }
  precondition(try! document.render().bytes == text, "no edit is a change")
  var choices = Choices(seed: input[1...3])
  edit(document, &choices)
  reconcile(document, &choices)
  return 0
}

struct Choices {
  private var state: UInt32
  init(seed: ArraySlice<UInt8>) { state = seed.reduce(1) { $0 &* 257 &+ UInt32($1) } }
  mutating func next(_ bound: Int) -> Int {
    state = state &* 1_664_525 &+ 1_013_904_223
    return Int(state >> 8) % max(1, bound)
  }
}

/// - Parameter tells: whether each edit is printed: one that fails is done once more, so that all others cost nothing.
private func edit(_ original: Document, _ choices: inout Choices, tells: Bool = false) {
  let start = choices
  func fail(unless holds: Bool, _ fault: String, _ document: Document) {
    guard !holds else { return }
    var again = start
    if !tells { edit(original, &again, tells: true) }
    stop(fault, document)
  }
  var document = original
  let given = values(of: original)
  for _ in 0...choices.next(4) {
    let nodes = values(of: document)
    guard !nodes.isEmpty else { return }
    let node = nodes[choices.next(nodes.count)]
    let other = nodes[choices.next(nodes.count)]
    let donated = given[choices.next(given.count)]
    do throws(Diagnostic) {
      let operation = choices.next(14)
      if tells {
        print("\(operation): \([node, other].map { document.pointer(to: $0) }), \(original.pointer(to: donated))")
      }
      switch operation {
      case 0: try document.set(node, to: [.string("a: #b"), 5, .string("x\ny\n"), ["k": [1]]][choices.next(4)])
      case 1: try document.remove(node)
      case 2: try document.rename(node, to: "renamed \(choices.next(3))")
      case 3:
        try document.insert(
          "v", forKey: "new\(choices.next(9))", into: node, at: choices.next(2) == 0 ? .first : .last, comment: "why")
      case 4: try document.insert(["a": 1], into: node, at: choices.next(2) == 0 ? .first : .last)
      case 5: try document.move(node, toKey: "moved\(choices.next(9))", in: other)
      case 6: try document.move(node, into: other)
      case 7: try document.copy(node, toKey: "copy\(choices.next(9))", in: other)
      case 8: try document.setComment(["why", "a: b\n\n- c", nil][choices.next(3)], of: node, at: .head)
      case 9:
        try document.setComment(["why", nil][choices.next(2)], of: node, at: choices.next(2) == 0 ? .line : .foot)
      case 10: _ = try document.wrap(node, underKey: choices.next(2) == 0 ? "wrapped" : nil)
      case 11: try document.unwrap(node, keeping: other)
      case 12: _ = try document.insert(donated, from: original, forKey: "taken\(choices.next(9))", into: other)
      default: _ = try document.insert(node, from: document, into: other)
      }
    } catch { fail(unless: error.code == .editRefused || error.code == .aliasExpansion, "\(error)", document) }
  }
  do throws(Diagnostic) {
    let rendering = try document.render()
    fail(unless: document.readsBack(rendering, byParts: false) == true, "the parts say yes", document)
    for _ in 0..<4 { readBroken(rendering, of: document, &choices) }
  } catch { fail(unless: false, "\(error)", document) }
}

/// Reads a rendering with a fault beside or in what was written: what changed, and all.
private func readBroken(_ rendering: Rendering, of document: Document, _ choices: inout Choices) {
  guard !rendering.changes.isEmpty else { return }
  var broken = rendering
  let index = choices.next(broken.changes.count)
  let (before, behind) = (index > 0 ? broken.changes[index - 1] : nil, broken.changes[(index + 1)...].first)
  // What is copied around the change becomes a part of it.
  var change = broken.changes[index]
  let above = min(choices.next(32), change.source.lowerBound - (before?.source.upperBound ?? 0))
  let below = min(choices.next(32), (behind?.source.lowerBound ?? document.source.count) - change.source.upperBound)
  change.source = change.source.lowerBound - above..<change.source.upperBound + below
  change.replacement = change.replacement.lowerBound - above..<change.replacement.upperBound + below
  let start = change.replacement.lowerBound + choices.next(change.replacement.count + 1)
  let end = min(change.replacement.upperBound, start + choices.next(4))
  let pieces = [
    "", "\n", "\n  ", " ", ":", ": ", "- ", "#", "'", "\"", "[", "}", "|\n", "\t", "\n...\n", "\n---\n", "? ", "&a ",
  ]
  let piece = Array(pieces[choices.next(pieces.count)].utf8)
  let growth = piece.count - (end - start)
  broken.bytes.replaceSubrange(start..<end, with: piece)
  change.replacement = change.replacement.lowerBound..<change.replacement.upperBound + growth
  broken.changes[index] = change
  for later in broken.changes.indices where later > index {
    let range = broken.changes[later].replacement
    broken.changes[later].replacement = range.lowerBound + growth..<range.upperBound + growth
  }
  guard document.readsBack(broken, byParts: true) == true else { return }
  if document.readsBack(broken, byParts: false) != true {
    fatalError("the parts say yes to\n\(String(decoding: broken.bytes, as: UTF8.self))")
  }
}

private func reconcile(_ original: Document, _ choices: inout Choices) {
  guard let root = original.roots.first else { return }
  var document = original
  do throws(Diagnostic) {
    try document.reconcile(root, with: original.value(of: root))
    precondition(!document.hasEdits, "reconciling with its own value is an edit")
    let wanted = changed(original.value(of: root), &choices)
    let result = try document.reconcile(root, with: wanted)
    precondition(document.value(of: result) == wanted, "reconciled with something else")
    _ = try document.render()
  } catch { if error.code != .editRefused { stop("\(error)", document) } }
}

/// Ends with what would have been written.
private func stop(_ message: String, _ document: Document) -> Never {
  let text = (try? document.render(verifying: false)).map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
  // What was printed before would go with the process.
  fflush(nil)
  fatalError("\(message)\n--- rendered:\n\(text)\n--- wanted: \(document.roots.map { document.value(of: $0) })")
}

private func changed(_ value: Value, _ choices: inout Choices) -> Value {
  if choices.next(6) == 0 { return [.null, true, "text", 7, [1, 2], ["a": "b"]][choices.next(6)] }
  switch value {
  case .array(var items):
    if !items.isEmpty {
      let index = choices.next(items.count)
      switch choices.next(4) {
      case 0: items.remove(at: index)
      case 1: items.insert("new", at: index)
      case 2: items.swapAt(0, index)
      default: items[index] = changed(items[index], &choices)
      }
    }
    return .array(items)
  case .object(var object):
    if !object.isEmpty {
      let member = object.members[choices.next(object.count)]
      switch choices.next(4) {
      case 0: object[member.key] = nil
      case 1:
        object[member.key] = nil
        object["renamed"] = member.value
      case 2: object["added"] = ["deep": member.value]
      default: object[member.key] = changed(member.value, &choices)
      }
    }
    return .object(object)
  default: return value
  }
}

private func values(of document: Document) -> [NodeID] {
  var out: [NodeID] = []
  var open = document.roots
  while let node = open.popLast(), out.count < 500 {
    out.append(node)
    switch document.kind(of: node) {
    case .mapping: open += document.entries(of: node).map(\.value)
    case .sequence: open += document.items(of: node)
    default: break
    }
  }
  return out
}
