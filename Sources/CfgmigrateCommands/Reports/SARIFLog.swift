internal import ConfigDocument
internal import ConfigStore

/// The report as a SARIF 2.1.0 log, for code scanning and editors.
struct SARIFLog {
  let report: ValidationReport

  init(_ report: ValidationReport) { self.report = report }

  var value: Value {
    [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
      "runs": [
        [
          "tool": [
            "driver": [
              "name": "cfgmigrate", "semanticVersion": .string(CommandEnvironment.version),
              "rules": .array(codes.map(Self.rule)),
            ]
          ],
          "columnKind": "unicodeCodePoints",
          "artifacts": .array(report.files.map { ["location": ["uri": .string(Self.uri($0.path))]] }),
          "invocations": [invocation],
          "results": .array(report.files.flatMap(\.findings).map(result)),
        ]
      ],
    ]
  }

  /// What kept files from being checked is told of the run, and not of the files.
  private var invocation: Value {
    let obstacles = report.files.compactMap(\.obstacle)
    var object = Object()
    object["executionSuccessful"] = .bool(obstacles.isEmpty)
    if !obstacles.isEmpty {
      object["toolExecutionNotifications"] = .array(
        obstacles.map { obstacle in
          var notification = Object()
          notification["descriptor"] = ["id": .string(obstacle.code.rawValue)]
          notification["level"] = "error"
          notification["message"] = ["text": .string(Self.text(of: obstacle))]
          if let place = obstacle.place { notification["locations"] = [Self.location(place)] }
          return .object(notification)
        })
    }
    return .object(object)
  }

  private var codes: [Diagnostic.Code] {
    var seen: Set<Diagnostic.Code> = []
    return report.findings.map(\.code).filter { seen.insert($0).inserted }
  }

  private static func rule(_ code: Diagnostic.Code) -> Value {
    guard let page = CodePage.of(code) else { return ["id": .string(code.rawValue)] }
    return [
      "id": .string(code.rawValue), "shortDescription": ["text": .string(page.what)],
      "fullDescription": ["text": .string(page.why)], "help": ["text": .string(page.remedy)],
    ]
  }

  private func result(_ finding: Diagnostic) -> Value {
    var object = Object()
    object["ruleId"] = .string(finding.code.rawValue)
    object["ruleIndex"] = .number(Number(codes.firstIndex(of: finding.code) ?? -1))
    object["level"] = .string(finding.severity.rawValue)
    object["message"] = ["text": .string(Self.text(of: finding))]
    if let place = finding.place { object["locations"] = [Self.location(place)] }
    if !finding.related.isEmpty {
      object["relatedLocations"] = .array(
        finding.related.enumerated().map { number, related in
          var location = Self.location(related.place).object ?? Object()
          location["id"] = .number(Number(number))
          location["message"] = ["text": .string(related.message)]
          return .object(location)
        })
    }
    return .object(object)
  }

  private static func text(of finding: Diagnostic) -> String {
    SafeText.of([finding.message, finding.advice].compactMap { $0 }.joined(separator: ". "))
  }

  private static func location(_ place: SourcePlace) -> Value {
    var region = Object()
    region["startLine"] = .number(Number(place.line))
    region["startColumn"] = .number(Number(place.column))
    region["endColumn"] = .number(Number(place.column + place.length))
    if !place.lineText.isEmpty { region["snippet"] = ["text": .string(place.lineText)] }
    return ["physicalLocation": ["artifactLocation": ["uri": .string(uri(place.file))], "region": .object(region)]]
  }

  /// A path as a URI reference.
  private static func uri(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var out: [UInt8] = []
    for byte in path.utf8 {
      let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      if isLetter || (0x30...0x39).contains(byte) || "/-._~".utf8.contains(byte) {
        out.append(byte)
      } else {
        out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return (path.hasPrefix("/") ? "file://" : "") + String(decoding: out, as: UTF8.self)
  }
}
