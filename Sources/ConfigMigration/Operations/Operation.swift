public import ConfigDocument

/// One declared change of a transformer: a value that can be printed, checked, run and inverted.
public struct Operation: Sendable {
  /// The name in the transformer file: `move`, `default`, `group` for operations under one condition.
  public let name: String
  /// Where it is written; nil for one that a program made.
  public let place: SourcePlace?
  public let modifiers: Modifiers
  package let body: any OperationBody
  /// The fields as they are written, modifiers included, without comments and layout.
  public let fields: Value

  package init(name: String, place: SourcePlace?, modifiers: Modifiers, body: any OperationBody, fields: Value) {
    self.name = name
    self.place = place
    self.modifiers = modifiers
    self.body = body
    self.fields = fields
  }

  /// The operations that it holds, for a group or an `each`.
  public var inner: [Operation] { body.inner }
}

extension Operation {
  /// What it is about, in one line for lists and plans: `/database/port`, `/a → /b`, the message of a note.
  public var subject: String {
    let object = fields.object ?? Object()
    let text = { (key: String) in object[key]?.string }
    if name == "custom" {
      let code = text("swift") ?? object["run"]?.array?.compactMap(\.string).joined(separator: " ")
      return [text("path"), code].compactMap { $0 }.joined(separator: "  ")
    }
    switch (text("path") ?? text("from"), text("to") ?? text("into")) {
    case (let source?, let target?): return "\(source) → \(target)"
    case (let source?, nil): return name == "note" ? text("message") ?? source : source
    case (nil, let target?): return text("rename").map { "\($0) → \(target)" } ?? target
    case (nil, nil): break
    }
    if let list = text("create") ?? text("remove") ?? text("in") ?? text("message") { return list }
    return object["when"]?.object.map(Self.conditionLine) ?? ""
  }

  private static func conditionLine(_ when: Object) -> String {
    when.members.map { address, condition in
      switch condition {
      case .string(let word): "\(address) \(word)"
      case .object(let object): "\(address) " + object.members.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
      default: "\(address): \(condition)"
      }
    }.joined(separator: ", ")
  }
}

/// What any operation may say beside its own fields.
public struct Modifiers: Sendable {
  /// The operation runs where this holds.
  public var when: Condition?
  /// The layers that it speaks of; nil for those of its kind.
  public var layers: LayerSelection?
  /// Whether it is an error that its address matches nothing in the whole set.
  public var required = false
  /// Why it may lose information.
  public var lossy: String?
  /// What the way back does instead of the derived inverse.
  public var reverse: Value?
  /// For an operation of a way back: the condition of the one that it undoes.
  package var branch: Branch?

  public init() {}
}

/// The layers that an operation speaks of. A fragment is a part of the base.
public enum LayerSelection: String, Hashable, Sendable, CaseIterable {
  case base, overlay, all
}

/// What is done where the target of an operation exists and differs.
public enum ConflictResolution: String, Hashable, Sendable, CaseIterable {
  case error, keep, replace, merge, append
}

/// What one kind of operation does. Each kind is one type.
package protocol OperationBody: Sendable {
  /// Reads the kind's own fields.
  init(reading fields: inout FieldReader) throws(Diagnostic)

  /// The addresses that its matches are taken from: their captures may be used in the other fields and in `when`.
  var sources: [AddressPattern] { get }
  var inner: [Operation] { get }
  /// The jq expressions that it evaluates, without those of `when`.
  var expressions: [Expression] { get }
  /// The programs that it may run.
  var programs: [CustomProgram] { get }
  /// The revisions of the code in Swift that it names.
  var revisions: [String] { get }
  /// What it touches, for the checks that run nothing; see ``Footprint``.
  var footprint: Footprint { get }

  /// What undoes it, without its modifiers.
  func inverse(of operation: Operation) -> Inverse
  /// What undoes it where the author says how.
  func inverse(of operation: Operation, reverse: Value) -> Inverse

  /// Changes the set.
  /// - Returns: how many places it found.
  func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int
}

extension OperationBody {
  package var inner: [Operation] { [] }
  package var expressions: [Expression] { [] }
  package var programs: [CustomProgram] { [] }
  package var revisions: [String] { [] }
}

/// Where in the set an operation works: everywhere, or within the branches of groups and the items of an `each`.
package struct Scope: Sendable {
  /// The item that addresses are relative to.
  package var prefix = Pointer()
  package var captures = Captures()
  /// The units that the operation may change, in the order in which they combine.
  package var units: [Int]
  /// The units that may hold something at or below `prefix`: no others are read.
  package var readers: [Int]
  /// Whether something new may be put into the base.
  package var createsInBase = true
  /// The layers that a group speaks of.
  package var layers: LayerSelection?
  /// Whether `prefix` is an item of a list, or below one: then layers have nothing in common there.
  package var isInList = false

  package init(unitCount: Int) {
    units = Array(0..<unitCount)
    readers = units
  }
}
