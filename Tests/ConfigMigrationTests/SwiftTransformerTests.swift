import ConfigDocument
import ConfigMigration
import Testing

@Suite struct SwiftTransformerTests {
  /// Knows nothing of documents: data in, data out.
  struct Renamer: ConfigTransformer {
    let from = "1"
    let to = "2.0.0"
    var revision = "1"
    let summary = "Ports by another name"

    func migrate(_ set: inout WorkingSet) throws(Diagnostic) {
      for index in set.files.indices {
        try set.editValues(index) { value in
          guard case .object(var object) = value, let port = object["port"] else { return }
          object["port"] = nil
          object["http_port"] = port
          value = .object(object)
        }
      }
      set.note(MigrationNote(level: .info, message: "Ports have names now."))
    }
  }

  struct Failing: ConfigTransformer {
    let from = "1"
    let to = "2.0.0"
    let revision = "1"
    let summary = "Refuses"

    func migrate(_ set: inout WorkingSet) throws(Diagnostic) {
      throw Diagnostic("no-such-thing", "this set cannot be migrated")
    }
  }

  static func plan(_ transformer: any ConfigTransformer, _ text: String) throws -> Plan {
    let small = try SmallSet(["main.yaml": text])
    let set = try ConfigurationSet(product: small.product, files: small.files)
    let registry = Registry(
      product: small.product, transformers: [try Transformer(transformer, product: small.product)])
    return try Planner(registry: registry).plan(set)
  }

  @Test func `a value that comes back is reconciled with the text`() throws {
    let plan = try Self.plan(
      Renamer(), "# head\nversion: '1.0.0'\nhost:   \"h\"  # ours\n\n# where it listens\nport: 0x50\n")
    let difference = difference(
      "# head\nversion: '2.0.0'\nhost:   \"h\"  # ours\n\n# where it listens\nhttp_port: 0x50\n",
      plan["main.yaml"])
    #expect(difference == "")
    #expect(plan.notes.map(\.transformer) == ["1 → 2.0.0"])
    #expect(plan.authors.map(\.operation) == ["swift", "version"])
  }

  @Test func `its error stops the plan`() {
    #expect(throws: Diagnostic("no-such-thing", "this set cannot be migrated")) {
      try Self.plan(Failing(), "version: 1.0.0\n")
    }
  }

  @Test func `its revision is its checksum`() throws {
    let product = try SmallSet([:]).product
    let forms = try ["1", "1", "2"].map { try Transformer(Renamer(revision: $0), product: product).canonicalForm }
    #expect(forms[0] == forms[1])
    #expect(forms[0] != forms[2])
  }

  // MARK: Changes that a transformer file names

  static func plan(_ operations: String, _ changes: [CustomChange], _ text: String) throws -> Plan {
    let small = try SmallSet(["main.yaml": text])
    let set = try ConfigurationSet(product: small.product, files: small.files)
    let registry = Registry(
      product: small.product, transformers: [try small.transformer(operations, changes: changes)])
    return try Planner(registry: registry).plan(set)
  }

  static func shortened(_ revision: String = "1") -> CustomChange {
    CustomChange("shorten", revision: revision) { (value, captures) throws(Diagnostic) in
      guard case .array(let items) = value else { throw Diagnostic("odd", "no list") }
      value = .array(items.map { .string("\(captures["job"] ?? "")\($0.string?.prefix(2) ?? "")") })
    }
  }

  @Test func `a named change has its captures, and its result is reconciled`() throws {
    let text = "version: 1.0.0\njobs:\n  a-:\n    # two letters\n    - a-xy   # kept\n    - lmno   # cut\n"
    let plan = try Self.plan(
      "- custom: {path: \"/jobs/{job}\", swift: shorten}", [Self.shortened()], text)
    let expected = text.replacing("1.0.0", with: "2.0.0").replacing("a-xy", with: "a-a-").replacing(
      "lmno", with: "a-lm")
    #expect(difference(expected, plan["main.yaml"]) == "")
    #expect(plan.steps[0].operations[0].subject == "/jobs/{job}  shorten")
  }

  @Test func `its error is told with the operation`() throws {
    #expect {
      _ = try Self.plan("- custom: {swift: shorten}", [Self.shortened()], "version: 1.0.0\n")
    } throws: { error in
      let error = error as? Diagnostic
      return error?.code == "odd" && error?.related.first?.place.description == "step.yaml:7:5"
    }
  }

  @Test func `its name has to be known, and its revision is in the checksum`() throws {
    let small = try SmallSet([:])
    #expect {
      _ = try small.transformer("- custom: {swift: shortn}", changes: [Self.shortened()])
    } throws: { ($0 as? Diagnostic)?.hint == "did you mean `shorten`?" }
    let forms = try ["1", "1", "2"].map { revision in
      try small.transformer(
        "- each: {in: /a, do: [custom: {path: /b, swift: shorten}]}", changes: [Self.shortened(revision)]
      ).canonicalForm
    }
    #expect(forms[0] == forms[1])
    #expect(forms[0] != forms[2])
  }

  @Test func `versions that are none of the scheme are refused`() throws {
    struct Odd: ConfigTransformer {
      let from = "one"
      let to = "2.0.0"
      let revision = "1"
      let summary = ""
      func migrate(_ set: inout WorkingSet) throws(Diagnostic) {}
    }
    let product = try SmallSet([:]).product
    #expect {
      _ = try Transformer(Odd(), product: product)
    } throws: { ($0 as? Diagnostic)?.code == .badValue }
  }
}
