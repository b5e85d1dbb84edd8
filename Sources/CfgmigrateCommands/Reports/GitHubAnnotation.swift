internal import ConfigDocument

/// A finding as a workflow command of GitHub Actions.
struct GitHubAnnotation {
  let finding: Diagnostic

  init(_ finding: Diagnostic) { self.finding = finding }

  var text: String {
    let level =
      switch finding.severity {
      case .error: "error"
      case .warning: "warning"
      case .note: "notice"
      }
    var properties: [String] = []
    if let place = finding.place {
      properties = [
        "file=\(Self.property(place.file))", "line=\(place.line)", "col=\(place.column)",
        "endColumn=\(place.column + place.length)",
      ]
    }
    properties.append("title=\(Self.property(finding.code.rawValue))")
    let message = [finding.message, finding.advice].compactMap { $0 }.joined(separator: "\n")
    return "::\(level) \(properties.joined(separator: ","))::\(Self.escaped(message))"
  }

  private static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": out += "%25"
      case "\r": out += "%0D"
      case "\n": out += "%0A"
      default: out.unicodeScalars.append(SafeText.shown(scalar))
      }
    }
    return out
  }

  private static func property(_ text: String) -> String {
    var out = ""
    for character in escaped(text).unicodeScalars {
      switch character {
      case ":": out += "%3A"
      case ",": out += "%2C"
      default: out.unicodeScalars.append(character)
      }
    }
    return out
  }
}
