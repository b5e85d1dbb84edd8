private import Glibc

/// Whole files, for tests.
public enum FileBytes {
  public static func read(_ path: String) throws(CommandCaseError) -> [UInt8] {
    guard let file = fopen(path, "rb") else { throw failure(path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    guard ferror(file) == 0 else { throw failure(path) }
    return bytes
  }

  public static func write(_ bytes: [UInt8], to path: String) throws(CommandCaseError) {
    guard let file = fopen(path, "wb") else { throw failure(path) }
    let written = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, written == bytes.count else { throw failure(path) }
  }

  public static func exists(_ path: String) -> Bool {
    var info = stat()
    return lstat(path, &info) == 0
  }

  private static func failure(_ path: String) -> CommandCaseError {
    CommandCaseError("\(path): \(String(cString: strerror(errno)))")
  }
}
