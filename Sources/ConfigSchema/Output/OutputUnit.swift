public import ConfigDocument

/// What one keyword or subschema says of one value: the output unit of JSON Schema 2019-09 and 2020-12.
///
/// The units of a schema and a document are a tree; ``value(as:)`` gives it the four forms that the specification names.
public struct OutputUnit: Sendable {
  public var isValid: Bool
  /// The way through the schema, references included.
  public var keywordLocation: Pointer
  /// The URI of the keyword or subschema itself, wherever references led. Relative (`#/…`) where the schema has no URI.
  public var absoluteKeywordLocation: String
  /// Where the value stands in the document. A key is at the place of its value.
  public var instanceLocation: Pointer
  /// What is wrong, where this unit says it itself.
  public var error: String?
  /// What the keyword tells of the value; nil also where the subschema that it stands in does not hold.
  public var annotation: Value?
  /// What it is made of, in the order of the schema's text.
  public var details: [OutputUnit] = []

  /// The node of the document.
  var node: Int
  /// The subschema that holds the keyword, in its document, and the keyword; empty where the unit is a subschema.
  var subschema: SchemaLocation
  var keyword: String
  /// Members that are not there, and would have these values.
  var absentDefaults: [DefaultValue] = []

  /// Where a subschema does not hold, nothing that it tells counts.
  mutating func dropAnnotations() {
    annotation = nil
    absentDefaults = []
    for index in details.indices { details[index].dropAnnotations() }
  }

  /// Adds a unit of which this one is made.
  mutating func add(_ unit: OutputUnit) {
    isValid = isValid && unit.isValid
    details.append(unit)
  }
}

/// The four forms of output that JSON Schema 2019-09 and 2020-12 name.
public enum OutputForm: String, CaseIterable, Sendable {
  /// Whether the document is valid.
  case flag
  /// A flat list of what is wrong, or of the annotations.
  case basic
  /// What is wrong, or the annotations, in the shape of the schema, without steps that add nothing.
  case detailed
  /// Everything that was looked at.
  case verbose
}

extension OutputUnit {
  /// The unit in one of the specification's forms, as JSON data.
  /// - Complexity: O(units × depth).
  public func value(as form: OutputForm) -> Value {
    switch form {
    case .flag: return ["valid": .bool(isValid)]
    case .verbose: return object(holding: details.map { $0.value(as: .verbose) })
    case .detailed: return (pruned ?? bare).detailedValue
    case .basic: return object(holding: (pruned ?? bare).statements.map { $0.object(holding: []) }, withText: false)
    }
  }

  private var bare: OutputUnit {
    var unit = self
    unit.details = []
    return unit
  }

  /// Only what made the document wrong; of a valid one, only what tells something.
  private var pruned: OutputUnit? {
    var unit = self
    unit.details = details.filter { $0.isValid == isValid }.compactMap(\.pruned)
    return unit.details.isEmpty && error == nil && annotation == nil ? nil : unit
  }

  private var detailedValue: Value {
    if details.count == 1, error == nil, annotation == nil { return details[0].detailedValue }
    return object(holding: details.map(\.detailedValue))
  }

  /// The units that say something themselves, in order.
  private var statements: [OutputUnit] {
    (error != nil || annotation != nil ? [self] : []) + details.flatMap(\.statements)
  }

  private func object(holding units: [Value], withText: Bool = true) -> Value {
    var object = Object()
    object["valid"] = .bool(isValid)
    object["keywordLocation"] = .string(keywordLocation.description)
    object["absoluteKeywordLocation"] = .string(absoluteKeywordLocation)
    object["instanceLocation"] = .string(instanceLocation.description)
    if withText, let error { object["error"] = .string(error) }
    if withText, let annotation { object["annotation"] = annotation }
    if !units.isEmpty { object[isValid ? "annotations" : "errors"] = .array(units) }
    return .object(object)
  }
}
