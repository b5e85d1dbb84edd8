import ConfigDocument
import ConfigSchema
import Foundation
import Glibc

/// One case, read from where ``Preparing`` wrote it.
struct Workload {
  let name: String
  let written: ValueTree
  let instances: [ValueTree]
  let faulty: [ValueTree]

  /// What all tools are told: formats are not checked, since each knows other ones.
  static var options: Schema.Options {
    var options = Schema.Options()
    options.draft = .draft7
    options.assertsFormats = false
    return options
  }

  init(_ folder: URL) throws {
    name = folder.lastPathComponent
    written = try Self.tree(folder.appending(path: "schema.json"))
    instances = try Self.trees(folder.appending(path: "instances"))
    faulty = try Self.trees(folder.appending(path: "faulty"))
  }

  private static func tree(_ file: URL) throws -> ValueTree {
    try ValueTree(Document(Array(Data(contentsOf: file)), as: .json, named: file.path))
  }

  private static func trees(_ folder: URL) throws -> [ValueTree] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return try names.sorted().map { try tree(folder.appending(path: $0)) }
  }

  func compile() throws -> Schema { try Schema.compile(written, options: Self.options) }
}

/// Microseconds of processor time that a call takes, over as many calls as fill a tenth of a second.
func microseconds(_ body: () throws -> Void) rethrows -> Double {
  try body()
  var calls = 0
  let start = processorTime()
  var now = start
  repeat {
    try body()
    calls += 1
    now = processorTime()
  } while now - start < 0.1
  return (now - start) / Double(calls) * 1e6
}

private func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
