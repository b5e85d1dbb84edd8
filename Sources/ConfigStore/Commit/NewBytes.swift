import ConfigDocument

/// Bytes that a file is to get: at hand, or fetched each time that they are needed, so that few are in memory at a time.
enum NewBytes: Sendable {
  case held([UInt8])
  case fetched(@Sendable () throws(Diagnostic) -> [UInt8])

  func bytes() throws(Diagnostic) -> [UInt8] {
    switch self {
    case .held(let bytes): bytes
    case .fetched(let fetch): try fetch()
    }
  }
}
