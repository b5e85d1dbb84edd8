import ConfigDocument
import PatternMatching

extension SchemaCompiler {
  mutating func readNumberKeywords(_ reader: KeywordReader, into record: inout Subschema) throws(SchemaFault) {
    var checks = NumberChecks()
    let minimum = try bound("minimum", reader)
    let maximum = try bound("maximum", reader)
    if reader.dialect.draft == .draft4 {
      let lowIsExclusive = try reader.bool("exclusiveMinimum") ?? false
      let highIsExclusive = try reader.bool("exclusiveMaximum") ?? false
      if lowIsExclusive { checks.exclusiveMinimum = minimum } else { checks.minimum = minimum }
      if highIsExclusive { checks.exclusiveMaximum = maximum } else { checks.maximum = maximum }
    } else {
      checks.minimum = minimum
      checks.maximum = maximum
      checks.exclusiveMinimum = try bound("exclusiveMinimum", reader)
      checks.exclusiveMaximum = try bound("exclusiveMaximum", reader)
    }
    checks.multipleOf = try bound("multipleOf", reader)
    if checks.multipleOf >= 0, build.bounds[Int(checks.multipleOf)].number <= Number(0) {
      throw reader.malformed(reader.member("multipleOf")!, "above 0")
    }
    let all = [
      checks.minimum, checks.maximum, checks.exclusiveMinimum, checks.exclusiveMaximum, checks.multipleOf,
    ]
    guard all.contains(where: { $0 >= 0 }) else { return }
    checks.findPlainRange(build.bounds)
    build.numbers.append(checks)
    record.number = Int32(build.numbers.count - 1)
  }

  private mutating func bound(_ key: String, _ reader: KeywordReader) throws(SchemaFault) -> Int32 {
    guard let number = try reader.number(key) else { return -1 }
    build.bounds.append(Bound(number))
    return Int32(build.bounds.count - 1)
  }

  mutating func readStringKeywords(_ reader: KeywordReader, into record: inout Subschema) throws(SchemaFault) {
    var checks = StringChecks()
    var isNeeded = false
    if reader.vocabularies.contains(.validation) {
      if let count = try reader.count("minLength") {
        checks.minLength = count
        isNeeded = true
      }
      if let count = try reader.count("maxLength") {
        checks.maxLength = count
        isNeeded = true
      }
      if let (text, node) = try reader.text("pattern") {
        checks.pattern = try pattern(text, at: reader.at(node))
        isNeeded = true
      }
    }
    if let (name, _) = try reader.text("format"), let format = Format(rawValue: name),
      options.assertsFormats && reader.vocabularies.contains(.format) || reader.vocabularies.contains(.formatAssertion)
    {
      checks.format = format
      isNeeded = true
    }
    // The later drafts make these keywords annotations.
    if options.assertsContents, reader.dialect.draft == .draft7 {
      if try reader.text("contentEncoding")?.text == "base64" { checks.content.insert(.base64) }
      if try reader.text("contentMediaType")?.text == "application/json" { checks.content.insert(.json) }
    }
    guard isNeeded || !checks.content.isEmpty else { return }
    build.strings.append(checks)
    record.string = Int32(build.strings.count - 1)
  }

  mutating func pattern(_ source: String, at location: SchemaLocation) throws(SchemaFault) -> Int32 {
    if let known = build.patterns.firstIndex(where: { $0.source.utf8.elementsEqual(source.utf8) }) {
      return Int32(known)
    }
    do {
      build.patterns.append(try Pattern(ecma: source))
    } catch {
      let place = error.offset.map { ", at character \($0 + 1)" } ?? ""
      throw SchemaFault(
        .schemaMalformed, "the pattern \(source) is not a regular expression of ECMA-262: \(error.message)\(place)",
        at: location)
    }
    return Int32(build.patterns.count - 1)
  }
}

extension NumberChecks {
  /// Says the bounds as one range of integers, where they are integers themselves.
  fileprivate mutating func findPlainRange(_ bounds: [Bound]) {
    guard multipleOf < 0 else { return }
    for (bound, shift) in [(minimum, 0), (exclusiveMinimum, 1)] where bound >= 0 {
      guard let int = bounds[Int(bound)].int, int < .max else { return }
      least = Swift.max(least, int + shift)
    }
    for (bound, shift) in [(maximum, 0), (exclusiveMaximum, 1)] where bound >= 0 {
      guard let int = bounds[Int(bound)].int, int > .min else { return }
      most = Swift.min(most, int - shift)
    }
    isPlain = true
  }
}
