import ConfigDocument

/// Whether what edits and guards cost is linear in the number of members, however they are laid out.
enum Growth {
  /// A tenfold text may cost this many times as much for each member; what is quadratic costs ten times as much.
  private static let wanted = 2.0
  private static let sizes = [1_000, 10_000, 100_000]

  private struct Layout {
    var name: String
    var format: DocumentFormat
    var open: String
    var member: String
    var separator: String
    var close: String
    /// Items with comments of their own stay where they are, between the brackets of YAML.
    var moves = true

    func text(_ count: Int) -> [UInt8] {
      var text = open
      for index in 0..<count { text += (index > 0 ? separator : "") + member }
      return Array((text + close).utf8)
    }
  }

  private static let layouts = [
    Layout(name: "block", format: .yaml, open: "", member: "- a: 1 # c\n", separator: "", close: ""),
    Layout(name: "brackets, one line", format: .yaml, open: "[", member: "{a: 1}", separator: ", ", close: "]\n"),
    Layout(
      name: "brackets, many lines", format: .yaml, open: "[\n", member: "  # c\n  {a: 1}", separator: ",\n",
      close: "\n]\n", moves: false),
    Layout(name: "JSON, one line", format: .json, open: "[", member: "{\"a\":1}", separator: ",", close: "]"),
    Layout(
      name: "JSON with comments", format: .jsonc, open: "[\n", member: "  // c\n  {\"a\": 1}", separator: ",\n",
      close: "\n]\n"),
  ]

  static func run() {
    print("\n## Growth: ns for each member\n")
    Table.header("work", "1,000", "10,000", "100,000", "growth of the last step", "wanted")
    for layout in layouts { edits(in: layout) }
    let few = Array("- a\n- b\n".utf8)
    row("insert n before one item") { count in
      var document = Works.parse(few)
      let last = document.items(of: document.roots[0])[1]
      for _ in 0..<count { try! document.insert("x", into: document.roots[0], at: .before(last)) }
      _ = try! document.render()
    }
    row("insert n first, between brackets") { count in
      var document = Works.parse(Array("[a, b]\n".utf8))
      for _ in 0..<count { try! document.insert("x", into: document.roots[0], at: .first) }
      _ = try! document.render()
    }
    row("rename n entries that are anchored") { count in
      var document = Works.parse(Array((0..<count).map { "k\($0): &a\($0) 1\n" }.joined().utf8))
      for entry in document.entries(of: document.roots[0]) { try! document.rename(entry.value, to: "r\(entry.key)") }
      _ = try! document.render()
    }
    guards()
  }

  private static func edits(in layout: Layout) {
    row("set one, \(layout.name)") { count in
      var document = Works.parse(layout.text(count), as: layout.format)
      try! document.set(document.items(of: document.roots[0])[count / 2], to: "x")
      _ = try! document.render()
    }
    row("set each, \(layout.name)") { count in
      var document = Works.parse(layout.text(count), as: layout.format)
      for item in document.items(of: document.roots[0]) { try! document.set(document.child("a", of: item)!, to: 2) }
      _ = try! document.render()
    }
    row("remove each tenth, \(layout.name)") { count in
      var document = Works.parse(layout.text(count), as: layout.format)
      let items = document.items(of: document.roots[0])
      for index in stride(from: 0, to: count, by: 10) { try! document.remove(items[index]) }
      _ = try! document.render()
    }
    row("ask each for its comments, \(layout.name)") { count in
      let document = Works.parse(layout.text(count), as: layout.format)
      var found = 0
      for item in document.items(of: document.roots[0]) where document.hasOwnComments(item) { found += 1 }
      precondition(found == 0 || found == count)
    }
    guard layout.moves else { return }
    row("reverse the first tenth, \(layout.name)") { count in
      var document = Works.parse(layout.text(count), as: layout.format)
      let root = document.roots[0]
      for item in document.items(of: root).prefix(count / 10) { try! document.move(item, into: root, at: .first) }
      _ = try! document.render()
    }
  }

  /// What is no document is told for no more than what is one costs.
  private static func guards() {
    func rejected(_ text: [UInt8], _ format: DocumentFormat) {
      precondition((try? Document(text, as: format, named: "rejected")) == nil)
    }
    func repeated(_ text: String, _ count: Int) -> [UInt8] { Array(String(repeating: text, count: count).utf8) }
    row("nested brackets, YAML") { rejected(repeated("[", $0), .yaml) }
    row("nested brackets, JSON") { rejected(repeated("[", $0), .json) }
    row("a key twice, YAML") { count in
      rejected(Array((0...count).map { "k\($0 % count): 1\n" }.joined().utf8), .yaml)
    }
    row("a key twice, JSON") { count in
      rejected(Array(("{" + (0...count).map { "\"k\($0 % count)\":1" }.joined(separator: ",") + "}").utf8), .json)
    }
    row("a bad byte at the end, YAML") { rejected(repeated("- a\n", $0) + [0xFF], .yaml) }
    row("a bad byte at the end, JSON") { rejected(repeated("[1],", $0) + [0xFF], .json) }
    row("a control character at the end") { rejected(repeated("- a\n", $0) + [0x07], .yaml) }
    row("UTF-16") { rejected([0xFF, 0xFE] + repeated("-\0 \0a\0\n\0", $0), .yaml) }
    row("a comment without an end") { rejected(repeated("[1], ", $0) + Array("/* x".utf8), .jsonc) }
    row("aliases of one list") { count in
      let document = Works.parse(Array(("a: &a [1, 2]\nb: [" + String(repeating: "*a, ", count: count) + "]\n").utf8))
      _ = try! ValueTree(document)
    }
  }

  private static func row(_ name: String, _ work: (Int) -> Void) {
    // The least of three: whatever else the machine does only adds.
    let costs = sizes.map { size in (0..<3).map { _ in Measurement.seconds { work(size) } }.min()! * 1e9 / Double(size)
    }
    let growth = costs[2] / costs[1]
    Table.row(
      name, costs[0].fixed(0), costs[1].fixed(0), costs[2].fixed(0), growth.fixed(2),
      growth <= wanted ? "≤ \(wanted.fixed(1))" : "≤ \(wanted.fixed(1)), missed")
  }
}
