import ConfigDocument
import ConfigMigration
import Testing

/// Every operation does the same wherever it works: in the base, in overlays, fragments, documents of a stream, several
/// places of one file and several files; and with a record every byte comes back from each.
@Suite struct OperationPlaceTests {
  /// What an operation makes of the entries of a mapping. `@` stands for the address of the mapping.
  struct Example: Sendable, CustomTestStringConvertible {
    var name: String
    var operations: String
    var before: String
    var after: String
    var testDescription: String { name }

    init(_ name: String, _ operations: String, _ before: String, _ after: String) {
      (self.name, self.operations, self.before, self.after) = (name, operations, before, after)
    }
  }

  static let examples: [Example] = [
    Example("move", "- move: {from: \"@/a\", to: \"@/m/b\"}", "a: 1\nm: {}\n", "m:\n  b: 1\n"),
    Example(
      "rename", "- rename: {path: \"@/a\", to: b}", "# on a\na: 1   # one\nc: 2\n", "# on a\nb: 1   # one\nc: 2\n"),
    Example("copy", "- copy: {from: \"@/a\", to: \"@/b\"}", "a: 'x'   # one\n", "a: 'x'   # one\nb: 'x'\n"),
    Example("remove", "- remove: {path: \"@/a\"}", "a: 1\nb: 2\n", "b: 2\n"),
    Example("set", "- set: {path: \"@/a\", value: 2}", "a: 1   # one\n", "a: 2   # one\n"),
    Example("default", "- default: {path: \"@/b\", value: 2}", "a: 1\n", "a: 1\nb: 2\n"),
    Example(
      "merge", "- merge: {into: \"@/m\", value: {b: 2}}", "m:\n  a: 1   # one\n", "m:\n  a: 1   # one\n  b: 2\n"),
    Example("map", "- map: {path: \"@/a\", values: {p: q}}", "a: p   # one\n", "a: q   # one\n"),
    Example(
      "convert", "- convert: {path: \"@/a\", from: duration, to: integer, unit: s}", "a: 10m   # one\n",
      "a: 600   # one\n"),
    Example(
      "rewrite", "- rewrite: {path: \"@/a\", match: \"^v-\", with: \"\"}", "a: v-seven   # one\n", "a: seven   # one\n"),
    Example("custom", "- custom: {path: \"@/a\", swift: double, lossy: test}", "a: 7   # one\n", "a: 14   # one\n"),
    Example("wrap", "- wrap: {path: \"@/a\", as: {key: k}}", "a: 1\n", "a:\n  k: 1\n"),
    Example("unwrap", "- unwrap: {path: \"@/a\", as: {key: k}}", "a:\n  k: 1   # one\n", "a: 1   # one\n"),
    Example("split", "- split: {path: \"@/a\", separator: \",\"}", "a: p,q\nb: 1\n", "a:\n  - p\n  - q\nb: 1\n"),
    Example("join", "- join: {path: \"@/a\", separator: \",\"}", "a: [p, q]\nb: 1\n", "a: p,q\nb: 1\n"),
    Example(
      "pivot", "- pivot: {path: \"@/a\", key: id}", "a:\n- id: p\n  v: 1   # one\n- id: q\n  v: 2\n",
      "a:\n  p:\n    v: 1   # one\n  q:\n    v: 2\n"),
    Example(
      "unpivot", "- unpivot: {path: \"@/a\", key: id}", "a:\n  p:\n    v: 1   # one\n  q:\n    v: 2\n",
      "a:\n  - id: p\n    v: 1   # one\n  - id: q\n    v: 2\n"),
    Example("insert", "- insert: {into: \"@/a\", values: [z]}", "a:\n- x   # one\n", "a:\n- x   # one\n- z\n"),
    Example("discard", "- discard: {from: \"@/a\", values: [y]}", "a:\n- x   # one\n- y\n", "a:\n- x   # one\n"),
    Example(
      "arrange", "- arrange: {path: \"@/a\", sort: ascending}", "a:\n- y\n- x   # one\n", "a:\n- x   # one\n- y\n"),
    Example(
      "each", "- each: {in: \"@/a/*\", do: [{rename: {path: /v, to: w}}]}", "a:\n  x: {v: 1}   # one\n  y: {v: 2}\n",
      "a:\n  x: {w: 1}   # one\n  y: {w: 2}\n"),
    Example("require", "- require: {that: {/nowhere: absent}, message: no}", "a: 1   # one\n", "a: 1   # one\n"),
    Example("note", "- note: {level: info, path: \"@/a\", message: look}", "a: 1   # one\n", "a: 1   # one\n"),
    Example("pin_default", "- pin_default: {path: \"@/b\", value: 2}", "a: 1\n", "a: 1\nb: 2\n"),
    Example("drop_default", "- drop_default: {path: \"@/a\", value: 1}", "a: 1\nb: 2\n", "b: 2\n"),
    Example(
      "prune", "- move: {from: \"@/m/a\", to: \"@/b\"}\n- prune: {path: \"@/m\"}", "m: {a: 1}\nc: 2\n", "c: 2\nb: 1\n"),
  ]

  /// Where the mapping stands. `@` stands for its entries, indented by two.
  enum Place: String, CaseIterable, Sendable {
    case base, captures, documents, overlay, fragment, files, json

    var address: String {
      switch self {
      case .base, .overlay: "/x"
      case .captures, .documents: "/x/{name}"
      case .fragment, .json: "/parts/x"
      case .files: "/parts/{name}"
      }
    }

    var files: [(path: String, text: String)] {
      let head = "version: 1.0.0\n"
      switch self {
      case .base: return [("main.yaml", head + "# mine\nx:\n@")]
      case .overlay: return [("main.yaml", head + "x:\n@"), ("env/prod.yaml", "# mine\nx:\n@")]
      case .captures: return [("main.yaml", head + "x:\n  one:\n@@  # the other\n  two:\n@@")]
      case .documents: return [("main.yaml", head + "x:\n  one:\n@@---\n# second\nx:\n  two:\n@@")]
      case .fragment: return [("main.yaml", head), ("parts/x.yaml", "# mine\nx:\n@")]
      case .files: return [("main.yaml", head), ("parts/x.yaml", "x:\n@"), ("parts/y.yaml", "# mine\ny:\n@")]
      case .json: return [("main.yaml", head), ("parts/x.json", "@")]
      }
    }

    func text(_ template: String, with entries: String) throws -> String {
      func indented(_ depth: Int) -> String {
        entries.split(separator: "\n").map { String(repeating: " ", count: depth) + $0 + "\n" }.joined()
      }
      guard self == .json, template == "@" else {
        var text = template
        for (mark, depth) in [("@@", 4), ("@", 2)] {
          text = text.components(around: mark).joined(separator: indented(depth))
        }
        return text
      }
      let document = try Document(Array(entries.utf8), as: .yaml, named: "entries")
      return "{\"x\": \(document.value(of: document.roots[0]))}\n"
    }
  }

  @Test(arguments: examples, Place.allCases)
  func `an operation does the same in every place, and every byte comes back`(_ example: Example, at place: Place)
    throws
  {
    let before = try place.files.map { ($0.path, Array(try place.text($0.text, with: example.before).utf8)) }
    let product = try SmallSet([:]).product
    let layers = place == .overlay && !["require", "note"].contains(example.name)
    let operations = example.operations.split(separator: "\n").map { line in
      line.components(around: "@").joined(separator: place.address)
        .replacingLast("}", with: layers ? ", layers: all}" : "}")
    }
    let transformer = try SmallSet([:]).transformer(
      operations.joined(separator: "\n"),
      changes: [
        CustomChange("double", revision: "1") { (value, _) throws(Diagnostic) in
          value = .number(Number((value.int ?? 0) * 2))
        }
      ])
    let planner = Planner(registry: Registry(product: product, transformers: [transformer]))
    let up = try planner.plan(ConfigurationSet(product: product, files: before), to: "2.0.0")
    for (path, template) in place.files {
      let expected = try place.text(template, with: example.after).replacingFirst(
        "version: 1.0.0", with: "version: 2.0.0")
      if path.hasSuffix(".json") {
        let (made, wanted) = (Array(up[path].utf8), Array(expected.utf8))
        let documents = try [made, wanted].map { try Document($0, as: .json, named: path) }
        #expect(
          documents[0].value(of: documents[0].roots[0]) == documents[1].value(of: documents[1].roots[0]), "\(path)")
      } else {
        #expect(difference(expected, up[path]) == "", "\(path)")
      }
    }
    let record = RecordedRun(
      name: "run", chain: [transformer.id],
      files: up.files.filter(\.isChanged).map { .init(path: $0.path, before: $0.old, after: $0.new) })
    let after = up.files.map { ($0.path, $0.new) }
    let down = try planner.plan(ConfigurationSet(product: product, files: after), to: "1.0.0", records: [record])
    for (path, bytes) in before {
      #expect(difference(String(decoding: bytes, as: UTF8.self), down[path]) == "", "back: \(path)")
    }
    #expect(down.losses.isEmpty && down.conflicts.isEmpty)
  }

  @Test func `every operation of the language is among them`() {
    // Files and expressions have tests of their own: FileTests, and those of jq.
    let elsewhere = ["file", "compute"]
    for kind in OperationKinds.all where !elsewhere.contains(kind.name) {
      #expect(Self.examples.contains { $0.name == kind.name }, "\(kind.name)")
    }
    print("\(Self.examples.count) operations in \(Place.allCases.count) kinds of places, up and down")
  }
}

extension StringProtocol {
  fileprivate func components(around mark: String) -> [String] {
    var parts: [String] = []
    var rest = String(self)
    while let range = rest.firstRange(of: mark) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = String(rest[range.upperBound...])
    }
    return parts + [rest]
  }

  fileprivate func replacingFirst(_ mark: String, with text: String) -> String {
    guard let range = firstRange(of: mark) else { return String(self) }
    return String(self[..<range.lowerBound]) + text + self[range.upperBound...]
  }

  fileprivate func replacingLast(_ mark: Character, with text: String) -> String {
    guard let index = lastIndex(of: mark) else { return String(self) }
    return String(self[..<index]) + text + self[self.index(after: index)...]
  }
}
