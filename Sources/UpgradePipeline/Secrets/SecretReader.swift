package import ConfigDocument
internal import ConfigStore
private import Glibc
private import Synchronization

/// Reads secrets where they are, and takes those that it has read out of every text that is recorded or shown.
package final class SecretReader: Sendable {
  private let known = Mutex<Set<String>>([])

  package init() {}

  /// - Parameter directory: where a relative path starts.
  /// - Throws: `secret-missing`.
  package func read(_ source: SecretSource, in directory: String) throws(Diagnostic) -> String {
    let text: String
    switch source {
    case .environment(let name):
      guard let value = getenv(name) else { throw Self.missing(source, "it is not set") }
      text = String(cString: value)
    case .file(let path):
      let path = path.hasPrefix("/") || directory == "." ? path : "\(directory)/\(path)"
      let bytes: [UInt8]
      do throws(Diagnostic) { bytes = try StandaloneFile(path).read() } catch {
        throw Self.missing(source, error.message)
      }
      var whole = String(decoding: bytes, as: UTF8.self)
      while whole.last?.isNewline == true { whole.removeLast() }
      text = whole
    }
    guard !text.isEmpty else { throw Self.missing(source, "it is empty") }
    known.withLock { _ = $0.insert(text) }
    return text
  }

  private static func missing(_ source: SecretSource, _ reason: String) -> Diagnostic {
    Diagnostic(
      .secretMissing, "\(source), which is to hold a secret, cannot be used: \(reason)",
      hint: "Set it for this command only; nothing of it is recorded")
  }

  /// What stands in the place of a secret.
  package static let mask = "<REDACTED>"

  /// The text without any secret that was read so far.
  package func hiding(_ text: String) -> String {
    let secrets = known.withLock { $0.sorted { $0.utf8.count > $1.utf8.count } }
    var out = text
    for secret in secrets {
      out = out.split(separator: secret, omittingEmptySubsequences: false).joined(separator: Self.mask)
    }
    return out
  }

  package func hiding(_ value: Value) -> Value {
    switch value {
    case .string(let text): .string(hiding(text))
    case .array(let items): .array(items.map { hiding($0) })
    case .object(let object): .object(Object(object.members.map { (key: $0.key, value: hiding($0.value)) }))
    case .null, .bool, .number: value
    }
  }

  package func hiding(_ diagnostic: Diagnostic) -> Diagnostic {
    var copy = diagnostic
    copy.message = hiding(copy.message)
    copy.hint = copy.hint.map { hiding($0) }
    return copy
  }
}

extension Diagnostic.Code {
  /// A secret is not where the spec says.
  package static let secretMissing: Self = "secret-missing"
}
