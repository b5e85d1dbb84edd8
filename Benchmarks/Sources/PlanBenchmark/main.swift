import Baseline
import ConfigDocument
import ConfigMigration
import ConfigSchema
import Glibc

// A chain of 20 edges over 2,000 files: parsed, planned, validated and diffed, against parsing them with libyaml in C. The
// yardstick and the work take turns in one run; what is compared is the processor time of this process.

func processorSeconds(_ body: () throws -> Void) rethrows -> Double {
  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
  let start = now()
  try body()
  return now() - start
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

func milliseconds(_ seconds: Double) -> String { "\(Int((seconds * 1000).rounded())) ms" }

func ratio(_ one: Double, _ other: Double) -> String {
  let hundredths = Int((one / other * 100).rounded())
  return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) ×"
}

let edges = 20
let product = try Product(
  Document(
    Array(
      """
      product: bench
      versions: {scheme: integer, at: main.yaml#/version}
      files:
        - {path: main.yaml, layer: base}
        - {path: "services.d/{name}.yaml", layer: fragment, at: /services}
      schemas: "{version}.json"
      """.utf8), as: .yaml, named: "product.yaml"))

let files: [(path: String, bytes: [UInt8])] =
  [("main.yaml", Array("version: 1\nservices: {}\n".utf8))]
  + (0..<2_000).map { index in
    var text = "# Owned by team \(index % 40).\nservice-\(index):\n  image: \"registry.example.com/team/service:1.2.\(index)\"\n"
    for part in 1...12 {
      text += "  part-\(part):   # what it needs\n    replicas: 3\n    timeout-1: 30s\n    resources: {cpu: 500m, memory: 512Mi}\n"
      text += "    env:\n      - name: LOG_LEVEL\n        value: info\n      - name: REGION\n        value: eu-west-\(index % 3)\n"
    }
    return ("services.d/service-\(index).yaml", Array(text.utf8))
  }

let transformers = try (1...edges).map { version in
  // Every edge changes every file.
  let text = """
    transformer: 1
    product: bench
    from: \(version)
    to: \(version + 1)
    summary: edge \(version)
    operations:
      - rename: {path: "/services/*/part-1/timeout-\(version)", to: timeout-\(version + 1)}
      - default: {path: "/services/*/generation-\(version)", value: \(version)}
      - set: {path: "/services/*/part-2/replicas", value: \(version + 3)}

    """
  return try Transformer(Document(Array(text.utf8), as: .yaml, named: "\(version).yaml"), product: product)
}
let schema = try Schema.compile([
  "properties": [
    "services": [
      "additionalProperties": [
        "type": "object", "required": ["image"], "properties": ["image": ["type": "string"]],
        "additionalProperties": ["type": ["object", "integer"], "properties": ["replicas": ["type": "integer"]]],
      ]
    ]
  ]
])
let planner = Planner(registry: Registry(product: product, transformers: transformers)) { _ in schema }
let size = files.reduce(0) { $0 + $1.bytes.count }
print("\(files.count) files, \(size) bytes, \(edges) edges")

func yardstick() {
  for file in files {
    file.bytes.withUnsafeBufferPointer { precondition(baseline_yaml_events($0.baseAddress, $0.count) > 0) }
  }
}

let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 5
var (base, parse, whole): ([Double], [Double], [Double]) = ([], [], [])
for _ in 0..<rounds {
  base.append(processorSeconds(yardstick))
  var set: ConfigurationSet?
  let parsed = try processorSeconds { set = try ConfigurationSet(product: product, files: files) }
  parse.append(parsed)
  var plan: Plan?
  whole.append(parsed + (try processorSeconds { plan = try planner.plan(set!) }))
  let summary = plan!.summary
  precondition(summary.filesChanged == files.count && summary.errors == 0 && !plan!.diff.isEmpty)
}
print("libyaml in C             ", milliseconds(median(base)))
print("read into documents      ", milliseconds(median(parse)), ratio(median(parse), median(base)))
print(
  "parsed, planned, validated, diffed", milliseconds(median(whole)), ratio(median(whole), median(base)),
  "(wanted ≤ 3 ×)", median(whole) <= 3 * median(base) ? "" : "MISSED")
