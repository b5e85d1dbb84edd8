package import ConfigDocument
package import ConfigMigration
package import ConfigStore

extension FieldReader {
  /// A length of time such as `30s` or `1h30m`, in milliseconds.
  package mutating func optionalDuration(_ field: String) throws(Diagnostic) -> Int? {
    guard let node = optional(field) else { return nil }
    return try document.requireDuration(node, field: field)
  }

  /// An amount of bytes such as `512MB` or `2GiB`; `k` is 1,000.
  package mutating func optionalSize(_ field: String) throws(Diagnostic) -> Int? {
    guard let node = optional(field) else { return nil }
    let text = try document.requireText(node, field: field)
    guard let bytes = Quantity(size: text, kilo: 1_000)?.whole(in: 1) else {
      throw document.wrongType(
        node, field: field, wanted: "an amount of bytes", hint: "write `512MB`, `2GiB`, or the bytes as a number")
    }
    return Int(clamping: bytes)
  }

  /// A share such as `80%`, as a number of hundredths.
  package mutating func optionalPercent(_ field: String) throws(Diagnostic) -> Int? {
    guard let node = optional(field) else { return nil }
    var text = try document.requireText(node, field: field)
    if text.utf8.last == UInt8(ascii: "%") { text.removeLast() }
    guard let number = Int(text), (0...100).contains(number) else {
      throw document.wrongType(node, field: field, wanted: "a share from `0%` to `100%`")
    }
    return number
  }

  package mutating func optionalInteger(
    _ field: String, in range: ClosedRange<Int>
  ) throws(Diagnostic) -> Int? {
    guard let node = optional(field) else { return nil }
    guard let number = document.value(of: node).int, range.contains(number) else {
      throw document.wrongType(
        node, field: field, wanted: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A list of texts; empty where the field is not there.
  package mutating func texts(_ field: String) throws(Diagnostic) -> [String] {
    guard let node = optional(field) else { return [] }
    return try document.requireTexts(node, field: field)
  }

  /// A program with its arguments: a list of words, of which there is at least one.
  package mutating func optionalCommand(_ field: String) throws(Diagnostic) -> [String]? {
    guard let node = optional(field) else { return nil }
    guard document.kind(of: document.resolved(node)) == .sequence else {
      throw document.wrongType(
        node, field: field, wanted: "a list of words",
        hint: "no shell reads it: write `[program, argument]`, or `[sh, -c, '…']` where a shell is meant")
    }
    let words = try document.requireTexts(node, field: field)
    guard !words.isEmpty else { throw document.wrongType(node, field: field, wanted: "a program and its arguments") }
    return words
  }

  package mutating func command(_ field: String) throws(Diagnostic) -> [String] {
    if let words = try optionalCommand(field) { return words }
    _ = try required(field)
    return []
  }

  /// Texts by name; empty where the field is not there.
  package mutating func textsByName(_ field: String) throws(Diagnostic) -> [String: String] {
    guard let node = optional(field) else { return [:] }
    let mapping = document.resolved(node)
    guard document.kind(of: mapping) == .mapping else {
      throw document.wrongType(node, field: field, wanted: "a mapping")
    }
    var out: [String: String] = [:]
    for (key, value) in document.entries(of: mapping) {
      let name = document.text(of: key) ?? ""
      out[name] = try document.requireText(value, field: name)
    }
    return out
  }

  /// Secrets by name; empty where the field is not there.
  package mutating func secretsByName(_ field: String) throws(Diagnostic) -> [String: SecretSource] {
    guard let node = optional(field) else { return [:] }
    let mapping = document.resolved(node)
    guard document.kind(of: mapping) == .mapping else {
      throw document.wrongType(node, field: field, wanted: "a mapping")
    }
    var out: [String: SecretSource] = [:]
    for (key, value) in document.entries(of: mapping) {
      let name = document.text(of: key) ?? ""
      out[name] = try SecretSource(value, of: document, field: name)
    }
    return out
  }

  package mutating func estimate(_ field: String) throws(Diagnostic) -> TimeEstimate? {
    guard let node = optional(field) else { return nil }
    var fields = try FieldReader(node, of: document, subject: "`\(field)`")
    let likely = try document.requireDuration(try fields.required("likely"), field: "likely")
    let minimum = try fields.optionalDuration("min") ?? likely
    let maximum = try fields.optionalDuration("max") ?? likely
    try fields.finish()
    guard minimum <= likely, likely <= maximum else {
      throw Diagnostic(
        .badValue, "`\(field)` has `min`, `likely` and `max` in another order than by length",
        at: document.place(of: node))
    }
    return TimeEstimate(minimum: minimum, likely: likely, maximum: maximum)
  }
}

extension Document {
  package func requireDuration(_ node: NodeID, field: String) throws(Diagnostic) -> Int {
    let text = try requireText(node, field: field)
    guard let milliseconds = Quantity(duration: text)?.whole(in: 1_000_000) else {
      throw wrongType(node, field: field, wanted: "a length of time", hint: "write `30s`, `10m` or `1h30m`")
    }
    return Int(clamping: milliseconds)
  }

  package func requireMoment(_ node: NodeID, field: String) throws(Diagnostic) -> Timestamp {
    let text = try requireText(node, field: field)
    if let moment = Timestamp(rfc3339: text) { return moment }
    throw wrongType(
      node, field: field, wanted: "a moment with its offset from UTC",
      hint: "write `2026-12-05T01:00:00+01:00` or `2026-12-05T00:00:00Z`")
  }
}
