import ConfigDocument
import ConfigMigration
import Testing

/// To migrate the layers and then combine them gives what to combine them and then migrate gives; where not, the plan says so.
@Suite struct LayerLawTests {
  @Test func `a bottom that the base lowered is told where an overlay raises the top`() throws {
    let plan = try SmallSet([
      "main.yaml": "version: 1.0.0\ndb: {max: 3}\n", "env/a.yaml": "log: x\ndb:\n  max: 10\n", "env/b.yaml": "log: 1\n",
    ]).plan(LayerTests.pool)
    #expect(plan.warnings.map(\.code) == [.layersDiffer])
    #expect(
      plan.warnings.first?.message
        == "with env/a.yaml over the base, `/db/pool/min_size` becomes `3`; combined first and then migrated it would be `5`"
    )
    #expect(plan.warnings.first?.place?.description == "env/a.yaml:3:3")
    #expect(plan.warnings.first?.severity == .warning)
  }

  @Test func `a conflict that only the layers together have is told`() throws {
    let plan = try SmallSet(["main.yaml": "version: 1.0.0\na: 1\n", "env/e.yaml": "b: 2\n"])
      .plan("- move: {from: /a, to: /b}")
    #expect(plan.warnings.map(\.code) == [.layersDiffer])
    #expect(plan.warnings.first?.message.hasPrefix("with env/e.yaml combined with the base first") == true)
  }

  @Test func `merge keys and aliases are no matter of layers`() throws {
    let plan = try SmallSet([
      "main.yaml": "version: 1.0.0\njobs:\n  a: &a {to: x, at: 1}\n  b:\n    <<: *a\n    at: 2\n  c: *a\n",
      "env/e.yaml": "jobs:\n  a: {to: y}\n  b: {at: 3}\n",
    ]).plan("- rename: {path: /jobs/b/to, to: target}\n- set: {path: /jobs/c/at, value: 9}")
    #expect(plan.warnings.map(\.code) == [.mergedValue, .aliasExpanded])
  }

  @Test func `nothing is compared where nothing changes, or no overlay holds anything`() throws {
    let files: KeyValuePairs = ["main.yaml": "version: 1.0.0\ndb: {max: 3}\n", "env/a.yaml": "# nothing\n"]
    #expect(try SmallSet(files).plan(LayerTests.pool).warnings.isEmpty)
  }

  @Test func `overlays beyond the budget are told, and not compared silently`() throws {
    let long = String(repeating: "a value that takes room, ", count: 1_600)
    let text = "version: 1.0.0\n" + (0..<50).map { "key\($0): \(long)\n" }.joined()
    var set = try SmallSet(["main.yaml": text])
    for index in 100..<125 { set.files.append(("env/e\(index).yaml", Array("key1: x\n".utf8))) }
    let plan = try set.plan("- rename: {path: /key1, to: first}")
    let note = try #require(plan.warnings.first)
    #expect(plan.warnings.count == 1 && note.code == .layersUnchecked && note.severity == .note)
    #expect(
      note.message.hasSuffix("overlays were not compared with what combining them with the base first would give"))
  }

  @Test func `the plan tells exactly where the law does not hold`() throws {
    var (held, broken) = (0, 0)
    // How often each operation found something, in plans that came about.
    var reached: [String: Int] = [:]
    for seed in 0..<1_500 {
      var random = Generator(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1)
      let base = random.mapping(depth: 2)
      let part = random.mapping(depth: 1)
      let overlay = random.overlay(over: base.merging("parts", ["n": .object(part)]))
      let operations = (0..<random.below(4) + 1).map { _ in random.operation() }.joined(separator: "\n")
      let set = try SmallSet([
        "main.yaml": "version: 1.0.0\n" + Generator.text(base),
        "parts/n.yaml": "n:\n" + Generator.text(part, indent: 2),
        "env/e.yaml": Generator.text(overlay),
      ])
      guard let plan = try? set.plan(operations, changes: [Self.doubled]) else { continue }
      for operation in plan.steps.flatMap(\.operations) { Self.count(operation, &reached) }
      let findings = plan.warnings.filter { $0.code == .layersDiffer }
      // A fragment stays a document of its own: a condition is asked of each document.
      let parts = overlay["parts"]?.object ?? Object()
      var rest = overlay.without("parts")
      if !parts.without("n").members.isEmpty { rest["parts"] = .object(parts.without("n")) }
      let upper = parts["n"]?.object ?? Object()
      let combined = try SmallSet([
        "main.yaml": "version: 1.0.0\n" + Generator.text(base.combined(under: rest)),
        "parts/n.yaml": "n:\n" + Generator.text(part.combined(under: upper), indent: 2),
      ]).plan(operations, changes: [Self.doubled], unlessStopped: true)
      let after = try Self.base(of: plan).combined(under: Self.object(plan["env/e.yaml"]))
      let comment: Comment =
        "seed \(seed)\n\(operations)\nbase:\n\(Generator.text(base))part:\n\(Generator.text(part))overlay:\n\(Generator.text(overlay))"
      guard let combined else {
        #expect(!findings.isEmpty, comment)
        broken += 1
        continue
      }
      let expected = try Self.base(of: combined)
      let holds = Self.sorted(.object(after)) == Self.sorted(.object(expected))
      // An empty mapping more or less may be told, and need not be.
      let isSame = Self.sorted(.object(after), emptyCounts: true) == Self.sorted(.object(expected), emptyCounts: true)
      #expect(findings.isEmpty ? holds : !isSame, comment)
      if holds { held += 1 } else { broken += 1 }
    }
    #expect(held > 1_000 && broken > 30, "\(held) held, \(broken) did not")
    // Expressions need a program, and are tested with it.
    for kind in OperationKinds.all where kind.name != "compute" {
      #expect(reached[kind.name, default: 0] >= 5, "\(kind.name) was reached \(reached[kind.name, default: 0]) times")
    }
    let counts = reached.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    print("The law of layers: \(held) sets keep it, \(broken) do not and are told. Reached: \(counts)")
  }

  private static let doubled = CustomChange("double", revision: "1") { (value, _) throws(Diagnostic) in
    if let number = value.int { value = .number(Number(2 * number)) }
  }

  private static func count(_ outcome: Plan.OperationOutcome, _ reached: inout [String: Int]) {
    if outcome.matches > 0 { reached[outcome.name, default: 0] += 1 }
    for inner in outcome.inner { count(inner, &reached) }
  }

  /// The main file with the fragments in it.
  private static func base(of plan: Plan) throws -> Object {
    var base = try object(plan["main.yaml"])
    for file in plan.files where file.path.hasPrefix("parts/") && file.fate != .removed {
      base = base.merging("parts", .object(try object(plan[file.path])))
    }
    return base
  }

  private static func object(_ text: String) throws -> Object {
    let document = try Document(Array(text.utf8), as: .yaml, named: "result")
    return document.roots.first.flatMap { document.value(of: $0).object } ?? Object()
  }

  /// The value with its keys in order, as text.
  private static func sorted(_ value: Value, emptyCounts: Bool = false) -> String {
    switch value {
    case .object(let object):
      let members = object.members.filter { emptyCounts || $0.value != .object(Object()) }
        .map { "\($0.key): \(sorted($0.value, emptyCounts: emptyCounts))" }
      return "{\(members.sorted().joined(separator: ", "))}"
    case .array(let items): return "[\(items.map { sorted($0, emptyCounts: emptyCounts) }.joined(separator: ", "))]"
    default: return value.description
    }
  }
}

extension SmallSet {
  /// nil where an operation stops it.
  fileprivate func plan(_ operations: String, changes: [CustomChange], unlessStopped: Bool) -> Plan? {
    try? plan(operations, changes: changes)
  }
}

extension Object {
  fileprivate func without(_ key: String) -> Object { Object(members.filter { $0.key != key }) }

  fileprivate func merging(_ key: String, _ value: Value) -> Object {
    var copy = self
    if case .object(let old)? = self[key], case .object(let new) = value {
      copy[key] = .object(old.combined(under: new))
    } else {
      copy[key] = value
    }
    return copy
  }

  /// Written anew here, as the oracle that the program is held against.
  fileprivate func combined(under upper: Object) -> Object {
    var copy = self
    for (key, value) in upper.members {
      if case .object(let inner) = value, case .object(let lower)? = self[key] {
        copy[key] = .object(lower.combined(under: inner))
      } else {
        copy[key] = value
      }
    }
    return copy
  }
}

/// Small sets and operations, from one seed.
private struct Generator {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  mutating func scalar() -> Value { below(7) == 0 ? .string(pick(["p", "p,q", "r"])) : .number(Number(below(6))) }

  mutating func list() -> Value {
    below(3) == 0 ? [["id": "p", "v": scalar()], ["id": "q", "v": scalar()]] : [scalar(), scalar()]
  }

  mutating func mapping(depth: Int) -> Object {
    var object = Object()
    for key in ["a", "b", "c", "d"] where below(3) > 0 {
      object[key] =
        depth > 0 && below(2) == 0
        ? .object(mapping(depth: depth - 1)) : below(4) == 0 ? list() : scalar()
    }
    return object
  }

  mutating func overlay(over base: Object) -> Object {
    var object = Object()
    for (key, value) in base.members where below(2) == 0 {
      if case .object(let inner) = value {
        object[key] = .object(overlay(over: inner))
      } else {
        object[key] = scalar()
      }
    }
    if below(3) == 0 { object[pick(["a", "b", "e"])] = object["e"] ?? scalar() }
    return object
  }

  mutating func path() -> String {
    let root = below(4) == 0 ? "/parts/n" : ""
    return root + "/" + pick(["a", "b", "c", "d", "e"]) + (below(2) == 0 ? "" : "/" + pick(["a", "b", "c", "*"]))
  }

  mutating func place() -> String { path().replacing("*", with: "d") }

  mutating func operation() -> String {
    switch below(30) {
    case 0: "- rename: {path: \(place()), to: \(pick(["x", "y", "a"]))}"
    case 1: "- move: {from: \(place()), to: \(pick(["/new/k", "/m", "/e/k"]))}"
    case 2: "- remove: {path: \"\(path())\"}"
    case 3: "- map: {path: \"\(path())\", values: [[1, 11], [2, 12], [3, 1]]}"
    case 4: "- default: {path: \(place())/k, value: 7, when: {\(place()): absent}}"
    case 5: "- default: {path: \(place()), value: 7}"
    case 6: "- set: {path: \(place()), value: 8}"
    case 7: "- merge: {into: /e, value: {a: 1, b: {c: 2}}, on_conflict: replace}"
    case 8: "- copy: {from: \(place()), to: \(pick(["/new/k", "/z"])), on_conflict: replace}"
    case 9:
      "- when: {\(place()): exists}\n  operations: [{default: {path: /w/k, value: 1}}, {remove: {path: \(place())}}]"
    case 10: "- set: {path: /c, value: 0, when: {effective: {/a: {above: {path: /b}}}}}"
    case 11: "- convert: {path: \"\(path())\", to: string, otherwise: keep}"
    case 12: "- rewrite: {path: \"\(path())\", match: p, with: s}"
    case 13: "- wrap: {path: \(place()), as: list}"
    case 14: "- wrap: {path: \(place()), as: {key: k}}"
    case 15: "- unwrap: {path: \(pick(["/w", "/a"])), as: {key: \(pick(["a", "k"]))}}"
    case 16: "- wrap: {path: /a, as: {key: k}}\n- unwrap: {path: /a, as: {key: k}}"
    case 17: "- split: {path: \"\(path())\", separator: \",\"}"
    case 18: "- join: {path: \(place()), separator: \",\"}"
    case 19: "- insert: {into: \(place()), values: [9], unique: true}"
    case 20: "- discard: {from: \(place()), values: [1, 2]}"
    case 21: "- arrange: {path: \(place()), sort: ascending, dedupe: true}"
    case 22:
      "- each: {in: \"/\(pick(["a", "b"]))/*\", do: [{rename: {path: /a, to: z}}, {default: {path: /k, value: 1}}]}"
    case 23: "- pin_default: {path: \(place()), value: 4}"
    case 24: "- drop_default: {path: \(place()), value: \(pick(["1", "2", "3"]))}"
    case 25:
      "- remove: {path: /a/a}\n- remove: {path: /a/b}\n- remove: {path: /a/c}\n- remove: {path: /a/d}\n- prune: {path: /a}"
    case 26:
      pick(["- note: {level: info, path: \(place()), message: m}", "- require: {that: {/nowhere: absent}, message: m}"])
    case 27: "- pivot: {path: \(place()), key: id}"
    case 28: pick(["- unpivot: {path: \(place()), key: id}", "- file: {create: parts/z.yaml, value: {z: {a: 1}}}"])
    default: "- custom: {path: \(place()), swift: double, lossy: test}"
    }
  }

  static func text(_ object: Object, indent: Int = 0) -> String {
    if object.members.isEmpty { return String(repeating: " ", count: indent) + "{}\n" }
    return object.members.map { key, value in
      let head = String(repeating: " ", count: indent) + key + ":"
      if case .object(let inner) = value, !inner.members.isEmpty {
        return "\(head)\n" + text(inner, indent: indent + 2)
      }
      return "\(head) \(value)\n"
    }.joined()
  }
}
