import ConfigDocument
import DocumentLaws
import Glibc

// The laws of the editor on as many generated cases as one wants: laws FORMAT FIRST-SEED TEXTS. A finding is printed with its
// seed and the smallest text that breaks the same law, and makes the exit status 1.

// Or on real files: laws sweep FORMAT NODES FILE…, each kind of edit on so many nodes of each file, 0 for all.

let usage = "usage: laws yaml|json|jsonc FIRST-SEED TEXTS, or laws sweep yaml|json|jsonc NODES FILE…"
let formats: [String: DocumentFormat] = ["yaml": .yaml, "json": .json, "jsonc": .jsonc]
let arguments = CommandLine.arguments

func bytes(of path: String) -> [UInt8] {
  guard let file = fopen(path, "r") else {
    print("\(path) cannot be read")
    exit(64)
  }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    if count == 0 { return bytes }
    bytes += buffer[..<count]
  }
}

if arguments.count > 4, arguments[1] == "sweep", let format = formats[arguments[2]], let nodes = Int(arguments[3]) {
  var sweep = CorpusSweep()
  for path in arguments[4...] {
    let known = sweep.breaches.count
    let text = FileVariant.marked(bytes(of: path), as: format)
    sweep.run(text, as: format, named: path, limit: nodes == 0 ? nil : nodes)
    for (name, law, breach) in sweep.breaches[known...] {
      print("FINDING: \(name), law “\(breach.law)”\n\(law.edits)\n\(breach.detail.prefix(2_000))")
      fflush(nil)
    }
  }
  let tally = sweep.tally
  print(
    "sweep, \(format): \(arguments.count - 4 - tally.rejected) files, \(tally.cases) single edits, "
      + "\(tally.refused.values.reduce(0, +)) refused, \(sweep.breaches.count) findings")
  exit(sweep.breaches.isEmpty ? 0 : 1)
}
guard arguments.count == 4, let format = formats[arguments[1]], let first = UInt64(arguments[2]),
  let texts = UInt64(arguments[3])
else {
  print(usage)
  exit(64)
}

var cases = 0
var findings = 0
var byLaw: [String: Int] = [:]
for stretch in stride(from: first, to: first + texts, by: 10_000) {
  var run = PropertyRun()
  for seed in stretch..<min(stretch + 10_000, first + texts) { run.run(format, seed: seed, lists: 4) }
  cases += run.tally.cases
  for (seed, law, breach) in run.breaches {
    findings += 1
    byLaw[breach.law, default: 0] += 1
    let small = law.shrunk(breaking: breach.law)
    var tally = LawCase.Tally()
    var detail = breach.detail
    do throws(LawCase.Breach) { try small.check(&tally) } catch { detail = error.detail }
    print("FINDING \(findings): seed \(seed), law “\(breach.law)”\n\(small)\n\(detail)")
    fflush(nil)
  }
}
print("laws, \(format): \(cases) cases of \(texts) texts from seed \(first), \(findings) findings \(byLaw)")
exit(findings > 0 ? 1 : 0)
