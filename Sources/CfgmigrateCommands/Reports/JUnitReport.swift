internal import ConfigDocument
internal import ConfigStore

/// The report as JUnit's XML: one test case a file, which fails by its findings. A file without a schema is skipped.
struct JUnitReport {
  let report: ValidationReport

  init(_ report: ValidationReport) { self.report = report }

  var text: String {
    let obstacles = report.files.count { $0.obstacle != nil }
    let failures = report.failing.count - obstacles
    let skipped = report.files.count { $0.isUnchecked && !report.isFailing($0) }
    let counts = "tests=\"\(report.files.count)\" failures=\"\(failures)\" errors=\"\(obstacles)\""
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites name=\"cfgmigrate validate\" \(counts)>",
      "  <testsuite name=\"cfgmigrate validate\" \(counts) skipped=\"\(skipped)\">",
    ]
    for file in report.files { lines += testCase(file) }
    lines += ["  </testsuite>", "</testsuites>"]
    return lines.joined(separator: "\n")
  }

  private func testCase(_ file: CheckedFile) -> [String] {
    let open =
      "    <testcase name=\"\(Self.escaped(file.path))\" classname=\"\(Self.escaped(file.schema ?? "no schema"))\""
    let details = file.diagnostics.map(\.description).joined(separator: "\n")
    if report.isFailing(file) {
      let element = file.obstacle == nil ? "failure" : "error"
      let first = file.diagnostics.first { $0.severity == .error } ?? file.diagnostics.first
      let message = first?.message ?? "there is no schema for it"
      let type = first?.code.rawValue ?? "no-schema"
      return [
        open + ">",
        "      <\(element) type=\"\(Self.escaped(type))\" message=\"\(Self.escaped(message))\">\(Self.escaped(details))</\(element)>",
        "    </testcase>",
      ]
    }
    if file.isUnchecked {
      return [open + ">", "      <skipped message=\"there is no schema for it\"/>", "    </testcase>"]
    }
    if details.isEmpty { return [open + "/>"] }
    return [open + ">", "      <system-out>\(Self.escaped(details))</system-out>", "    </testcase>"]
  }

  /// XML 1.0 has no spelling for most control characters.
  private static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "\n": out += "&#10;"
      case "\t": out += "&#9;"
      case "\u{FFFE}", "\u{FFFF}": out += "\u{FFFD}"
      default: out.unicodeScalars.append(SafeText.shown(scalar))
      }
    }
    return out
  }
}
