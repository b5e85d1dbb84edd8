import Glibc

/// The costs that are promised, as ratios to the C libraries on the same bytes.
enum Ratios {
  static func run() {
    let text = Texts.services(bytes: 10_000_000)
    let unicode = Texts.services(bytes: 10_000_000, entry: Texts.unicodeEntry)
    let json = Texts.json(items: 60_000)
    print("## Time\n")
    print("YAML: \(text.count) bytes, \(Yardstick.nodes(of: text)) nodes. JSON: \(json.count) bytes.\n")
    Table.header("work", "yardstick, ms", "ours, ms", "ratio of medians", "of minima", "wanted")
    row("parse to a document", 1.2, { Yardstick.events(text) }, { _ = Works.parse(text) })
    row("parse, render without edits", 1.25, { Yardstick.events(text) }, { Works.parseAndRender(text) })
    row(
      "parse, 1,000 edits, render", 1.3, { Yardstick.events(text) },
      { _ = try! Works.edited(text).render(verifying: false) })
    row(
      "parse, 1,000 edits, render, verify", 2.5, { Yardstick.events(text) },
      { _ = try! Works.edited(text).render() })
    row("parse JSON", 1.15, { Yardstick.load(json: json) }, { _ = Works.parse(json, as: .json) })
    row("parse, not ASCII", nil, { Yardstick.events(unicode) }, { _ = Works.parse(unicode) })
    let suites = getenv("CFGMIGRATE_SUITES").map { String(cString: $0) } ?? "../../shared/suites"
    let files = Texts.files(below: suites + "/corpus/yaml")
    if files.isEmpty {
      print("\nNo corpus of real files at \(suites), so that row is not there (CFGMIGRATE_SUITES names the directory).")
    } else {
      row(
        "parse \(files.count) real files", nil, { files.forEach(Yardstick.events) },
        { for file in files { _ = Works.parse(file) } })
    }
  }

  private static func row(_ name: String, _ wanted: Double?, _ yardstick: () -> Void, _ work: () -> Void) {
    let measurement = Measurement(yardstick: yardstick, work: work)
    let isMissed = wanted.map { measurement.ratioOfMedians > $0 } ?? false
    Table.row(
      name, (Measurement.median(measurement.yardstick) * 1000).fixed(1),
      (Measurement.median(measurement.work) * 1000).fixed(1), measurement.ratioOfMedians.fixed(2),
      measurement.ratioOfMinima.fixed(2), wanted.map { "≤ \($0.fixed(2))\(isMissed ? ", missed" : "")" } ?? "–")
  }
}
