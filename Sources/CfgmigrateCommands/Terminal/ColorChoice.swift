internal import ArgumentParser
private import Glibc

/// When to colour.
package enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  /// On a terminal, unless `NO_COLOR` is set or `TERM` is `dumb`.
  case auto
  case always, never

  package func isOn(_ descriptor: Int32, environment: (String) -> String? = ColorChoice.variable) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      if let value = environment("NO_COLOR"), !value.isEmpty { return false }
      return isatty(descriptor) == 1 && environment("TERM") != "dumb"
    }
  }

  package static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
