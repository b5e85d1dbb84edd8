import ConfigDocument
import DocumentLaws
import Glibc

// The laws of the editor on as many generated cases as one wants: laws FORMAT FIRST-SEED TEXTS. A finding is printed with its
// seed and the smallest text that breaks the same law, and makes the exit status 1.

let usage = "usage: laws yaml|json|jsonc FIRST-SEED TEXTS"
let formats: [String: DocumentFormat] = ["yaml": .yaml, "json": .json, "jsonc": .jsonc]
let arguments = CommandLine.arguments
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
