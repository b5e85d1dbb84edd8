import ConfigDocument

/// Whether cost is linear: in the size of a text, and in the width of a mapping.
enum Scaling {
  static func run() {
    print("\n## Size\n")
    Table.header("bytes", "libyaml, ns a byte", "parse, ns a byte", "ratio")
    var size = 1_000
    while size <= 100_000_000 {
      let text = Texts.services(bytes: size)
      let times = max(1, 2_000_000 / size)
      let measurement = Measurement(turns: size > 10_000_000 ? 3 : 9) {
        for _ in 0..<times { Yardstick.events(text) }
      } work: {
        for _ in 0..<times { _ = Works.parse(text) }
      }
      let unit = 1e9 / Double(times * text.count)
      Table.row(
        "\(text.count)", (Measurement.median(measurement.yardstick) * unit).fixed(1),
        (Measurement.median(measurement.work) * unit).fixed(1), measurement.ratioOfMedians.fixed(2))
      size *= 10
    }
    print("\n## Width: one mapping\n")
    Table.header(
      "keys", "libyaml, ns a key", "parse, ns a key", "ratio", "edits by key", "set, µs each", "insert last, µs each",
      "rename, µs each", "remove, µs each", "render and verify, ns a key")
    var keys = 1
    while keys <= 1_000_000 {
      width(keys)
      keys *= 10
    }
  }

  private static func width(_ keys: Int) {
    let text = Texts.wide(keys: keys)
    let times = max(1, 100_000 / keys)
    let measurement = Measurement(turns: keys > 100_000 ? 5 : 9) {
      for _ in 0..<times { Yardstick.events(text) }
    } work: {
      for _ in 0..<times { _ = Works.parse(text) }
    }
    let edits = min(1000, keys)
    let step = keys / edits
    var document = Works.parse(text)
    let root = document.roots[0]
    func microseconds(_ body: (inout Document, Int) -> Void) -> String {
      (Measurement.seconds { for index in 0..<edits { body(&document, index * step) } } * 1e6 / Double(edits)).fixed(1)
    }
    let set = microseconds { try! $0.set($0.child("key-\($1)", of: root)!, to: "set") }
    let insert = microseconds { try! $0.insert("new", forKey: "new-\($1)", into: root) }
    let rename = microseconds { try! $0.rename($0.child("key-\($1)", of: root)!, to: "renamed-\($1)") }
    let remove = microseconds { try! $0.remove($0.child("renamed-\($1)", of: root)!) }
    let render = Measurement.seconds { _ = try! document.render() } * 1e9 / Double(keys)
    let unit = 1e9 / Double(times * keys)
    Table.row(
      "\(keys)", (Measurement.median(measurement.yardstick) * unit).fixed(0),
      (Measurement.median(measurement.work) * unit).fixed(0), measurement.ratioOfMedians.fixed(2), "\(edits)", set,
      insert, rename, remove, render.fixed(0))
  }
}
