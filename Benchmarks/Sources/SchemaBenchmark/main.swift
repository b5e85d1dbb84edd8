import Baseline
import ConfigDocument
import ConfigSchema
import Foundation

// SchemaBenchmark prepare SUITES FOLDER   writes the cases
// SchemaBenchmark measure FOLDER          one turn: a line of JSON for each case
// SchemaBenchmark once FOLDER NAME        each instance of a case checked once, for callgrind to count
// SchemaBenchmark explain FOLDER NAME     what is wrong with each faulty one found once
// SchemaBenchmark draw                    instances of small schemas drawn a second

func measure(_ folder: URL) throws {
  for each in Case.all {
    let work = try Workload(folder.appending(path: each.name))
    let schema = try work.compile()
    let valid = try microseconds {
      for tree in work.instances { guard try schema.isValid(tree) else { fatalError("\(each.name): refused") } }
    }
    let explained = microseconds { for tree in work.faulty { precondition(!schema.explain(tree).isEmpty) } }
    let told = microseconds { for tree in work.faulty { precondition(!schema.validate(tree).isEmpty) } }
    let compiled = try microseconds { _ = try work.compile() }
    let before = Int(baseline_allocated_memory())
    let kept = try work.compile()
    let bytes = withExtendedLifetime(kept) { Int(baseline_allocated_memory()) - before }
    let count = Double(work.instances.count)
    print(
      #"{"case": "\#(each.name)", "documents": \#(work.instances.count), "valid": \#(valid / count), "#
        + #""explain": \#(explained / count), "told": \#(told / count), "compile": \#(compiled), "bytes": \#(bytes)}"#)
  }
}

let arguments = Array(CommandLine.arguments.dropFirst())
switch (arguments.first, arguments.count) {
case ("prepare", 3): try Preparing.run(suites: URL(filePath: arguments[1]), into: URL(filePath: arguments[2]))
case ("measure", 2): try measure(URL(filePath: arguments[1]))
case ("once", 3...4):
  let work = try Workload(URL(filePath: arguments[1]).appending(path: arguments[2]))
  let schema = try work.compile()
  for _ in 0..<(Int(arguments.dropFirst(3).first ?? "") ?? 20) {
    for tree in work.instances { _ = try schema.isValid(tree) }
  }
case ("explain", 3...4):
  let work = try Workload(URL(filePath: arguments[1]).appending(path: arguments[2]))
  let schema = try work.compile()
  var told = 0
  for _ in 0..<(Int(arguments.dropFirst(3).first ?? "") ?? 20) {
    told = work.faulty.reduce(0) { $0 + schema.explain($1).count }
  }
  print("\(work.faulty.count) documents, \(told) violations")
case ("draw", 1): try Drawing.run()
default:
  print("SchemaBenchmark prepare SUITES FOLDER | measure FOLDER | once|explain FOLDER NAME [TIMES] | draw")
  exit(2)
}
