import Baseline
import ConfigDocument
import Glibc

/// What a document holds beyond its source, and the most that was held on the way: resident memory, as the kernel counts it.
enum Memory {
  static func run() {
    print("\n## Memory\n")
    Table.header(
      "text", "bytes", "nodes", "retained beyond the source, bytes", "a node", "wanted",
      "peak while parsing beyond the source, a node")
    row("services, 10 MB", Texts.services(bytes: 10_000_000), as: .yaml)
    row("services, 100 MB", Texts.services(bytes: 100_000_000), as: .yaml)
    row("one mapping of 1,000,000 keys", Texts.wide(keys: 1_000_000), as: .yaml)
    row("one flow list, `[a, a, …]`", Array(("[" + String(repeating: "a, ", count: 1_000_000) + "a]").utf8), as: .yaml)
    row("long texts", Texts.services(bytes: 10_000_000, entry: longEntry), as: .yaml)
  }

  /// Few nodes: what was reserved for more must not be held.
  private static let longEntry =
    "  note-%: |\n" + String(repeating: "    a line of text that people read, number %\n", count: 40)

  private static func row(_ name: String, _ text: [UInt8], as format: DocumentFormat) {
    let nodes = Yardstick.nodes(of: text)
    baseline_give_back_memory()
    resetPeak()
    let before = status("VmRSS:")
    let document = Works.parse(text, as: format)
    let peak = status("VmHWM:") - before
    baseline_give_back_memory()
    let retained = status("VmRSS:") - before
    let perNode = Double(retained) / Double(nodes)
    withExtendedLifetime(document) {
      Table.row(
        name, "\(text.count)", "\(nodes)", "\(retained)", perNode.fixed(1), perNode <= 32 ? "≤ 32" : "≤ 32, missed",
        (Double(peak) / Double(nodes)).fixed(1))
    }
  }

  private static func resetPeak() {
    guard let file = fopen("/proc/self/clear_refs", "w") else { return }
    fputs("5", file)
    fclose(file)
  }

  /// A line of `/proc/self/status`, in bytes.
  private static func status(_ key: String) -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if text.hasPrefix(key) { return (Int(text.filter(\.isNumber)) ?? 0) * 1024 }
    }
    return 0
  }
}
