internal import ConfigDocument
public import ConfigMigration
private import Glibc
internal import SystemPackage

/// Where products are looked for: directories that hold `<product>/product.yaml`, the first that has it wins.
public struct ProductPath: Sendable {
  /// The directories, in the order in which they are asked.
  public var directories: [String]
  /// Transformers that are written in Swift, and the products that they belong to.
  public var programs: [(product: String, transformer: any ConfigTransformer)]
  /// Changes in Swift that transformer files name, and the products that they belong to.
  public var changes: [(product: String, change: CustomChange)]

  /// - Parameters:
  ///   - registries: directories that were named for this call; they come first.
  ///   - environment: the value of `CFGMIGRATE_PATH`: directories with `:` between them.
  ///   - installed: the share folder of an installed binary, which holds `transformers/`.
  public init(
    registries: [String] = [], environment: String? = nil, installed: String? = nil,
    programs: [(product: String, transformer: any ConfigTransformer)] = [],
    changes: [(product: String, change: CustomChange)] = []
  ) {
    named = registries.count
    directories =
      registries + (environment?.split(separator: ":").map(String.init) ?? [])
      + (installed.map { [$0 + "/transformers"] } ?? [])
    self.programs = programs
    self.changes = changes
  }

  /// `<prefix>/share/cfgmigrate`, where the program is `<prefix>/bin/…`; nil where it is anywhere else.
  package static var installed: String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes { readlink("/proc/self/exe", $0.baseAddress!, $0.count) }
    guard count > 0, count < buffer.count else { return nil }
    var parts = String(decoding: buffer[..<count], as: UTF8.self).split(separator: "/")
    guard parts.count > 2 else { return nil }
    parts.removeLast(2)
    return "/" + (parts + ["share", "cfgmigrate"]).joined(separator: "/")
  }

  /// Where products are looked for on this machine: the directories that are named, `CFGMIGRATE_PATH`, and the share folder.
  package static func ofThisMachine(registries: [String]) -> ProductPath {
    ProductPath(
      registries: registries, environment: getenv("CFGMIGRATE_PATH").map { String(cString: $0) }, installed: installed)
  }

  /// How many of the directories were named for this call.
  private let named: Int
  /// How many directories behind those a set names for itself.
  private var own = 0

  /// The path with the directories that a set names for itself, which come after those that the call named.
  func inserting(_ own: [String]) -> ProductPath {
    var path = self
    path.directories.insert(contentsOf: own, at: named)
    path.own = own.count
    return path
  }

  /// Whether only a set names the directory with this number: whoever wrote the set says what is there.
  func isNamedBySet(_ index: Int) -> Bool {
    guard (named..<named + own).contains(index) else { return false }
    let directory = ProductFiles.real(directories[index])
    return !directories.indices.contains {
      !(named..<named + own).contains($0) && ProductFiles.real(directories[$0]) == directory
    }
  }
}

/// Reads the files of a product. Unlike those of a configuration they may be anywhere, and links to them are followed.
enum ProductFiles {
  /// - Returns: nil where there is no such file.
  static func readIfPresent(_ path: String) throws(Diagnostic) -> [UInt8]? {
    do throws(Errno) {
      let descriptor = try Self.open(path)
      defer { try? descriptor.close() }
      return try Self.readAll(descriptor)
    } catch {
      if error == .noSuchFileOrDirectory || error == .notDirectory { return nil }
      throw Diagnostic(error, .read, path)
    }
  }

  private static func open(_ path: String) throws(Errno) -> FileDescriptor {
    do { return try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec) } catch {
      throw error as? Errno ?? .ioError
    }
  }

  private static func readAll(_ descriptor: FileDescriptor) throws(Errno) -> [UInt8] {
    do {
      var bytes: [UInt8] = []
      while true {
        let chunk = try [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
          count = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
        if chunk.isEmpty { return bytes }
        bytes += chunk
      }
    } catch { throw error as? Errno ?? .ioError }
  }

  /// The names in a directory, in the order of their bytes; nil where there is none.
  static func namesIfPresent(in path: String) throws(Diagnostic) -> [String]? {
    let directory: OpenDirectory
    do throws(Diagnostic) { directory = try OpenDirectory(path) } catch {
      if isDirectory(path) { throw error }
      return nil
    }
    return try directory.entries().map { "\($0)" }
  }

  private static func isDirectory(_ path: String) -> Bool {
    do throws(Errno) {
      let descriptor = try Self.open(path)
      try? descriptor.close()
      return true
    } catch { return error != .noSuchFileOrDirectory && error != .notDirectory }
  }

  /// The directory that a path leads to; the path as it is, where that cannot be found.
  static func real(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// A path without `.` and `..`, as it is shown.
  static func normalized(_ path: String) -> String { FilePath(path).lexicallyNormalized().string }
}
