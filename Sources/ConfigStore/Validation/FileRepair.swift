public import ConfigDocument
internal import ConfigSchema

/// A file with everything mended that one edit certainly mends.
///
/// Each repair is proven: the file is rendered, read and checked again, the finding is gone and nothing new came but what
/// stood inside of a renamed key all along. A repair that does more is left undone, and so is one that would be made through an alias or a merge
/// key, where it would change other places too.
public struct FileRepair: Sendable {
  /// One repair that was made.
  public struct Made: Hashable, Sendable {
    public var code: Diagnostic.Code
    /// Where, in the file as it was then.
    public var place: SourcePlace
    /// What was done, as half a sentence.
    public var message: String
  }

  /// The file as it was read.
  public let source: [UInt8]
  public private(set) var made: [Made] = []
  /// The file as it is to be, read again.
  private(set) var document: Document

  /// The bytes of the mended file.
  public var bytes: [UInt8] { document.source }

  /// The unified diff of the file as it was and as it is to be. Secrets of the schema are masked in it, so that it is for reading
  /// only, unless they are asked for or there are none.
  public func diff(path: String, showingSecrets: Bool = false) -> [UInt8] {
    let rendering = Rendering(comparing: source, with: bytes)
    guard !showingSecrets,
      let old = try? Document(source, as: document.format, named: document.name, yaml: document.yamlVersion)
    else { return UnifiedDiff.text(of: rendering, from: source, path: path) }
    var shown = UnifiedDiff.Appearance(
      old: old.hidingSecrets(of: schema), new: document.hidingSecrets(of: schema))
    shown.isForReading = shown.old != source || shown.new != bytes
    return UnifiedDiff.text(of: rendering, from: source, path: path, showing: shown)
  }

  /// Puts the mended file where it was read from, in one durable instant.
  /// - Throws: `drift` where the file has changed since; `io-error`.
  public func write(to path: String) throws(Diagnostic) {
    let file = StandaloneFile(path)
    guard try file.read() == source else {
      throw Diagnostic(
        .drift, "\(path) has changed while it was checked, and was left as it is", hint: "Run the command again")
    }
    try file.write(bytes)
  }

  private let schema: Schema
  /// Renaming a key may show what is wrong below it; what is wrong below that, too. No file nests repairs deeper.
  private static let mostRounds = 100

  init(_ document: Document, by schema: Schema) throws(Diagnostic) {
    source = document.source
    self.document = document
    self.schema = schema
    for _ in 0..<Self.mostRounds {
      let found = try Self.faults(of: self.document, by: schema)
      let candidates = found.filter(\.isMendable)
      if candidates.isEmpty { return }
      // All at once, and one by one where they do not go together.
      if try mend(candidates, among: found) { continue }
      var isMended = false
      for candidate in candidates where !isMended { isMended = try mend([candidate], among: found) }
      if !isMended { return }
    }
  }

  /// Makes the repairs, if they do what they promise.
  private mutating func mend(_ faults: [Fault], among all: [Fault]) throws(Diagnostic) -> Bool {
    var edited = document
    var made: [Made] = []
    for fault in faults {
      made.append(fault.made(in: document))
      do throws(Diagnostic) { try fault.mend(&edited) } catch { return false }
    }
    guard let rendering = try? edited.render(),
      let read = try? Document(rendering.bytes, as: document.format, named: document.name, yaml: document.yamlVersion)
    else { return false }
    let left = try Self.faults(of: read, by: schema)
    let isMended = !left.contains { after in faults.contains { $0.isSame(as: after) || $0.forbids(after) } }
    let isHarmless = left.allSatisfy { after in
      all.contains { $0.isSame(as: after) } || faults.contains { $0.uncovers(after) }
    }
    guard isMended, isHarmless else { return false }
    document = read
    self.made += made
    return true
  }

  private static func faults(of document: Document, by schema: Schema) throws(Diagnostic) -> [Fault] {
    var out: [Fault] = []
    for number in document.roots.indices {
      let tree = try ValueTree(document, root: number)
      for violation in schema.validate(tree) {
        let isDirect = tree.detours(to: violation.node, in: document).isEmpty
        out.append(
          Fault(document: number, violation: violation, origin: tree.origins[violation.node], isDirect: isDirect))
      }
    }
    return out
  }
}

/// A violation, with where in its file it is.
private struct Fault {
  var document: Int
  var violation: Violation
  var origin: ValueTree.Origin
  /// Whether it was written where it is meant.
  var isDirect: Bool

  var isMendable: Bool { isDirect && violation.repair != nil }

  func isSame(as other: Fault) -> Bool {
    document == other.document && violation.instance == other.violation.instance
      && violation.code == other.violation.code && violation.finding == other.violation.finding
  }

  /// Whether nothing of the other's kind may be left: a value that was replaced must be right.
  func forbids(_ other: Fault) -> Bool {
    guard case .replace? = violation.repair, document == other.document else { return false }
    return violation.instance == other.violation.instance
  }

  /// Whether the other was hidden by this one: it is about what stands under a key that had another name.
  func uncovers(_ other: Fault) -> Bool {
    guard case .renameKey(let key)? = violation.repair, document == other.document,
      let parent = violation.instance.parent
    else { return false }
    return other.violation.instance.isWithin(parent.appending(key))
  }

  func mend(_ document: inout Document) throws(Diagnostic) {
    switch violation.repair {
    case .replace(let value): try document.set(origin.node, to: value)
    case .renameKey(let key): try document.rename(origin.node, to: key)
    case .addMembers(let members):
      for member in members { try document.insert(member.value, forKey: member.key, into: origin.node) }
    case nil: break
    }
  }

  func made(in document: Document) -> FileRepair.Made {
    let key = origin.key.map { "`\(document.keyText(of: $0))`" }
    let message: String
    switch violation.repair {
    case .replace(let value):
      message = "\(key.map { "\($0): " } ?? "")\(document.value(of: origin.node)) became \(value)"
    case .renameKey(let name): message = "the key \(key ?? "") became `\(name)`"
    case .addMembers(let members):
      message = "added " + members.map { "`\($0.key): \($0.value)`" }.joined(separator: " and ")
    case nil: message = ""
    }
    let place = document.place(of: violation.pointsAtKey ? origin.key ?? origin.node : origin.node)
    return FileRepair.Made(code: violation.code, place: place, message: message)
  }
}

extension Document {
  /// The source with a mark for each value that the schema calls a secret; it has as many lines.
  fileprivate func hidingSecrets(of schema: Schema) -> [UInt8] {
    var spans: Set<Range<Int>> = []
    for number in roots.indices {
      guard let tree = try? ValueTree(self, root: number) else { continue }
      for secret in schema.secrets(in: tree) {
        for node in secret..<Int(tree.nodes[secret].end) {
          let node = resolved(tree.origins[node].node)
          if kind(of: node) == .scalar { spans.insert(valueSpan(of: node)) }
        }
      }
    }
    var out = source
    for span in spans.sorted(by: { $0.lowerBound > $1.lowerBound }) where !span.isEmpty {
      out.replaceSubrange(span, with: Array("<secret>".utf8) + source[span].filter { $0 == UInt8(ascii: "\n") })
    }
    return out
  }
}
