import Baseline
import ConfigDocument
import ConfigMigration
import ConfigStore
import Dispatch
import Glibc

// A chain of 20 edges over 2,000 files: parsed, planned, validated and diffed, against parsing them with libyaml in C. The
// yardstick and the work take turns in one run. On one core the processor time of this process is compared; what two cores
// bring is told by the clock, since that is what they are for. What they bring to libyaml, file by file, is told beside it: two
// virtual processors may be one core of the machine below, and nothing gains more of them than that.

func seconds(_ clock: clockid_t, _ body: () throws -> Void) rethrows -> Double {
  func now() -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
  let start = now()
  try body()
  return now() - start
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// So that the yardstick runs about as long as the work.
let repeats = 3

func milliseconds(_ seconds: Double) -> String { "\(Int((seconds * 1000).rounded())) ms" }

func ratio(_ one: Double, _ other: Double) -> String {
  let hundredths = Int((one / other * 100).rounded())
  return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) ×"
}

let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 5

for reach in Workload.Reach.allCases where CommandLine.arguments.count < 3 || "\(reach)" == CommandLine.arguments[2] {
  let workload = try Workload(reach)
  let size = workload.files.reduce(0) { $0 + $1.bytes.count }
  print("\(workload.files.count) files, \(size) bytes, \(Workload.edges) edges; \(reach.rawValue)")

  func yardstick() {
    for file in workload.files {
      file.bytes.withUnsafeBufferPointer { precondition(baseline_yaml_events($0.baseAddress, $0.count) > 0) }
    }
  }

  func yardstickOnAllCores() {
    DispatchQueue.concurrentPerform(iterations: workload.files.count) { index in
      workload.files[index].bytes.withUnsafeBufferPointer {
        precondition(baseline_yaml_events($0.baseAddress, $0.count) > 0)
      }
    }
  }

  func read(_ work: WorkDistribution) throws -> ConfigurationSet {
    try ConfigurationSet(product: workload.product, files: workload.files, work: work)
  }

  func plan(_ set: ConfigurationSet, _ work: WorkDistribution) throws {
    let planner = Planner(
      registry: Registry(product: workload.product, transformers: workload.transformers),
      schemas: { _ in workload.schema }, runtime: TransformerRuntime(work: work))
    let plan = try planner.plan(set)
    let summary = plan.summary
    precondition(summary.filesChanged == workload.files.count && summary.errors == 0 && !plan.diff.isEmpty)
  }

  var (base, parse, whole): ([Double], [Double], [Double]) = ([], [], [])
  var (oneCore, allCores, baseGains, gains): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
  for _ in 0..<rounds {
    base.append(seconds(CLOCK_PROCESS_CPUTIME_ID, yardstick))
    var set: ConfigurationSet?
    let parsed = try seconds(CLOCK_PROCESS_CPUTIME_ID) { set = try read(.inOrder) }
    parse.append(parsed)
    whole.append(parsed + (try seconds(CLOCK_PROCESS_CPUTIME_ID) { try plan(set!, .inOrder) }))
    oneCore.append(try seconds(CLOCK_MONOTONIC) { try plan(read(.inOrder), .inOrder) })
    allCores.append(try seconds(CLOCK_MONOTONIC) { try plan(read(.onAllCores), .onAllCores) })
    gains.append(oneCore.last! / allCores.last!)
    let alone = seconds(CLOCK_MONOTONIC) { for _ in 0..<repeats { yardstick() } }
    baseGains.append(alone / (seconds(CLOCK_MONOTONIC) { for _ in 0..<repeats { yardstickOnAllCores() } }))
  }
  let isMet = median(whole) <= 3 * median(base)
  print("  libyaml in C                        \(milliseconds(median(base)))")
  print("  read into documents                 \(milliseconds(median(parse)))  \(ratio(median(parse), median(base)))")
  print(
    "  parsed, planned, validated, diffed  \(milliseconds(median(whole)))  \(ratio(median(whole), median(base))) (wanted ≤ 3 ×)\(isMet ? "" : " MISSED")"
  )
  let gain = median(gains)
  print(
    "  on all cores                        \(milliseconds(median(allCores)))  \(ratio(gain, 1)) as fast (wanted ≥ 1.7 × on two)\(gain >= 1.7 ? "" : " MISSED")"
  )
  print("  libyaml on all cores                \(ratio(median(baseGains), 1)) as fast: what the machine has to give")
}
