internal import ConfigDocument
private import Crypto

/// What makes the tags of secrets: with the same key, equal secrets have equal tags, and nobody without the key can try
/// words until one fits.
struct SecretKey: Sendable {
  private let bytes: [UInt8]

  /// A key for this process alone.
  static let ofThisProcess = SecretKey()

  private init() {
    bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
  }

  /// The key of a directory, which is kept beside its backups; nil where it has none.
  init?(of state: StateDirectory) throws(Diagnostic) {
    guard let file = try state.directory.readIfPresent(.secretKey), file.bytes.count == 32 else { return nil }
    bytes = file.bytes
  }

  /// Gives a directory a key, under its lock. One that is there stays.
  static func make(in state: StateDirectory) throws(Diagnostic) {
    guard try SecretKey(of: state) == nil else { return }
    try state.directory.replaceDurably(.secretKey, with: SecretKey().bytes)
  }

  /// `<secret 3f9a1c>`: the first half dozen digits of the value's HMAC-SHA-256. Layout and quotes do not matter.
  func tag(of value: Value) -> String {
    let code = HMAC<SHA256>.authenticationCode(for: Array(value.description.utf8), using: SymmetricKey(data: bytes))
    return "<secret \(Array(code.prefix(3)).hexadecimal)>"
  }
}

extension FileName {
  static let secretKey = FileName(known: "secret-key")
}
