import Baseline
import ConfigDocument

// Ratios within one run: each work is repeated, interleaved with the yardstick, and medians are compared.

func seconds(_ body: () -> Void) -> Double {
  let clock = ContinuousClock()
  let duration = clock.measure(body)
  return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

func measure(_ name: String, limit: Double, yardstick: () -> Void, work: () -> Void) {
  var (base, ours): ([Double], [Double]) = ([], [])
  for _ in 0..<9 {
    base.append(seconds(yardstick))
    ours.append(seconds(work))
  }
  let ratio = median(ours) / median(base)
  func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
  func fixed(_ value: Double, _ digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let whole = Int(value * scale + 0.5)
    let fraction = String(whole % Int(scale))
    return "\(whole / Int(scale)).\(String(repeating: "0", count: digits - fraction.count))\(fraction)"
  }
  print(
    padded(name, 44), "yardstick \(fixed(median(base) * 1000, 1)) ms, ours \(fixed(median(ours) * 1000, 1)) ms:",
    "\(fixed(ratio, 2)) × (wanted ≤ \(fixed(limit, 2)))", ratio <= limit ? "" : "MISSED")
}

let entry = """
    service-%:
      # Owned by team %.
      image: "registry.example.com/team/service:1.2.%"
      replicas: 3
      resources: {cpu: 500m, memory: 512Mi}
      env:
        - name: LOG_LEVEL
          value: info   # quiet
        - name: REGION
          value: eu-west-%

  """
// With an argument, one work is done once on a tenth of the text, for callgrind to count.
let only = CommandLine.arguments.dropFirst().first
let pieces = entry.split(separator: "%", omittingEmptySubsequences: false).map { Array($0.utf8) }
let (yaml, count) = { () -> ([UInt8], Int) in
  var text = Array("services:\n".utf8)
  var count = 0
  while text.count < (only == nil ? 10_000_000 : 1_000_000) {
    text += pieces.joined(separator: Array(String(count).utf8))
    count += 1
  }
  return (text, count)
}()
print("YAML: \(yaml.count) bytes, \(count) services")

func events() {
  yaml.withUnsafeBufferPointer { precondition(baseline_yaml_events($0.baseAddress, $0.count) > 0) }
}

func edit() -> Document {
  var document = try! Document(yaml, as: .yaml, named: "big.yaml")
  let services = document.entries(of: document.child("services", of: document.roots[0])!)
  for index in stride(from: 0, to: services.count, by: max(1, services.count / 1000)) {
    let service = services[index].value
    try! document.set(document.child("replicas", of: service)!, to: 5)
  }
  return document
}
func compare() {
  measure("parse", limit: 1.2, yardstick: events) {
    _ = try! Document(yaml, as: .yaml, named: "big.yaml")
  }
  measure("parse + render without edits", limit: 1.25, yardstick: events) {
    _ = try! Document(yaml, as: .yaml, named: "big.yaml").render()
  }
  measure("parse + 1,000 edits + render", limit: 1.3, yardstick: events) { _ = try! edit().render(verifying: false) }
  measure("parse + 1,000 edits + render + verify", limit: 2.5, yardstick: events) { _ = try! edit().render() }

  var json: [UInt8] = Array("{\"services\": [\n".utf8)
  for index in 0..<60_000 {
    let line =
      "  {\"name\": \"service-\(index)\", \"replicas\": \(index % 9), \"cpu\": 0.5, \"tags\": [\"a\", \"b\\n\"], \"on\": true, \"note\": \"a longer text for a value that people read\"}"
    json += Array((line + (index < 59_999 ? ",\n" : "\n")).utf8)
  }
  json += Array("]}\n".utf8)
  print("JSON: \(json.count) bytes")
  measure("parse JSON", limit: 1.15) {
    json.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { precondition(baseline_json_load($0.baseAddress, $0.count) == 0) }
    }
  } work: {
    _ = try! Document(json, as: .json, named: "big.json")
  }
}

if let only {
  switch only {
  case "nothing": break
  case "events": events()
  case "parse": _ = try! Document(yaml, as: .yaml, named: "big.yaml")
  case "verify": _ = try! edit().render()
  default: print("one of: nothing, events, parse, verify")
  }
} else {
  compare()
}
